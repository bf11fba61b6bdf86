// SPDX-License-Identifier: Apache-2.0
#include "layers/travel_time.hpp"

#include "layers/measures.hpp"
#include "layers/near_field.hpp"
#include "layers/travel_field.hpp"
#include "layers/travel_targets.hpp"
#include "layers/vectors/feature_codes.hpp"
#include "rasters/core/error.hpp"
#include "rasters/solved/content_hash.hpp"
#include "rasters/travel/travel_regions.hpp"
#include "rasters/travel/travel_time.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace zonerank::layers {

using rasters::Course;
using rasters::Grid;
using rasters::Tile;
using rasters::TravelMethod;
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

/// What a layer finds out before it is solved, and what this ends in.
struct Solution {
    Ground far;
    std::optional<Ground> near;
    double limit;
    TravelMethod method;
    std::string hint{};
    SolvedRaster solved{};

    const Grid& grid() const { return (near ? *near : far).grid(); } ///< of times()
    /// `bytes`: of a cell's times, or times and targets.
    SolvedField field(std::string name, double bytes, std::function<void(const Course&)> solve) const;
    void take(rasters::SolvedIn& in, const rasters::GridReader& reader) { solved.take(in, grid(), reader); }

    rasters::TravelOptions options(const Ground& ground, bool find_targets, const Course& course) const;
    rasters::TravelTimes times_over(const Ground& ground, bool find_targets, const Course& course) const;
    rasters::TravelTimes times(bool find_targets, const Course& course) const;
    void solve(const Grid& study, const Course& course) { hold_times(times(false, course), study); }
    void solve_nearest(const Grid& study, const std::vector<float>& codes, const Course& course) {
        hold_nearest(times(true, course), study, codes);
    }

    void hold_times(const auto& times, const Grid& study);
    void hold_nearest(const auto& times, const Grid& study, const std::vector<float>& codes);

    rasters::TravelRegions regions(bool find_targets) const {
        const std::uint64_t key = rasters::content_hash(std::as_bytes(std::span(far.starts)));
        return {far.grid(), options(far, find_targets, {}), fmt::format("from {:016x}", key)};
    }
    void solve_region(bool find_targets, std::size_t region, const std::filesystem::path& folder,
                      const Course& course) const;
};

SolvedField Solution::field(std::string name, double bytes, std::function<void(const Course&)> solve) const {
    constexpr double ground = 4;
    const rasters::TravelOptions usual;
    const double cells = far.cells() + (near ? near->cells() : 0), most = static_cast<double>(usual.memory),
                 kept = bytes / 4 * static_cast<double>(usual.kept);
    return {.name = std::move(name),
            .cells = cells,
            .bytes = std::min(cells * (bytes + ground), most + (near ? kept : 0)),
            .kept = std::min((near ? *near : far).cells() * bytes, kept),
            .solve = std::move(solve),
            .grids = near ? std::vector{far.grid(), near->grid()} : std::vector{far.grid()}};
}

rasters::TravelOptions Solution::options(const Ground& ground, bool find_targets, const Course& course) const {
    return {.method = method,
            .limit_minutes = limit,
            .relief = ground.friction->relief_back(),
            .find_targets = find_targets,
            .tell_beyond = !find_targets,
            .scratch = scratch_folder(),
            .course = course};
}

rasters::TravelTimes Solution::times_over(const Ground& ground, bool find_targets, const Course& course) const {
    return rasters::travel_times(
        ground.grid(), [&](Window window) { return ground.friction->slowness(window); }, ground.starts,
        rasters::against_traffic(ground.friction->roads()), options(ground, find_targets, course));
}

rasters::TravelTimes Solution::times(bool find_targets, const Course& course) const {
    if (!near)
        return times_over(far, find_targets, course);
    const double share = far.cells() / (far.cells() + near->cells());
    const rasters::TravelTimes around = times_over(far, find_targets, course.stretch(0, share));
    Ground ground = *near;
    std::ranges::copy(starts_at_rim(*near->friction, around, far.grid(), limit, find_targets),
                      std::back_inserter(ground.starts));
    return times_over(ground, find_targets, course.stretch(share, 1));
}

void Solution::hold_times(const auto& times, const Grid& study) {
    const auto minutes_up_to_limit = [times, most = static_cast<float>(limit)](Window window) {
        Tile tile = times.times(window);
        for (float& minutes : tile.values())
            if (std::isinf(minutes)) // beyond the limit
                minutes = most;
        return tile;
    };
    solved.hold(grid(), minutes_up_to_limit, {grid(), study});
}

void Solution::hold_nearest(const auto& times, const Grid& study, const std::vector<float>& codes) {
    const auto codes_of_targets = [times, codes](Window window) {
        const rasters::Raster<std::int32_t> targets = times.allocation(window);
        Tile tile = Tile::unset(window);
        std::ranges::transform(targets.values(), tile.values().begin(), [&](std::int32_t target) {
            return target < 0 ? rasters::no_data : codes[static_cast<std::size_t>(target)];
        });
        return tile;
    };
    solved.hold(grid(), codes_of_targets, rasters::GridReader::of_codes(grid(), study));
}

void Solution::solve_region(bool find_targets, std::size_t region, const std::filesystem::path& folder,
                            const Course& course) const {
    regions(find_targets)
        .solve(
            region, folder, [&](Window window) { return far.friction->slowness(window); }, far.starts,
            rasters::against_traffic(far.friction->roads()), options(far, find_targets, course));
}

