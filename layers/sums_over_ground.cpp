// SPDX-License-Identifier: Apache-2.0
#include "layers/sums_over_ground.hpp"

#include "layers/terms/decay.hpp"
#include "layers/travel_field.hpp"
#include "rasters/sums/travel_sums.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

namespace zonerank::layers {

using rasters::Decay;
using rasters::Grid;
using rasters::TravelSumOptions;
using rasters::TravelWeight;
using rasters::Window;

namespace {

/// Travel sums of a study, and where they go when they are solved.
struct Solution {
    explicit Solution(const Catchment& ground) : friction(ground.friction()), options(ground.options()) {}

    std::shared_ptr<const Friction> friction;
    TravelSumOptions options;
    SolvedRaster solved{};

    rasters::TravelSums sums(std::span<const TravelWeight> weights, const Decay& decay,
                             std::span<const rasters::RoadStep> roads, std::shared_ptr<const rasters::Relief> relief,
                             const rasters::Course& course) {
        TravelSumOptions now = options;
        now.scratch = scratch_folder();
        now.relief = std::move(relief);
        now.course = course;
        return rasters::travel_sums(
            friction->grid(), [&](Window window) { return friction->slowness(window); }, roads, weights, decay, now);
    }
    void hold(const rasters::TravelSums& sums, const Grid& study) {
        solved.hold(friction->grid(), [sums](Window window) { return sums.sums(window); }, {friction->grid(), study});
    }
};

/// A layer that `solve` makes ready.
Layer solved_layer(Unit unit, std::string_view measure, double cells, const Grid& study,
                   const std::shared_ptr<Solution>& solution, std::string hint,
                   std::function<void(const rasters::Course&)> solve) {
    const Grid& over = solution->friction->grid();
    const double all = static_cast<double>(over.cols) * over.rows; // of 12 bytes: ground and sums
    const rasters::TravelSumOptions usual;
    return {.unit = std::move(unit),
            .tile = [=](Window window) { return solution->solved.read(window); },
            .field = SolvedField{.name = std::string(measure),
                                 .cells = cells,
                                 .bytes = std::min(all * 12, static_cast<double>(usual.memory)),
                                 .kept = std::min(all * 12, static_cast<double>(usual.kept)),
                                 .solve = std::move(solve),
                                 .grids = {over},
                                 .put = [=](rasters::SolvedOut& out) { solution->solved.put(out); },
                                 .take =
                                     [=](rasters::SolvedIn& in) {
                                         const Grid& ground = solution->friction->grid();
                                         solution->solved.take(in, ground, {ground, study});
                                     }},
            .hint = std::move(hint)};
}

// The jobs that workers reach are those from which a search against the traffic reaches them.
void share_out(Solution& solution, std::span<const TravelWeight> jobs, std::vector<TravelWeight>& workers, double own,
               const rasters::Course& course) {
    const Friction& friction = *solution.friction;
    const auto reached =
        solution.sums(jobs, keep_all, rasters::against_traffic(friction.roads()), friction.relief_back(), course);
    for (TravelWeight& w : workers) {
        const float others = reached.sums({w.cell.col, w.cell.row, 1, 1})[w.cell];
        w.weight /= own + (std::isnan(others) ? 0 : static_cast<double>(others));
    }
}

} // namespace

Layer sums_over_ground(Unit unit, std::string_view measure, Catchment& ground, const OpportunityParameters& of,
                       const Decay& decay, const Grid& study) {
    const auto solution = std::make_shared<Solution>(ground);
    const std::vector<TravelWeight> weights = ground.weights(of);
    const double cells = ground.cells_to_solve(weights);
    ground.check_cost(measure, cells);
    return solved_layer(
        std::move(unit), measure, cells, study, solution, ground.hint(), [=](const rasters::Course& course) {
            const Friction& friction = *solution->friction;
            solution->hold(solution->sums(weights, decay, friction.roads(), friction.relief(), course), study);
        });
}

Layer shares_over_ground(Catchment& ground, const OpportunityParameters& of, const OpportunityParameters& among,
                         double own, const Grid& study) {
    const auto solution = std::make_shared<Solution>(ground);
    const std::vector<TravelWeight> workers = ground.weights(of), jobs = ground.weights(among);
    const double of_others = ground.cells_to_solve(jobs), cells = ground.cells_to_solve(workers) + of_others;
    ground.check_cost("two-step", cells);
    return solved_layer(base_unit(Dimension::number), "two-step", cells, study, solution, ground.hint(),
                        [=, first = cells > 0 ? of_others / cells : 0](const rasters::Course& course) {
                            const Friction& friction = *solution->friction;
                            std::vector<TravelWeight> shared = workers;
                            share_out(*solution, jobs, shared, own, course.stretch(0, first));
                            solution->hold(solution->sums(shared, keep_all, friction.roads(), friction.relief(),
                                                          course.stretch(first, 1)),
                                           study);
                        });
}

} // namespace zonerank::layers
