// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/site_homes.hpp"

#include "engine/study/territory.hpp"
#include "engine/text/utf8.hpp"
#include "layers/vectors/geos.hpp"
#include "layers/vectors/inspect.hpp"
#include "layers/vectors/tables.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"
#include "rasters/distance.hpp"

#include <algorithm>

namespace zonerank::engine {

using layers::Feature;
using layers::FeatureSet;
using rasters::Box;
using rasters::Shape;

namespace {

/// A district on the plane on which grounds are compared.
struct Home {
    explicit Home(const Shape& ground)
        : box(rasters::bounds(ground)), polygons(ground), distance(std::span(&ground, 1)) {}

    /// Square metres of the site's ground in it; of a site without polygons, its points in it.
    double share_of(const Shape& site) const {
        if (!box.intersects(rasters::bounds(site)))
            return 0;
        if (!site.polygons.empty())
            return polygons.area_with(site);
        double points = 0;
        for (const rasters::Point point : site.points)
            points += distance.to(point) == 0 ? 1 : 0;
        for (const rasters::Path& line : site.lines) // which its run will refuse
            points += distance.to(line.front()) == 0 ? 1 : 0;
        return points;
    }

    Box box;
    layers::CommonGround polygons;
    rasters::DistanceIndex distance;
};

std::vector<Home> homes_of(const Districts& districts) {
    constexpr double metre = 1;
    const rasters::Transform to_plane(rasters::wgs84(), districts.around);
    std::vector<Home> homes;
    homes.reserve(districts.all.size());
    for (const District& district : districts.all)
        homes.emplace_back(rasters::reproject(district.shape, to_plane, metre));
    return homes;
}

/// The first that holds most; as many as there are when none holds any.
std::size_t home_of(const Shape& site, const std::vector<Home>& homes) {
    std::size_t best = homes.size();
    double most = 0;
    for (std::size_t i = 0; i < homes.size(); ++i)
        if (const double share = homes[i].share_of(site); share > most) {
            most = share;
            best = i;
        }
    return best;
}

layers::FeatureSource source_of(const SitesSpec& sites, const layers::Sources& sources) {
    if (!sites.layer.empty())
        return sources.feature_source(sources.spec(sites.layer));
    return {.paths = sites.paths, .layer = sites.source_layer, .crs = sites.crs, .override_crs = sites.override_crs};
}

void check_numbers(const layers::FeatureSource& source, const rasters::Access& access) {
    if (source.paths.size() > 1)
        throw Error("sites: in {} files; a batch tells them apart by their number in one file", source.paths.size());
    const std::string& path = source.paths.front();
    const bool in_table = rasters::names_database(path);
    const std::string key = in_table ? layers::key_of(path, source.layer, access) : "";
    if (in_table && key.empty())
        throw Error("sites: a batch tells them apart by their number, and {}{} has no key that would stay; give it one "
                    "(ALTER TABLE ... ADD PRIMARY KEY)",
                    source.layer.empty() ? "" : source.layer + " in ", rasters::database_label(path));
    for (const std::string& field : layers::inspect(source, access).fields)
        if (lower_case(field) == "fid" && field != key) // a key of that name is the number
            throw Error("sites: a batch tells them apart by their number, `FID`, and this file has a field '{}'; name "
                        "it otherwise",
                        field);
}

} // namespace

SiteHomes site_homes(const Study& study, const Districts& districts, const rasters::Access& access) {
    const layers::Sources sources(study.layers, access);
    check_numbers(source_of(*study.sites, sources), access);
    Territory plane;
    plane.crs = districts.around;
    plane.grid.cell = study.grid.cell;
    const FeatureSet sites = site_features(study, sources, plane);
    const std::vector<Home> homes = homes_of(districts);
    SiteHomes result{.of = std::vector<std::vector<std::int64_t>>(homes.size()), .nowhere = {}};
    for (const Feature& site : sites.features) {
        const std::size_t home = home_of(site.shape, homes);
        (home == homes.size() ? result.nowhere : result.of[home]).push_back(site.fid);
    }
    for (std::vector<std::int64_t>& fids : result.of)
        std::ranges::sort(fids);
    return result;
}

std::string where_fid_in(const std::vector<std::int64_t>& fids) {
    constexpr std::size_t most = 500; // that OGR's parser takes in one list
    std::vector<std::string> lists;
    for (std::size_t from = 0; from < fids.size(); from += most) {
        const auto begin = fids.begin() + static_cast<std::ptrdiff_t>(from);
        const auto count = static_cast<std::ptrdiff_t>(std::min(most, fids.size() - from));
        lists.push_back(fmt::format("FID IN ({})", fmt::join(begin, begin + count, ", ")));
    }
    return fmt::format("{}", fmt::join(lists, " OR "));
}

} // namespace zonerank::engine
