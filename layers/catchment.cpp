// SPDX-License-Identifier: Apache-2.0
#include "layers/catchment.hpp"

#include "layers/travel_field.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <utility>

namespace zonerank::layers {

using rasters::Box;
using rasters::Cell;
using rasters::Dot;
using rasters::Grid;
using rasters::TravelWeight;
using rasters::Window;

Reach::Reach(const Params& params, std::string_view name)
    : limit(params.reach(name).value), by_time(params.reach(name).unit.dimension == Dimension::time),
      over_lines(params.text("over") == "lines") {
    if (params.has("over") && !by_time)
        throw Error("over: {} is a length, in a straight line; a time goes over ground or lines", name);
    for (const std::string_view of_lines : {"access", "off", "snap", "join", "level"})
        if (params.has(of_lines) && !over_lines)
            throw Error("{}: that is for times along lines; write `over: lines`", of_lines);
}

namespace {

// How much longer than on the ground a way is on the map, with room for what differs within it.
double lengthened(const Grid& grid) {
    constexpr double room = 1.05;
    const Box box = grid.box();
    const rasters::Path across{{box.xmin, box.ymin}, {box.xmax, box.ymax}};
    const double metres = rasters::ellipsoidal_lengths(across, rasters::parse_crs(grid.crs)).front();
    return room * std::max(rasters::plane_lengths(across).front() / metres, 1.0);
}

double metres_along_lines(const Params& params, const Sources& sources, const Grid& study, double minutes) {
    const rasters::OffNetwork access = off_network(params, "off");
    const double fastest_of_all = std::max(fastest(*sources.friction_spec()), 1 / access.minutes_per_metre);
    return minutes * fastest_of_all * lengthened(study);
}

} // namespace

Catchment::Catchment(const Params& params, Sources& sources, const Grid& study, const Reach& reach)
    : m_params(params), m_sources(sources), m_study(study), m_reach(reach),
      m_metres(reach.over_lines ? metres_along_lines(params, sources, study, reach.limit) : reach.limit) {
    if (!reach.by_time || reach.over_lines)
        return;
    const FrictionSpec& spec = *sources.friction_spec();
    const Box around = spec.area ? Box{} : in_lonlat(study.box().grown(reach.limit * fastest(spec)), study);
    m_friction = sources.friction(friction_grid(spec, study, around));
    m_friction->need_lines(spec);
    m_hint = left_outside(spec, study, m_friction->grid());
}

Box Catchment::around(int times) const {
    return m_friction ? grid().box() : m_study.box().grown(times * m_metres);
}

std::vector<Dot> Catchment::dots(const OpportunityParameters& names, int times) {
    constexpr double metres_a_minute = 1000;
    const double metres = m_reach.limit * (m_reach.by_time ? metres_a_minute : 1);
    const double farthest = m_metres > 0 && m_reach.over_lines ? m_metres
                            : m_reach.by_time                  ? m_reach.limit * fastest(*m_sources.friction_spec())
                                                               : m_reach.limit;
    if (m_params.has("gather") && m_params.number("gather") > farthest)
        throw Error("gather: squares of {:g} km are larger than all that can be reached, {:.3g} km",
                    m_params.number("gather") / 1000, farthest / 1000);
    const double side = m_params.has("gather") ? m_params.number("gather") : std::max(metres / 50, grid().cell);
    Opportunities found = opportunities(m_params, m_sources, grid(), around(times), side, names);
    if (!found.hint.empty())
        m_hint = found.hint;
    return std::move(found.dots);
}

rasters::TravelSumOptions Catchment::options() const {
    return {.limit_minutes = m_reach.limit, .fastest = fastest(*m_sources.friction_spec())};
}

bool Catchment::only_points(const OpportunityParameters& names) const {
    return std::ranges::all_of(m_params.layers(names.layers), [&](const auto& entry) {
        return !m_sources.is_raster(entry.second) && !m_sources.feature_info(entry.second).geometries.polygons;
    });
}

// What polygons and rasters have far out on the water is nobody's mistake.
std::vector<TravelWeight> Catchment::weights(const OpportunityParameters& names) {
    const LayerNames& layers = m_params.layers(names.layers);
    const bool points = only_points(names);
    Ways ways(*m_friction);
    const auto passes = [&](Cell cell) { return grid().window().contains(cell) && ways.lead_from(cell); };
    double outside = 0;
    std::vector<TravelWeight> weights;
    for (const Dot& dot : dots(names)) {
        const Window w = grid().cover({dot.at.x, dot.at.y, dot.at.x, dot.at.y});
        const Cell cell{w.col, w.row};
        if (!grid().window().contains(cell)) {
            outside += points ? dot.weight : 0;
            continue;
        }
        if (points && !passes(cell) && !rasters::nearest_ground(cell, passes))
            throw Error("layer '{}': the point at {:.0f}, {:.0f} lies more than {} cells of {:g} m from any ground "
                        "that can be crossed; leave it out with `where`",
                        layers.front().second, dot.at.x, dot.at.y, rasters::cells_to_ground, grid().cell);
        weights.push_back({cell, dot.weight});
    }
    if (outside > 0 && m_sources.friction_spec()->area)
        m_hint = fmt::format("layer '{}': {:g} in all lie outside the friction's area, and don't count",
                             layers.front().second, outside);
    return weights;
}

double Catchment::cells_to_solve(const std::vector<TravelWeight>& weights) const {
    std::vector<std::pair<int, int>> places;
    for (const TravelWeight& w : weights)
        places.emplace_back(w.cell.row, w.cell.col);
    std::ranges::sort(places);
    const auto count = std::unique(places.begin(), places.end()) - places.begin();
    return static_cast<double>(count) * cells_in_reach();
}

double Catchment::cells_in_reach() const {
    if (m_friction)
        return rasters::cells_in_reach(grid(), options());
    const double side = 2 * m_metres / m_study.cell + 1;
    return std::min(side, static_cast<double>(m_study.cols)) * std::min(side, static_cast<double>(m_study.rows));
}

void Catchment::check_cost(std::string_view measure, double cells) const {
    constexpr double most = 1e12; // some four hours of one processor
    const double each = cells_in_reach();
    if (cells > most)
        throw Error("{}: {:.0f} places to travel from, over {:.1f} million cells each, would take many hours; gather "
                    "more of them (`gather: 5 km`), or take a nearer limit or a larger `cell`{}",
                    measure, cells / each, each / 1e6, m_friction ? " of the friction" : "");
}

} // namespace zonerank::layers
