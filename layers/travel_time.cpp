// SPDX-License-Identifier: Apache-2.0
#include "layers/travel_time.hpp"

#include "layers/measures.hpp"
#include "layers/near_field.hpp"
#include "layers/travel_field.hpp"
#include "rasters/core/error.hpp"
#include "rasters/polygon_index.hpp"
#include "rasters/travel/travel_time.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::layers {

using rasters::Grid;
using rasters::Point;
using rasters::Tile;
using rasters::TravelMethod;
using rasters::TravelStart;
using rasters::Window;

namespace {

Unit travel_unit(const Params& params, const Sources& sources) {
    check_features(params, sources, "to", "travel time", {true, true, true});
    need_friction(sources, "travel time");
    return base_unit(Dimension::time);
}

TravelMethod method_of(const Params& params) {
    const std::string& name = params.text("method");
    return name == "grid8" ? TravelMethod::grid8 : name == "grid16" ? TravelMethod::grid16 : TravelMethod::eikonal;
}

/// What is travelled to, in a grid's CRS.
class Targets {
public:
    Targets(const Params& params, Sources& sources, const Grid& grid) {
        for (const auto& entry : params.layers("to"))
            m_sets.push_back({entry.second, sources.features(entry.second, params.text("where"), {}, grid)});
    }

    rasters::Box box() const {
        rasters::Box all;
        for (const auto& [name, set] : m_sets)
            all.add(set->extent);
        return all;
    }

