// SPDX-License-Identifier: Apache-2.0
#include "layers/friction.hpp"

#include "layers/category.hpp"
#include "layers/sample.hpp"
#include "layers/speeds.hpp"
#include "layers/terms/problems.hpp"
#include "layers/terrain.hpp"
#include "layers/vectors/shared_distances.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace zonerank::layers {

using rasters::Cell;
using rasters::Grid;
using rasters::Tile;
using rasters::Window;

static double minutes_per_metre(double km_per_hour) {
    return 0.06 / km_per_hour;
}

void Delays::add(const Grid& grid, rasters::Point at, double minutes) {
    const Window cell = grid.cover({at.x, at.y, at.x, at.y});
    double& longest = m_minutes[{cell.row, cell.col}];
    longest = std::max(longest, minutes);
}

double Delays::minutes(Cell cell) const {
    const auto found = m_minutes.find({cell.row, cell.col});
    return found == m_minutes.end() ? 0 : found->second;
}

void Delays::each(Window window, const std::function<void(Cell, double)>& visit) const {
    for (const auto& [place, minutes] : m_minutes)
        if (const Cell cell{place.second, place.first}; window.contains(cell))
            visit(cell, minutes);
}

/// A layer of the kind that a measure makes, of parameters that are known to fit.
static Layer layer_of(const MeasureKind& kind, const std::vector<std::pair<std::string, std::string>>& parameters,
                      Sources& sources, const Grid& grid) {
    Node body;
    body.kind = Node::Kind::map;
    for (const auto& [name, text] : parameters)
        if (!text.empty())
            body.entries.push_back({name, scalar(text)});
    Problems problems;
    const Params params(body, kind.parameters, {}, kind.name, problems);
    kind.make.unit(params, sources); // throws what doesn't fit
    return kind.make.layer(params, sources, grid);
}

Friction::Friction(const FrictionSpec& spec, Sources& sources, const Grid& grid)
    : m_grid(grid), m_ground(minutes_per_metre(spec.ground)) {
    std::vector<rasters::RoadLine> lines;
    for (const SpeedRule& rule : spec.speeds)
        at_rule(rule, "friction: speeds", [&] {
            if (moves_along_lines(rule, sources))
                add_lines(rule, sources, m_grid, lines);
            else if (takes_values(rule, sources))
                add_values(rule.layer, sources);
            else
                add_ground(rule, sources);
        });
    const auto with_terrain = [&](auto&& add) { at_rule(spec, "friction: terrain", add); };
    if (!spec.terrain.empty() && !spec.directed)
        with_terrain([&] { add_slope(spec, sources); });
    for (const BarrierRule& rule : spec.barriers)
        at_rule(rule, "friction: barriers", [&] { add_barrier(rule, sources); });
    m_roads = rasters::road_steps(m_grid, lines);
    m_lines_elsewhere = !lines.empty() && m_roads.empty();
    add_delays(spec.delays, sources);
    if (!spec.terrain.empty() && spec.directed)
        with_terrain([&] { add_relief(spec, sources); });
}

void Friction::need_lines(const FrictionSpec& spec) const {
    if (m_lines_elsewhere)
        throw ErrorAt(spec.mark, "friction: speeds: no line lies in the friction's area");
}

void Friction::add_ground(const SpeedRule& rule, Sources& sources) {
    const Layer layer = layer_of(category_measure(), {{"of", rule.layer}, {"field", rule.field}, {"where", rule.where}},
                                 sources, m_grid);
    const SpeedTable speeds(rule);
    m_changes.push_back([layer, speeds](Tile& slowness) {
        const Tile codes = layer.tile(slowness.window());
        for (std::size_t c = 0; c < codes.values().size(); ++c)
            if (const float code = codes.values()[c]; !std::isnan(code))
                if (const auto speed = speeds.of(code, layer.classes))
                    slowness.values()[c] = static_cast<float>(minutes_per_metre(*speed));
    });
}

// What has no data stays as it is; at no speed nothing crosses.
void Friction::add_values(const std::string& raster, Sources& sources) {
    const Layer layer = layer_of(sample_measure(), {{"of", raster}}, sources, m_grid);
    const bool pace = layer.unit.dimension == Dimension::pace;
    m_changes.push_back([layer, pace](Tile& slowness) {
        const Tile values = layer.tile(slowness.window());
        for (std::size_t c = 0; c < values.values().size(); ++c)
            if (const double value = values.values()[c]; !std::isnan(value)) {
                const double minutes = pace ? value / 1000 : minutes_per_metre(value);
                slowness.values()[c] = value > 0 ? static_cast<float>(minutes) : rasters::no_data;
            }
    });
}

