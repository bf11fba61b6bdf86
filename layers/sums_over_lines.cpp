// SPDX-License-Identifier: Apache-2.0
#include "layers/sums_over_lines.hpp"

#include "layers/terms/decay.hpp"
#include "layers/travel_field.hpp"
#include "rasters/network/network_sums.hpp"
#include "rasters/solved/solved_file.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <utility>

namespace zonerank::layers {

using rasters::Decay;
using rasters::Dot;
using rasters::Grid;
using rasters::JoinedNetwork;
using rasters::NetworkSumOptions;
using rasters::NetworkSurroundings;
using rasters::Point;
using rasters::Shape;
using rasters::Window;

namespace {

/// Weights at their places on a network, and what becomes of them.
class Solution {
public:
    Solution(Catchment& ground, std::vector<Dot> dots)
        : m_dots(std::move(dots)), m_network(joined(ground.network(), m_dots)), m_limit(ground.reach().limit) {
        for (const Dot& dot : m_dots)
            m_places.push_back(dot.at);
    }

    const std::vector<Dot>& dots() const { return m_dots; }
    const rasters::Landings& landings() const { return m_network.landings(); }

    void solve(const Grid& grid, const rasters::PlaceWeight& weight, double most_of_one, const Decay& decay,
               const rasters::Course& course) {
        double total = 0;
        for (const Dot& dot : m_dots)
            total += dot.weight * most_of_one;
        NetworkSumOptions options{.limit_minutes = m_limit, .scratch = scratch_folder()};
        options.course = course;
        m_sums = [sums = network_sums(grid, m_network, m_places, weight, total, decay, options)](Window window) {
            return sums->sums(window);
        };
    }
    rasters::Tile sums(Window window) const { return m_sums(window); }
    void put(rasters::SolvedOut& out, const Grid& grid) const { out.put(grid, m_sums); }
    void take(rasters::SolvedIn& in, const Grid& grid) { m_sums = in.raster(grid); }

private:
    static JoinedNetwork joined(Network network, const std::vector<Dot>& dots) {
        std::vector<Shape> shapes;
        for (const Dot& dot : dots)
            shapes.push_back({.points = {dot.at}, .lines = {}, .polygons = {}});
        return {std::move(network.lines), rasters::addresses(shapes), network.joining, network.access, network.lengths};
    }

    std::vector<Dot> m_dots;
    JoinedNetwork m_network;
    std::vector<Point> m_places;
    double m_limit;
    std::function<rasters::Tile(Window)> m_sums; ///< solved, or taken
};

std::vector<Dot> dots_that_count(Catchment& ground, const OpportunityParameters& names, int times = 1) {
    std::vector<Dot> dots = ground.dots(names, times);
    const rasters::Box box = ground.around(times);
    std::erase_if(dots, [&](const Dot& dot) { return dot.weight == 0 || !box.contains(dot.at); });
    return dots;
}

// Towns beyond the roads are a slip in one of the layers, or count for little.
std::string hint_of(const Solution& solution, const Catchment& ground, const OpportunityParameters& of) {
    const rasters::Landings& landings = solution.landings();
    if (landings.off == 0 || !ground.only_points(of))
        return ground.hint();
    return fmt::format("{} of {} places {} farther than `off` from every line of `friction: speeds` (the nearest: "
                       "{:.3g} km), and {} only for what is that near",
                       landings.off, landings.places, landings.off == 1 ? "lies" : "lie", landings.nearest_off / 1000,
                       landings.off == 1 ? "counts" : "count");
}

/// A layer that `solve` makes ready.
Layer solved_layer(Unit unit, std::string_view measure, double cells, const Grid& grid,
                   const std::shared_ptr<Solution>& solution, std::string hint,
                   std::function<void(const rasters::Course&)> solve) {
    const double all = 8.0 * grid.cols * grid.rows;
    const NetworkSumOptions usual;
    return {.unit = std::move(unit),
            .tile = [=](Window window) { return solution->sums(window); },
            .field = SolvedField{.name = std::string(measure),
                                 .cells = cells,
                                 .bytes = std::min(all, static_cast<double>(usual.memory)),
                                 .kept = std::min(all, static_cast<double>(usual.kept)),
                                 .solve = std::move(solve),
                                 .put = [=](rasters::SolvedOut& out) { solution->put(out, grid); },
                                 .take = [=](rasters::SolvedIn& in) { solution->take(in, grid); }},
            .hint = std::move(hint)};
}

double within_reach(std::span<const Dot> dots, const NetworkSurroundings& around) {
    double sum = 0;
    for (const Dot& dot : dots)
        if (around.box().contains(dot.at) && around.minutes_to(dot.at) < rasters::Approaches::unlimited)
            sum += dot.weight;
    return sum;
}

} // namespace

Layer sums_over_lines(Unit unit, std::string_view measure, Catchment& ground, const OpportunityParameters& of,
                      const Decay& decay, const Grid& study) {
    std::vector<Dot> dots = dots_that_count(ground, of);
    const double cells = static_cast<double>(dots.size()) * ground.cells_in_reach();
    ground.check_cost(measure, cells);
    const auto solution = std::make_shared<Solution>(ground, std::move(dots));
    return solved_layer(std::move(unit), measure, cells, study, solution, hint_of(*solution, ground, of),
                        [=](const rasters::Course& course) {
                            const auto weight = [&dots = solution->dots()](std::size_t i, const NetworkSurroundings&) {
                                return dots[i].weight;
                            };
                            solution->solve(study, weight, 1, decay, course);
                        });
}

Layer shares_over_lines(Catchment& ground, const OpportunityParameters& of, const OpportunityParameters& among,
                        double own, const Grid& study) {
    constexpr double cells_of_a_look = 100; // what takes as long as one look at a place
    std::vector<Dot> dots = dots_that_count(ground, of);
    const std::vector<Dot> jobs = dots_that_count(ground, among, 2);
    const double cells = static_cast<double>(dots.size()) *
                         (ground.cells_in_reach() + cells_of_a_look * static_cast<double>(jobs.size()));
    ground.check_cost("two-step", cells);
    const auto solution = std::make_shared<Solution>(ground, std::move(dots));
    return solved_layer(base_unit(Dimension::number), "two-step", cells, study, solution,
                        hint_of(*solution, ground, of), [=](const rasters::Course& course) {
                            const auto weight = [&](std::size_t i, const NetworkSurroundings& around) {
                                return solution->dots()[i].weight / (own + within_reach(jobs, around));
                            };
                            solution->solve(study, weight, 1 / own, keep_all, course);
                        });
}

} // namespace zonerank::layers
