// SPDX-License-Identifier: Apache-2.0
#include "layers/accessibility.hpp"

#include "layers/catchment.hpp"
#include "layers/measures.hpp"
#include "layers/network_lines.hpp"
#include "layers/sums_over_ground.hpp"
#include "layers/sums_over_lines.hpp"
#include "layers/terms/decay.hpp"
#include "layers/travel_field.hpp"
#include "rasters/core/error.hpp"
#include "rasters/density.hpp"

#include <utility>

namespace zonerank::layers {

using rasters::Decay;
using rasters::Dot;
using rasters::Grid;
using rasters::Window;

namespace {

constexpr OpportunityParameters of_workers{}, of_jobs{"among", "capacity", ""};

Unit unit_of(const Params& params, const Sources& sources, std::string_view measure, const Reach& reach) {
    const Unit unit = opportunities_unit(params, sources, measure);
    if (reach.over_lines)
        need_network(params, sources, measure);
    else if (reach.by_time)
        need_friction(sources, measure);
    return unit;
}

Layer sums_by_time(const Unit& unit, std::string_view measure, Catchment& ground, const Decay& decay,
                   const Grid& study) {
    return (ground.reach().over_lines ? sums_over_lines : sums_over_ground)(unit, measure, ground, of_workers, decay,
                                                                            study);
}

rasters::DensityIndex index_of(const std::vector<Dot>& dots) {
    std::vector<rasters::Shape> shapes;
    std::vector<double> weights;
    for (const Dot& dot : dots) {
        shapes.push_back({.points = {dot.at}, .lines = {}, .polygons = {}});
        weights.push_back(dot.weight);
    }
    return {shapes, weights};
}

Layer counted(Unit unit, const std::vector<Dot>& dots, double limit, const Grid& grid, const std::string& hint) {
    return {.unit = std::move(unit),
            .tile = [=, index = index_of(dots)](
                        Window window) { return index.points(grid, window, limit, rasters::Kernel::count); },
            .hint = hint};
}

// People within.

Unit within_unit(const Params& params, const Sources& sources) {
    return unit_of(params, sources, "people within", Reach(params, "within"));
}

Layer within_layer(const Params& params, Sources& sources, const Grid& grid) {
    const Reach reach(params, "within");
    const Unit unit = within_unit(params, sources);
    Catchment ground(params, sources, grid, reach);
    if (reach.by_time)
        return sums_by_time(unit, "people within", ground, keep_all, grid);
    const std::vector<Dot> people = ground.dots(of_workers);
    return counted(unit, people, reach.limit, grid, ground.hint());
}

// Gravity.

Unit gravity_unit(const Params& params, const Sources& sources) {
    const Reach reach(params, "limit");
    read_decay(params.choice("decay"), reach.dimension());
    return unit_of(params, sources, "gravity", reach);
}

Layer gravity_layer(const Params& params, Sources& sources, const Grid& grid) {
    const Reach reach(params, "limit");
    const Unit unit = gravity_unit(params, sources);
    const Decay decay = read_decay(params.choice("decay"), reach.dimension());
    Catchment ground(params, sources, grid, reach);
    if (reach.by_time)
        return sums_by_time(unit, "gravity", ground, decay, grid);
    const rasters::DistanceSums sums(ground.dots(of_workers), decay, reach.limit);
    return {.unit = unit, .tile = [=](Window window) { return sums.sums(grid, window); }, .hint = ground.hint()};
}

// Two steps.

Unit two_step_unit(const Params& params, const Sources& sources) {
    unit_of(params, sources, "two-step", Reach(params, "within"));
    opportunities_unit(params, sources, "two-step", of_jobs);
    if (!(params.number("own") > 0))
        throw Error("own: expected a number above 0, found {:g}", params.number("own"));
    return base_unit(Dimension::number);
}

Layer two_step_layer(const Params& params, Sources& sources, const Grid& grid) {
    const Reach reach(params, "within");
    Catchment ground(params, sources, grid, reach);
    if (reach.by_time)
        return (reach.over_lines ? shares_over_lines : shares_over_ground)(ground, of_workers, of_jobs,
                                                                           params.number("own"), grid);
    std::vector<Dot> workers = ground.dots(of_workers);
    const rasters::DistanceSums jobs(ground.dots(of_jobs, 2), keep_all, reach.limit);
    for (Dot& dot : workers)
        dot.weight /= params.number("own") + jobs.at(dot.at);
    return counted(base_unit(Dimension::number), workers, reach.limit, grid, ground.hint());
}

Parameter weighed_parameter() {
    return of_parameter("layer of points or polygons with a `weight`, or a raster of counts; or a list");
}

Parameter optional(Parameter parameter) {
    parameter.optional = true;
    return parameter;
}

Parameter weight_parameter() {
    return {.name = "weight",
            .help = "field with how much a feature counts, in the layer's `unit`; rasters of counts have none",
            .type = Type::field,
            .optional = true};
}

Parameter gather_parameter() {
    return optional(positive_parameter("gather", Dimension::length,
                                       "of polygons and rasters: what lies in a square of this side counts from its "
                                       "middle (default: a fiftieth of the limit, a minute being 1 km)"));
}

Parameter settled_parameter() {
    return optional({"settled",
                     "of polygons: where in them people live, as polygons, a raster of weights (built-up density), or "
                     "of classes with `densities`; else all over them",
                     Type::layers});
}

Parameter densities_parameter() {
    return optional({"densities",
                     "how densely people live in the classes of `settled`, relative to each other: "
                     "{50: 1, 40: 0.05}; in others nobody",
                     Type::categories});
}

Parameter reach_parameter(std::string_view name, std::string_view help) {
    return {.name = name, .help = help, .type = Type::reach};
}

Parameter over_parameter() {
    return {.name = "over",
            .help = "of a time: over the friction, by its roads and ground, or along the lines of its `speeds` alone",
            .type = Type::choice,
            .optional = true,
            .choices = "ground, lines"};
}

/// A parameter of network time that may be left out here; its help tells what it is then.
Parameter over_lines(Parameter parameter, std::string_view help) {
    parameter.fallback = {};
    parameter.help = help;
    return optional(parameter);
}

std::vector<Parameter> with_lines(std::vector<Parameter> parameters) {
    parameters.insert(
        parameters.end(),
        {over_parameter(),
         over_lines(access_parameter(), "over lines: speed off them, in a straight line; 5 km/h, if nothing is said"),
         over_lines(off_parameter("off"), "over lines: how far one goes off them at most, at each end (5 km)"),
         over_lines(snap_parameter(), "over lines: a line's end is joined to what is this near (1 m)"),
         over_lines(join_parameter(), "over lines: where one can turn from line to line, as in network time (shared "
                                      "vertices)"),
         over_lines(level_parameter(), "over lines: field with their level, as in network time")});
    return parameters;
}

} // namespace

MeasureKind people_within_measure() {
    return {
        .name = "people within",
        .summary =
            "sum of all people (or jobs, or customers) within minutes over the study's `friction` or along its lines, "
            "or within kilometres in a straight line",
        .parameters =
            with_lines({weighed_parameter(), weight_parameter(),
                        reach_parameter("within", "how far they come: 45 min over the friction, 30 km straight"),
                        gather_parameter(), settled_parameter(), densities_parameter(), where_parameter()}),
        .make = {.unit = within_unit, .layer = within_layer, .none = "no way leads there"},
        .source = "cumulative opportunities: Wachs and Kumagai 1973",
        .need = Need::field};
}

MeasureKind gravity_measure() {
    return {.name = "gravity",
            .summary = "sum of all people (or jobs, or customers), each counting less the farther away",
            .parameters =
                with_lines({weighed_parameter(),
                            weight_parameter(),
                            {.name = "decay",
                             .help = "how much of a weight counts: {exponential: {half: 30 min}}; see decays",
                             .type = Type::decay},
                            reach_parameter("limit", "what is farther doesn't count: 120 min over the friction, 100 km "
                                                     "straight"),
                            optional({"by",
                                      "field with each feature's industry (or other class); `weight` may then be left "
                                      "out, and is 1 each",
                                      Type::field}),
                            optional({"similarity",
                                      "for each industry of the zone, how much of a feature's weight counts by the "
                                      "feature's own, 0 to 1: {textiles: {garments: 0.9, leather: 0.2, other: 0}}",
                                      Type::table}),
                            optional({"industries",
                                      "rows of `similarity` that the zone is for, of which the mean counts; default: "
                                      "all of them",
                                      Type::names}),
                            gather_parameter(),
                            settled_parameter(),
                            densities_parameter(),
                            where_parameter()}),
            .make = {.unit = gravity_unit, .layer = gravity_layer, .none = "no way leads there"},
            .source = "potential accessibility: Hansen 1959",
            .need = Need::field};
}

MeasureKind two_step_measure() {
    return {.name = "two-step",
            .summary =
                "workers for each job, if a site of `own` jobs came here and shared them with those `among` whom "
                "they choose",
            .parameters =
                with_lines({of_parameter("workers: layer of points or polygons with a `weight`, or a raster "
                                         "of counts; or a list"),
                            weight_parameter(),
                            {.name = "among", .help = "sites with jobs that compete for them", .type = Type::layers},
                            {.name = "capacity",
                             .help = "field of `among` with each site's jobs; rasters of counts have none",
                             .type = Type::field,
                             .optional = true},
                            {.name = "own", .help = "jobs that come to the site, above 0", .type = Type::number},
                            reach_parameter("within", "how far workers come: 45 min over the friction, 30 km straight"),
                            gather_parameter(),
                            settled_parameter(),
                            densities_parameter()}),
            .make = {.unit = two_step_unit, .layer = two_step_layer, .none = "no way leads there"},
            .source = "floating catchments: Luo and Wang 2003",
            .need = Need::field};
}

} // namespace zonerank::layers