    /// Calls visit(layer, feature) for each.
    template <typename Visit>
    void each(Visit&& visit) const {
        for (const auto& [name, set] : m_sets)
            for (const Feature& feature : set->features)
                visit(name, feature);
    }

private:
    std::vector<std::pair<std::string, std::shared_ptr<const FeatureSet>>> m_sets;
};

/// A feature's places in all cells that it takes up.
std::vector<TravelStart> places_of(const rasters::Shape& shape, const Grid& grid, std::int32_t target) {
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

/// The places where travel to the targets ends, which is where the search for it starts.
class Starts {
public:
    explicit Starts(const Friction& friction) : m_grid(friction.grid()), m_ways(friction) {}

    /// Throws Error for a feature that can't be travelled to; what lies outside a `part`
    /// of the friction's area isn't looked at.
    void add(const std::string& layer, const Feature& feature, bool part) {
        const std::vector<TravelStart> places = places_of(feature.shape, m_grid, m_target);
        if (part && places.empty())
            return;
        const std::size_t before = m_starts.size();
        std::ranges::copy_if(places, std::back_inserter(m_starts),
                             [&](const TravelStart& start) { return m_ways.lead_from(start.cell); });
        if (m_starts.size() == before)
            throw Error("layer '{}': feature {} lies {}", layer, feature.fid,
                        places.empty()
                            ? "outside the friction's area; leave it out with `where`, or take a larger area"
                            : "on a barrier, or where nothing is known of the ground, and no line leads there");
        ++m_target;
    }

    const std::vector<TravelStart>& all() const { return m_starts; }

private:
    const Grid& m_grid;
    Ways m_ways;
    std::vector<TravelStart> m_starts;
    std::int32_t m_target = 0;
};

/// A friction, and where travel over it ends.
struct Ground {
    std::shared_ptr<const Friction> friction;
    std::vector<TravelStart> starts;

    const Grid& grid() const { return friction->grid(); }
    double cells() const { return static_cast<double>(grid().cols) * grid().rows; }
};

/// What travel_layer() finds out before it is solved, and the raster that this ends in.
struct Solution {
    Ground far;
    std::optional<Ground> near;
    double limit;
    TravelMethod method;
    SolvedRaster solved{};

    double cells() const { return far.cells() + (near ? near->cells() : 0); }
    std::vector<Grid> grids() const { return near ? std::vector{far.grid(), near->grid()} : std::vector{far.grid()}; }
    rasters::TravelTimes times_over(const Ground& ground) const;
    rasters::TravelTimes times() const;
    void solve(const Grid& study, const rasters::Access& access);
};

// The search goes from the targets to where one comes from.
std::vector<rasters::RoadStep> against_traffic(std::span<const rasters::RoadStep> roads) {
    std::vector<rasters::RoadStep> steps(roads.begin(), roads.end());
    for (rasters::RoadStep& step : steps)
        std::swap(step.from, step.to);
    return steps;
}

Grid grid_of_friction(const Params& params, Sources& sources, const Grid& grid) {
    const FrictionSpec& spec = *sources.friction_spec();
    const rasters::Box targets = spec.area ? rasters::Box{} : in_lonlat(Targets(params, sources, grid).box(), grid);
    return friction_grid(spec, grid, targets);
}

rasters::TravelTimes Solution::times_over(const Ground& ground) const {
    return rasters::travel_times(ground.grid(), [&](Window window) { return ground.friction->slowness(window); },
                                 ground.starts, against_traffic(ground.friction->roads()),
                                 {.method = method, .limit_minutes = limit, .scratch = solved.folder()});
}

rasters::TravelTimes Solution::times() const {
    const rasters::TravelTimes far_times = times_over(far);
    if (!near)
        return far_times;
    Ground ground = *near;
    std::ranges::copy(starts_at_rim(*near->friction, far_times, far.grid(), limit), std::back_inserter(ground.starts));
    return times_over(ground);
}

void Solution::solve(const Grid& study, const rasters::Access& access) {
    const rasters::TravelTimes solution = times();
    const auto minutes_up_to_limit = [&](Window window) {
        Tile tile = solution.times(window);
        for (float& minutes : tile.values())
            if (std::isinf(minutes)) // beyond the limit
                minutes = static_cast<float>(limit);
        return tile;
    };
    solved.keep(minutes_up_to_limit, (near ? *near : far).grid(), study, access);
}

Ground ground_of(const Params& params, Sources& sources, const Grid& grid, bool part) {
    Ground ground{.friction = sources.friction(grid), .starts = {}};
    Starts starts(*ground.friction);
    Targets(params, sources, ground.grid()).each([&](const std::string& layer, const Feature& feature) {
        starts.add(layer, feature, part);
    });
    ground.starts = starts.all();
    return ground;
}

Layer travel_layer(const Params& params, Sources& sources, const Grid& grid) {
    const FrictionSpec& spec = *sources.friction_spec();
    auto solution = std::make_shared<Solution>();
    solution->far = ground_of(params, sources, grid_of_friction(params, sources, grid), false);
    if (spec.near)
        solution->near = ground_of(params, sources, near_grid(spec, grid, solution->far.grid()), true);
    solution->limit = params.has("limit") ? params.number("limit") : HUGE_VAL;
    solution->method = method_of(params);
    return {.unit = base_unit(Dimension::time),
            .tile = [=](Window window) { return solution->solved.read(window); },
            .field = SolvedField{.name = "travel time",
                                 .cells = solution->cells(),
                                 .solve = [=, access = sources.access()] { solution->solve(grid, access); },
                                 .grids = solution->grids()}};
}

} // namespace

MeasureKind travel_time_measure() {
    return {.name = "travel time",
            .summary = "minutes to the nearest feature over the study's `friction`; none where no way leads",
            .parameters = {{.name = "to",
                            .help = "layer of points, lines or polygons, or a list of layers (the nearest of all)",
                            .type = Type::layers},
                           where_parameter(),
                           {.name = "limit",
                            .help = "what is farther counts as this far; also saves time",
                            .type = Type::quantity,
                            .dimension = Dimension::time,
                            .optional = true,
                            .positive = true},
                           {.name = "method",
                            .help = "eikonal goes in all directions; grid8 and grid16 step from cell to cell, as "
                                    "other programs do",
                            .type = Type::choice,
                            .fallback = "eikonal",
                            .choices = "eikonal, grid8, grid16"}},
            .make = {.unit = travel_unit, .layer = travel_layer, .none = "no way leads there"},
            .source = "Sethian 1996; Tsitsiklis 1995",
            .need = Need::field};
}

} // namespace zonerank::layers