std::vector<rasters::RoadLine> road_lines(const FrictionSpec& spec, Sources& sources, const Grid& grid) {
    std::vector<rasters::RoadLine> lines;
    for (const SpeedRule& rule : spec.speeds)
        if (moves_along_lines(rule, sources))
            add_lines(rule, sources, grid, lines);
    return lines;
}

// Who goes over ground of which the slope is not known goes nowhere.
void Friction::add_slope(const FrictionSpec& spec, Sources& sources) {
    const Layer layer = layer_of(slope_measure(), {{"of", spec.terrain}}, sources, m_grid);
    m_changes.push_back([layer, curve = spec.slopes](Tile& slowness) {
        const Tile percent = layer.tile(slowness.window());
        for (std::size_t c = 0; c < percent.values().size(); ++c) {
            const double factor = both_ways_factor(curve, static_cast<double>(percent.values()[c]) / 100);
            slowness.values()[c] *= std::isinf(factor) ? rasters::no_data : static_cast<float>(factor);
        }
    });
}

// At the grid's cells: the slopes of steps are those between their centres.
void Friction::add_relief(const FrictionSpec& spec, Sources& sources) {
    layer_of(slope_measure(), {{"of", spec.terrain}}, sources, m_grid); // throws what has no elevations
    const Layer layer = layer_of(sample_measure(), {{"of", spec.terrain}}, sources, m_grid);
    const auto elevation = [layer](Window window) { return layer.tile(window); };
    m_changes.push_back([elevation](Tile& slowness) {
        const Tile metres = elevation(slowness.window());
        for (std::size_t c = 0; c < metres.values().size(); ++c)
            if (std::isnan(metres.values()[c]))
                slowness.values()[c] = rasters::no_data;
    });
    std::vector<rasters::TravelWait> waits;
    m_delays.each(m_grid.window(), [&](Cell cell, double minutes) {
        waits.push_back({cell, static_cast<float>(minutes)});
    });
    const rasters::SlopeSpeed speed([&](double slope) { return speed_factor(spec.slopes, slope); });
    m_relief = std::make_shared<const rasters::Relief>(rasters::Relief{elevation, speed, waits});
    m_relief_back = std::make_shared<const rasters::Relief>(rasters::Relief{elevation, speed.reversed(), waits});
}

static void block(Tile& slowness, const Tile& distance, bool outside) {
    for (std::size_t c = 0; c < distance.values().size(); ++c)
        if ((distance.values()[c] > 0) == outside)
            slowness.values()[c] = rasters::no_data;
}

// Lines stop whoever crosses any part of a cell that they run through: a way between
// two cells that touch at a corner finds no gap.
void Friction::add_barrier(const BarrierRule& rule, Sources& sources) {
    if (sources.is_raster(rule.layer))
        throw Error("layer '{}' is a raster; barriers are lines or polygons", rule.layer);
    const bool polygons = sources.feature_info(rule.layer).geometries.polygons;
    if (rule.outside && !polygons)
        throw Error("layer '{}' has no polygons to be outside of", rule.layer);
    const auto index = shared_distances({sources.features(rule.layer, rule.where, {}, m_grid)});
    const bool any_part = rule.any_part || !polygons, outside = rule.outside;
    m_changes.push_back([=, grid = m_grid](Tile& slowness) {
        const Window window = slowness.window();
        const rasters::Side side = index.within(grid, window, 0);
        if (side == (outside ? rasters::Side::inside : rasters::Side::outside))
            return;
        block(slowness, any_part ? index.to_cells(grid, window, 1) : index.to_centres(grid, window, 1), outside);
    });
}

// Who passes a cell with a delay takes half of it coming in and half going on.
void Friction::add_delays(std::span<const DelayRule> rules, Sources& sources) {
    for (const DelayRule& rule : rules)
        at_rule(rule, "friction: delays", [&] {
            if (sources.is_raster(rule.layer) || !sources.feature_info(rule.layer).geometries.points)
                throw Error("layer '{}' holds no points; a delay is at a point", rule.layer);
            const auto set = sources.features(rule.layer, rule.where, {}, m_grid);
            for (const Feature& feature : set->features)
                for (const rasters::Point point : feature.shape.points)
                    m_delays.add(m_grid, point, rule.minutes);
        });
    if (!m_delays.empty())
        for (rasters::RoadStep& step : m_roads)
            step.minutes += static_cast<float>((m_delays.minutes(step.from) + m_delays.minutes(step.to)) / 2);
}

