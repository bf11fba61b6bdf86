// SPDX-License-Identifier: Apache-2.0
#include "engine/study/candidates.hpp"

#include "layers/vectors/geos.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

namespace zonerank::engine {

using layers::FeatureSet;
using rasters::Box;
using rasters::Crs;
using rasters::Point;
using rasters::Shape;

Shape footprint(Point centre, double area_m2) {
    constexpr int corners = 64;
    constexpr double step = 2 * std::numbers::pi / corners;
    const double radius = std::sqrt(area_m2 / (corners / 2.0 * std::sin(step)));
    rasters::Path ring;
    for (int i = 0; i < corners; ++i)
        ring.push_back({centre.x + radius * std::cos(i * step), centre.y + radius * std::sin(i * step)});
    ring.push_back(ring.front());
    Shape shape;
    shape.polygons.push_back({{std::move(ring)}});
    return shape;
}

namespace {

/// As large on the ellipsoid as asked for, whatever the CRS does to areas.
Shape footprint_on_ground(Point centre, double area_m2, const Crs& crs) {
    const double in_plane = rasters::ellipsoidal_area(footprint(centre, area_m2), crs);
    return footprint(centre, area_m2 * area_m2 / in_plane);
}

Shape ground_of(const Shape& shape, const SitesSpec& sites, const std::string& name, const Crs& crs) {
    Shape ground;
    ground.polygons = shape.polygons;
    if (!ground.polygons.empty())
        return ground;
    if (shape.points.empty())
        throw Error("site '{}' is a line; a site is a polygon, or a point with a footprint", name);
    if (sites.footprint_m2 <= 0)
        throw Error("site '{}' is a point; give the sites a footprint, such as `footprint: {{area: 400 ha}}`", name);
    std::vector<Shape> discs;
    for (const Point p : shape.points)
        discs.push_back(footprint_on_ground(p, sites.footprint_m2, crs));
    return discs.size() == 1 ? discs.front() : layers::united(discs);
}

layers::Field field_of(const layers::Feature& feature, const FeatureSet& set, const std::string& name) {
    const auto it = std::ranges::find(set.fields, name);
    return it == set.fields.end() ? layers::Field{} : feature.fields[static_cast<std::size_t>(it - set.fields.begin())];
}

Candidate candidate(const layers::Feature& feature, const FeatureSet& set, const SitesSpec& sites, std::size_t number) {
    const auto field = [&](const std::string& name) { return field_of(feature, set, name); };
    Candidate result;
    result.id = sites.id_field.empty() ? "" : layers::to_text(field(sites.id_field));
    if (result.id.empty())
        result.id = std::to_string(number);
    result.name = sites.name_field.empty() ? "" : layers::to_text(field(sites.name_field));
    if (result.name.empty())
        result.name = fmt::format("site {}", result.id);
    for (const std::string& name : sites.keep)
        result.kept.push_back(field(name));
    result.fields = feature.fields;
    return result;
}

void check_ids(const std::vector<Candidate>& candidates) {
    std::set<std::string> seen;
    for (const Candidate& candidate : candidates)
        if (!seen.insert(candidate.id).second)
            throw Error("two sites have the id '{}'", candidate.id);
}

void check_numbers(const FeatureSet& set, const std::vector<std::string>& measured,
                   const std::vector<Candidate>& candidates) {
    for (std::size_t i = 0; i < candidates.size(); ++i)
        for (const std::string& name : measured)
            if (const layers::Field field = field_of(set.features[i], set, name);
                std::holds_alternative<std::string>(field))
                throw Error("{} of site '{}' is text ('{}'); a site field needs numbers", name, candidates[i].name,
                            std::get<std::string>(field));
}

} // namespace

std::vector<Candidate> candidates(const FeatureSet& set, const SitesSpec& sites,
                                  const std::vector<std::string>& measured, const Crs& crs) {
    std::vector<Candidate> result;
    for (const layers::Feature& feature : set.features) {
        result.push_back(candidate(feature, set, sites, result.size() + 1));
        result.back().shape = ground_of(feature.shape, sites, result.back().name, crs);
    }
    check_ids(result);
    check_numbers(set, measured, result);
    return result;
}

Box bounds_of_ground(const FeatureSet& set, const SitesSpec& sites, const Crs& crs) {
    Box box;
    for (const layers::Feature& feature : set.features)
        box.add(rasters::bounds(ground_of(feature.shape, sites, std::to_string(feature.fid), crs)));
    return box;
}

} // namespace zonerank::engine
