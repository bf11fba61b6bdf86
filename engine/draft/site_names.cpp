// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/site_names.hpp"

#include "engine/draft/roles.hpp"
#include "engine/outputs/site_outline.hpp"
#include "layers/vectors/features.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

namespace zonerank::engine {

using rasters::Point;

namespace {

constexpr double km_of_degree = 111.195; ///< on a sphere of 6371 km
constexpr double radians = std::numbers::pi / 180;

/// From one place to another, in km to the east and to the north; good for neighbours.
Point offset(Point from, Point to) {
    return {std::remainder(to.x - from.x, 360.0) * std::cos(from.y * radians) * km_of_degree,
            (to.y - from.y) * km_of_degree};
}

double length(Point p) {
    return std::hypot(p.x, p.y);
}

const char* direction(Point towards) {
    constexpr std::array names{"N", "NE", "E", "SE", "S", "SW", "W", "NW"};
    const double eighths = std::atan2(towards.x, towards.y) / (45 * radians);
    return names[static_cast<std::size_t>(std::lround(eighths) + 8) % names.size()];
}

std::string name_by(Point middle, std::span<const KnownPlace> places) {
    const KnownPlace& near =
        *std::ranges::min_element(places, {}, [&](const KnownPlace& p) { return length(offset(p.at, middle)); });
    const Point way = offset(near.at, middle);
    if (length(way) < 1)
        return near.name;
    return fmt::format("{} of {}", direction(way), near.name);
}

std::map<std::string, int> counted(const std::vector<std::string>& names) {
    std::map<std::string, int> count;
    for (const std::string& name : names)
        ++count[name];
    return count;
}

/// Adds to each name that several have what `more` says of it.
template <typename More>
void tell_apart(std::vector<std::string>& names, More more) {
    const std::map<std::string, int> count = counted(names);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (count.at(names[i]) > 1)
            names[i] += more(i);
}

void add_places(const FoundLayer& layer, const std::string& field, const rasters::Access& access,
                std::vector<KnownPlace>& places) {
    const layers::FeatureSet set = layers::read_features(
        {.paths = {layer.path.string()}, .layer = layer.layer, .fields = {field}}, rasters::wgs84(), 1e-4, access);
    for (const layers::Feature& feature : set.features)
        if (const std::string name = layers::to_text(feature.fields.front()); !name.empty())
            places.push_back({rasters::bounds(feature.shape).centre(), name});
}

layers::FeatureSet read(const NamedLayer& source, const rasters::Access& access) {
    return layers::read_features({.paths = {source.path.string()}, .layer = source.layer, .where = source.where},
                                 rasters::wgs84(), 1e-4, access);
}

std::vector<UnnamedGround> grounds_of(const layers::FeatureSet& set) {
    std::vector<UnnamedGround> grounds;
    for (const layers::Feature& feature : set.features)
        grounds.push_back({rasters::bounds(feature.shape).centre(),
                           rasters::ellipsoidal_area(feature.shape, rasters::wgs84()) / 10'000});
    return grounds;
}

std::string geojson(const layers::FeatureSet& set, const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string name =
            nlohmann::json(names[i]).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        text += fmt::format("{}{{\"type\": \"Feature\", \"properties\": {{\"name\": {}}}, \"geometry\": {}}}",
                            text.empty() ? "" : ",\n", name, geometry_json(set.features[i].shape.polygons));
    }
    return "{\"type\": \"FeatureCollection\", \"features\": [\n" + text + "\n]}\n";
}

} // namespace

std::string name_field(const layers::LayerSurvey& survey) {
    for (const char* word : {"name", "site", "title", "label", "zone", "nom", "nombre", "bezeichnung"})
        for (const layers::FieldSurvey& field : survey.fields)
            if (!field.numbers && !field.tag && field.filled * 2 > survey.looked_at && names_any(field.name, word))
                return field.name;
    return "";
}

std::vector<KnownPlace> known_places(std::span<const FoundLayer> found, const rasters::Access& access) {
    std::vector<KnownPlace> places;
    for (const FoundLayer& layer : found)
        if (layer.survey.geometries.points && names_any(layer.called, "place town city cities village settlement"))
            if (const std::string field = name_field(layer.survey); !field.empty())
                add_places(layer, field, access, places);
    return places;
}

std::vector<std::string> names_by_place(std::span<const UnnamedGround> grounds, std::span<const KnownPlace> places) {
    std::vector<std::string> names;
    for (const UnnamedGround& ground : grounds)
        names.push_back(name_by(ground.middle, places));
    tell_apart(names, [&](std::size_t i) { return fmt::format(" ({:.0f} ha)", grounds[i].hectares); });
    std::map<std::string, int> next;
    tell_apart(names, [&](std::size_t i) { return fmt::format(" {}", ++next[names[i]]); });
    return names;
}

DraftSites with_names(DraftSites sites, const std::filesystem::path& folder, std::span<const FoundLayer> found,
                      const rasters::Access& access) {
    if (!sites.source || !sites.industry || !sites.name.empty())
        return sites;
    const std::vector<KnownPlace> places = known_places(found, access);
    if (places.empty())
        return sites;
    const layers::FeatureSet set = read(*sites.source, access);
    sites.file = geojson(set, names_by_place(grounds_of(set), places));
    sites.made_of = sites.source;
    sites.source = NamedLayer{.path = folder / "sites.geojson"};
    sites.name = "name";
    sites.remark = sites.remark.substr(0, sites.remark.find(';')) +
                   ", called after the nearest place; rename them or leave some out in sites.geojson.";
    return sites;
}

} // namespace zonerank::engine
