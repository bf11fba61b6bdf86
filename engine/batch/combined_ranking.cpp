// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/combined_ranking.hpp"

#include "engine/text/escape.hpp"
#include "layers/vectors/geo_package.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"

#include <algorithm>
#include <fstream>
#include <tuple>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

std::string text_of(const Json& properties, const char* key) {
    const auto found = properties.find(key);
    return found != properties.end() && found->is_string() ? found->get<std::string>() : "";
}

double score_of(const CombinedSite& site) {
    const auto found = site.properties.find("score");
    return found != site.properties.end() && found->is_number() ? found->get<double>() : -1;
}

bool is_ranked(const CombinedSite& site) {
    const auto found = site.properties.find("district_rank");
    return found != site.properties.end() && found->is_number();
}

CombinedSite site_of(const Json& feature, const std::string& district) {
    CombinedSite site{.district = district, .properties = Json::object(), .geometry = feature.at("geometry")};
    const Json& properties = feature.at("properties");
    site.properties["rank"] = nullptr;
    site.properties["district"] = district;
    site.properties["district_rank"] = properties.at("rank");
    for (const auto& [key, value] : properties.items())
        if (key != "rank" && key != "district" && key != "district_rank")
            site.properties[key] = value;
    return site;
}

void add_sites(std::vector<CombinedSite>& sites, const fs::path& file, const std::string& district) {
    std::ifstream stream(file, std::ios::binary);
    try {
        const Json collection = Json::parse(stream);
        for (const Json& feature : collection.at("features"))
            sites.push_back(site_of(feature, district));
    } catch (const Json::exception& e) {
        throw Error("{}: is not as a run writes it", file.string());
    }
}

bool is_before(const CombinedSite& a, const CombinedSite& b) {
    const auto key = [](const CombinedSite& site) {
        return std::tuple(text_of(site.properties, "name"), text_of(site.properties, "id"), site.district);
    };
    if (is_ranked(a) != is_ranked(b))
        return is_ranked(a);
    if (!is_ranked(a))
        return std::tuple(a.district, key(a)) < std::tuple(b.district, key(b));
    return score_of(a) != score_of(b) ? score_of(a) > score_of(b) : key(a) < key(b);
}

void give_ranks(std::vector<CombinedSite>& sites) {
    for (std::size_t i = 0; i < sites.size() && is_ranked(sites[i]); ++i) {
        const bool tied = i > 0 && score_of(sites[i]) == score_of(sites[i - 1]);
        sites[i].rank = tied ? sites[i - 1].rank : static_cast<int>(i) + 1;
        sites[i].properties["rank"] = sites[i].rank;
    }
}

rasters::Polygon polygon_of(const Json& rings) {
    rasters::Polygon polygon;
    for (const Json& ring : rings) {
        rasters::Path& path = polygon.rings.emplace_back();
        for (const Json& corner : ring)
            path.push_back({corner.at(0).get<double>(), corner.at(1).get<double>()});
    }
    return polygon;
}

} // namespace

std::vector<std::string> columns_of(const CombinedSite& site) {
    std::vector<std::string> columns;
    for (const auto& [key, value] : site.properties.items())
        columns.push_back(key);
    return columns;
}

layers::Field field_of(const Json& value) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number_integer())
        return value.get<std::int64_t>();
    return value.is_number() ? layers::Field(value.get<double>()) : layers::Field();
}

std::vector<rasters::Polygon> ground_of(const CombinedSite& site) {
    if (!site.geometry.is_object())
        return {};
    const Json& coordinates = site.geometry.at("coordinates");
    if (site.geometry.at("type") == "Polygon")
        return {polygon_of(coordinates)};
    std::vector<rasters::Polygon> polygons;
    for (const Json& rings : coordinates)
        polygons.push_back(polygon_of(rings));
    return polygons;
}

namespace {

std::string csv_text(const Json& value) {
    return value.is_string() ? csv_field(value.get<std::string>()) : value.is_null() ? "" : value.dump();
}

void write_csv(const fs::path& path, const std::vector<CombinedSite>& sites) {
    std::vector<std::string> line;
    rasters::TextFile file(path);
    for (const std::string& column : columns_of(sites.front()))
        line.push_back(csv_field(column));
    file.write(fmt::format("{}\n", fmt::join(line, ",")));
    for (const CombinedSite& site : sites) {
        line.clear();
        for (const auto& [key, value] : site.properties.items())
            line.push_back(csv_text(value));
        file.write(fmt::format("{}\n", fmt::join(line, ",")));
    }
    file.close();
}

void write_geojson(const fs::path& path, const std::string& name, const std::vector<CombinedSite>& sites) {
    rasters::TextFile file(path);
    file.write(fmt::format("{{\"type\":\"FeatureCollection\",\n\"name\":{},\n\"features\":[\n", json_string(name)));
    for (const CombinedSite& site : sites)
        file.write(fmt::format("{{\"type\":\"Feature\",\"properties\":{},\"geometry\":{}}}{}\n", site.properties.dump(),
                               site.geometry.dump(), &site == &sites.back() ? "" : ","));
    file.write("]}\n");
    file.close();
}

layers::Feature feature_of(const CombinedSite& site) {
    layers::Feature feature;
    for (const auto& [key, value] : site.properties.items())
        feature.fields.push_back(field_of(value));
    feature.shape.polygons = ground_of(site);
    return feature;
}

void write_package(const fs::path& path, const std::vector<CombinedSite>& sites) {
    const layers::PackageLayer layer{.name = "sites",
                                     .description = "the ranked sites of all districts",
                                     .fields = columns_of(sites.front()),
                                     .rows = sites.size(),
                                     .feature = [&](std::size_t row) { return feature_of(sites[row]); }};
    layers::write_geo_package(path, rasters::wgs84(), std::span(&layer, 1));
}

} // namespace

std::vector<CombinedSite> combined_sites(const fs::path& folder, const std::vector<BatchRow>& rows) {
    std::vector<CombinedSite> sites;
    for (const BatchRow& row : rows)
        if (has_results(row) && fs::exists(folder / row.folder / "sites.geojson"))
            add_sites(sites, folder / row.folder / "sites.geojson", row.name);
    std::ranges::stable_sort(sites, is_before);
    give_ranks(sites);
    return sites;
}

std::string write_combined_ranking(const BatchFolder& folder, const std::string& title,
                                   const std::vector<CombinedSite>& sites) {
    if (sites.empty())
        return "no district has a ranked site";
    for (const CombinedSite& site : sites)
        if (columns_of(site) != columns_of(sites.front()))
            return fmt::format("the rankings of {} and {} have different columns", sites.front().district,
                               site.district);
    folder.write("ranking.csv", [&](const fs::path& path) { write_csv(path, sites); });
    folder.write("sites.geojson", [&](const fs::path& path) { write_geojson(path, title, sites); });
    folder.write("sites.gpkg", [&](const fs::path& path) { write_package(path, sites); });
    return "";
}

} // namespace zonerank::engine
