// SPDX-License-Identifier: Apache-2.0
#include "layers/travel_targets.hpp"

#include "layers/travel_field.hpp"
#include "rasters/core/error.hpp"
#include "rasters/polygon_index.hpp"

#include <algorithm>

namespace zonerank::layers {

using rasters::Grid;
using rasters::Point;
using rasters::TravelStart;
using rasters::Window;

Targets::Targets(const Params& params, Sources& sources, const Grid& grid, const std::vector<std::string>& fields) {
    for (const auto& entry : params.layers("to"))
        m_sets.push_back({entry.second, sources.features(entry.second, params.text("where"), fields, grid)});
}

rasters::Box Targets::box() const {
    rasters::Box all;
    for (const auto& [name, set] : m_sets)
        all.add(set->extent);
    return all;
}

std::size_t Targets::count() const {
    std::size_t count = 0;
    each([&](const std::string&, const Feature&) { ++count; });
    return count;
}

/// A feature's places in all cells that it takes up.
static std::vector<TravelStart> places_of(const rasters::Shape& shape, const Grid& grid, std::int32_t target) {
    std::vector<TravelStart> places;
    const auto add_line = [&](const rasters::Path& line) {
        for (const TravelStart& start : rasters::starts_along(grid, line, target))
            places.push_back(start);
    };
    for (const Point at : shape.points)
        if (const Window w = grid.cover({at.x, at.y, at.x, at.y}); grid.window().contains({w.col, w.row}))
            places.push_back({.cell = {w.col, w.row}, .at = at, .target = target});
    std::ranges::for_each(shape.lines, add_line);
    for (const rasters::Polygon& polygon : shape.polygons)
        std::ranges::for_each(polygon.rings, add_line);
    if (!shape.polygons.empty())
        for (const rasters::Run& run : rasters::PolygonIndex(shape).inside(grid, grid.window()))
            for (int col = run.col; col < run.col + run.cols; ++col)
                places.push_back({.cell = {col, run.row}, .at = grid.centre({col, run.row}), .target = target});
    return places;
}

Ground ground_of(const Targets& targets, std::shared_ptr<const Friction> friction, bool part) {
    Ground ground{.friction = std::move(friction), .starts = {}};
    Ways ways(*ground.friction);
    std::int32_t target = 0;
    targets.each([&](const std::string& layer, const Feature& feature) {
        const std::vector<TravelStart> places = places_of(feature.shape, ground.grid(), target++);
        const std::size_t before = ground.starts.size();
        std::ranges::copy_if(places, std::back_inserter(ground.starts),
                             [&](const TravelStart& start) { return ways.lead_from(start.cell); });
        if (ground.starts.size() == before && !(part && places.empty()))
            throw Error("layer '{}': feature {} lies {}", layer, feature.fid,
                        places.empty()
                            ? "outside the friction's area; leave it out with `where`, or take a larger area"
                            : "on a barrier, or where nothing is known of the ground, and no line leads there");
    });
    return ground;
}

} // namespace zonerank::layers