Tile Friction::slowness(Window window) const {
    Tile slowness(window, static_cast<float>(m_ground));
    for (const Change& change : m_changes)
        change(slowness);
    if (!m_relief)
        m_delays.each(window, [&](Cell cell, double minutes) {
            slowness[cell] += static_cast<float>(minutes / m_grid.cell); // NaN stays
        });
    return slowness;
}

double fastest(const FrictionSpec& spec) {
    double speed = spec.ground;
    for (const SpeedRule& rule : spec.speeds) {
        speed = std::max(speed, rule.speed);
        for (const auto& entry : rule.by_class)
            speed = std::max(speed, entry.second);
    }
    const bool faster = spec.directed && !spec.terrain.empty();
    return (faster ? std::max(1.0, most_speed(spec.slopes)) : 1) / minutes_per_metre(speed);
}

// Of a lattice of the box, so that its edges' bends count, too.
static rasters::Box in_crs(const rasters::Box& box, const std::string& from, const std::string& to) {
    return rasters::reproject(box, rasters::Transform(rasters::parse_crs(from), rasters::parse_crs(to)));
}

static rasters::Box with(rasters::Box a, const rasters::Box& b) {
    a.add(b);
    return a;
}

// What is said, or the study's area and the targets and a tenth of what lies between them.
static rasters::Box area_in(const std::string& crs, const FrictionSpec& spec, const Grid& study,
                            const rasters::Box& targets) {
    const std::string lonlat = rasters::wgs84().wkt;
    if (spec.area)
        return in_crs(*spec.area, spec.crs.known() ? spec.crs.wkt : lonlat, crs);
    const rasters::Box own = in_crs(study.box(), study.crs, crs);
    const rasters::Box others = targets.empty() ? own : in_crs(targets, lonlat, crs);
    const rasters::Point a = own.centre(), b = others.centre();
    return with(own, others).grown(std::hypot(a.x - b.x, a.y - b.y) / 10);
}

static rasters::Box shared(const rasters::Box& a, const rasters::Box& b) {
    return {std::max(a.xmin, b.xmin), std::max(a.ymin, b.ymin), std::min(a.xmax, b.xmax), std::min(a.ymax, b.ymax)};
}

static Grid checked(const Grid& grid, std::string_view key) {
    if (const double cells = static_cast<double>(grid.cols) * static_cast<double>(grid.rows); cells > 0x1p32)
        throw Error("{}: {:.0f} million cells of {:g} m; take a larger `cell` or a smaller `{}`", key, cells / 1e6,
                    grid.cell, key == "friction" ? "area" : "within");
    return grid;
}

Grid friction_grid(const FrictionSpec& spec, const Grid& study, const rasters::Box& targets) {
    constexpr double most_off = 0.001;
    const double cell = spec.cell > 0 ? spec.cell : study.cell;
    const rasters::Box box = area_in(study.crs, spec, study, targets);
    if (rasters::scale_error(rasters::parse_crs(study.crs), box) <= most_off)
        return checked(rasters::grid_over(box, cell, study.crs, {study.edge_x(0), study.edge_y(0)}), "friction");
    const std::string lonlat = rasters::wgs84().wkt;
    const std::string better = rasters::default_crs(area_in(lonlat, spec, study, targets)).wkt;
    return checked(rasters::grid_over(area_in(better, spec, study, targets), cell, better), "friction");
}

Grid near_grid(const FrictionSpec& spec, const Grid& study, const Grid& far) {
    const NearSpec& near = *spec.near;
    if (near.cell >= far.cell)
        throw ErrorAt(near.mark, fmt::format("friction: near: cells of {:g} m aren't finer than the others, of {:g} m",
                                             near.cell, far.cell));
    const rasters::Box box = shared(study.box().grown(near.within), in_crs(far.box(), far.crs, study.crs));
    if (box.empty())
        throw ErrorAt(near.mark, "friction: near: the study's area lies outside the friction's");
    return checked(rasters::grid_over(box, near.cell, study.crs, {study.edge_x(0), study.edge_y(0)}), "friction: near");
}

} // namespace zonerank::layers