/// Where there is more than one, of a single friction; `load` makes the layer ready.
std::optional<SolvedRegions> regions_of(const std::shared_ptr<Solution>& solution, bool find_targets,
                                        std::function<void(const rasters::TravelRegions::Times&)> load) {
    const std::size_t count = solution->near ? 1 : solution->regions(find_targets).size();
    if (count < 2)
        return std::nullopt;
    return SolvedRegions{
        .count = count,
        .due = [=](const std::filesystem::path& folder) { return solution->regions(find_targets).due(folder); },
        .solve = [=](std::size_t region, const std::filesystem::path& folder,
                     const Course& course) { solution->solve_region(find_targets, region, folder, course); },
        .load = [=](const std::filesystem::path& folder) { load(solution->regions(find_targets).times(folder)); }};
}

Grid grid_of_friction(const Params& params, Sources& sources, const Grid& study) {
    const FrictionSpec& spec = *sources.friction_spec();
    const rasters::Box targets = spec.area ? rasters::Box{} : in_lonlat(Targets(params, sources, study).box(), study);
    return friction_grid(spec, study, targets);
}

/// All but the solution itself.
std::shared_ptr<Solution> prepared(const Params& params, Sources& sources, const Grid& study) {
    const FrictionSpec& spec = *sources.friction_spec();
    const auto ground_on = [&](const Grid& grid, bool part) {
        return ground_of(Targets(params, sources, grid), sources.friction(grid), part);
    };
    auto solution = std::make_shared<Solution>();
    solution->far = ground_on(grid_of_friction(params, sources, study), false);
    solution->far.friction->need_lines(spec);
    solution->hint = left_outside(spec, study, solution->far.grid());
    if (spec.near)
        solution->near = ground_on(near_grid(spec, study, solution->far.grid()), true);
    solution->limit = params.has("limit") ? params.number("limit") : HUGE_VAL;
    solution->method = method_of(params);
    return solution;
}

Layer travel_layer(const Params& params, Sources& sources, const Grid& grid) {
    const auto solution = prepared(params, sources, grid);
    SolvedField field = solution->field("travel time", 4, [=](const Course& course) { solution->solve(grid, course); });
    field.put = [=](rasters::SolvedOut& out) { solution->solved.put(out); };
    field.take = [=](rasters::SolvedIn& in) { solution->take(in, {solution->grid(), grid}); };
    field.regions = regions_of(solution, false, [=](const auto& times) { solution->hold_times(times, grid); });
    return {.unit = base_unit(Dimension::time),
            .tile = [=](Window window) { return solution->solved.read(window); },
            .field = std::move(field),
            .hint = solution->hint};
}

// Nearest.

Unit nearest_unit(const Params& params, const Sources& sources) {
    check_features(params, sources, "to", "nearest by time", {true, true, true}, {params.text("field")});
    only_layer(params, "to"); // codes of several would be mixed up
    need_friction(sources, "nearest by time");
    return {};
}

Layer nearest_layer(const Params& params, Sources& sources, const Grid& grid) {
    const auto solution = prepared(params, sources, grid);
    const Targets targets(params, sources, solution->far.grid(), {params.text("field")});
    const FeatureCodes coded = codes_of(targets.only(), only_layer(params, "to"));
    SolvedField field = solution->field("nearest by time", 8, [=, codes = coded.codes](const Course& course) {
        solution->solve_nearest(grid, codes, course);
    });
    field.put = [=](rasters::SolvedOut& out) { solution->solved.put(out); };
    field.take = [=](rasters::SolvedIn& in) {
        solution->take(in, rasters::GridReader::of_codes(solution->grid(), grid));
    };
    field.regions = regions_of(
        solution, true, [=, codes = coded.codes](const auto& times) { solution->hold_nearest(times, grid, codes); });
    return {.unit = {},
            .tile = [=](Window window) { return solution->solved.read(window); },
            .classes = coded.names,
            .categorical = true,
            .field = std::move(field),
            .hint = solution->hint};
}

Parameter method_parameter() {
    return {.name = "method",
            .help = "eikonal goes in all directions; grid8 and grid16 step from cell to cell, as other programs do",
            .type = Type::choice,
            .fallback = "eikonal",
            .choices = "eikonal, grid8, grid16"};
}

} // namespace

MeasureKind nearest_by_time_measure() {
    return {.name = "nearest by time",
            .summary = "which feature is the nearest by travel time over the study's `friction`, as a class (the first "
                       "in the file of those as near); none where no way leads",
            .parameters = {{.name = "to", .help = "layer of points, lines or polygons", .type = Type::layers},
                           {.name = "field",
                            .help = "field that tells the features apart: a name, or a whole number",
                            .type = Type::field},
                           where_parameter(),
                           limit_parameter(Dimension::time, "what is farther has none; also saves time"),
                           method_parameter()},
            .make = {.unit = nearest_unit,
                     .layer = nearest_layer,
                     .of_points = true,
                     .of_classes = true,
                     .none = "no way leads there"},
            .source = "Sethian 1996; Tsitsiklis 1995",
            .need = Need::field};
}

MeasureKind travel_time_measure() {
    return {.name = "travel time",
            .summary = "minutes to the nearest feature over the study's `friction`; none where no way leads",
            .parameters = {to_parameter(), where_parameter(),
                           limit_parameter(Dimension::time, "what is farther counts as this far; also saves time"),
                           method_parameter()},
            .make = {.unit = travel_unit, .layer = travel_layer, .none = "no way leads there"},
            .source = "Sethian 1996; Tsitsiklis 1995",
            .need = Need::field};
}

} // namespace zonerank::layers
