// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_time.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

TravelTimes solved(const Grid& grid, const Tile& ground, const std::vector<TravelStart>& starts,
                   const TravelOptions& options = {}, const std::vector<RoadStep>& roads = {}) {
    return travel_times(grid, slowness_of(ground), starts, roads, options);
}

/// The largest of |time - truth| / truth over cells that are farther than `beyond` in truth.
template <typename Truth>
double worst(const TravelTimes& times, const Grid& grid, double beyond, Truth&& truth) {
    const Tile t = times.times(grid.window());
    double most = 0;
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col)
            if (const double d = truth(grid.centre({col, row})); d > beyond)
                most = std::max(most, std::abs(t[{col, row}] - d) / d);
    return most;
}

double apart(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

double from_line(Point p, Point a, Point b) {
    const double t = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / (apart(a, b) * apart(a, b));
    const double s = std::clamp(t, 0.0, 1.0);
    return apart(p, {a.x + s * (b.x - a.x), a.y + s * (b.y - a.y)});
}

TravelOptions by(TravelMethod method) {
    TravelOptions options;
    options.method = method;
    return options;
}

} // namespace

TEST_CASE("cost distance as Esri publishes it") {
    const Grid grid = metre_grid(6, 6);
    const float no = no_data;
    Tile ground(grid.window());
    std::ranges::copy(std::vector<float>{1, 3, 4, 4,  3, 2, 4, 6, 2, 3,  7, 6, 5, 8, 7, 5, 6, 6,
                                         1, 4, 5, no, 5, 1, 4, 7, 5, no, 2, 6, 1, 2, 2, 1, 3, 4},
                      ground.values().begin());
    const std::vector<double> published{2.0, 0,   0,   4.0, 6.7, 9.2,  4.5, 4.0, 0,    2.5, 7.5,  13.1,
                                        8.0, 7.1, 4.5, 4.9, 8.9, 12.7, 5.0, 7.5, 10.5, no,  10.6, 9.2,
                                        2.5, 5.7, 6.4, no,  7.1, 11.1, 0,   1.5, 3.5,  5.0, 7.0,  10.5};
    const std::vector<TravelStart> starts{start_at(grid, {1, 0}), start_at(grid, {2, 0}), start_at(grid, {2, 1}),
                                          start_at(grid, {0, 5})};
    const Tile times = solved(grid, ground, starts, by(TravelMethod::grid8)).times(grid.window());
    for (std::size_t i = 0; i < published.size(); ++i)
        if (std::isnan(published[i]))
            CHECK(std::isnan(times.values()[i]));
        else
            CHECK(std::abs(times.values()[i] - published[i]) <= 0.0501);
}

TEST_CASE("graph distances are those of Dijkstra in double") {
    Random random(12);
    for (int number = 0; number < 20; ++number) {
        const Grid grid = metre_grid(30 + random.below(50), 30 + random.below(50));
        const Tile ground = random_ground(random, grid.cols, grid.rows, number % 5);
        std::vector<TravelStart> starts;
        for (int k = 0; k < 3; ++k)
            starts.push_back(start_at(grid, {random.below(grid.cols), random.below(30)}, k, static_cast<float>(k)));
        for (const bool knights : {false, true})
            for (const bool cut : {false, true}) {
                TravelOptions options = by(knights ? TravelMethod::grid16 : TravelMethod::grid8);
                options.cut_corners = cut;
                const Tile times = solved(grid, ground, starts, options).times(grid.window());
                const std::vector<double> truth = brute_force(ground, starts, {}, knights, cut);
                double most = 0;
                int unlike = 0;
                for (std::size_t i = 0; i < truth.size(); ++i) {
                    unlike += std::isnan(truth[i]) != std::isnan(times.values()[i]);
                    if (truth[i] > 0)
                        most = std::max(most, std::abs(times.values()[i] - truth[i]) / truth[i]);
                }
                CHECK(unlike == 0);
                CHECK(most <= 1e-5);
            }
    }
}

TEST_CASE("on even ground times hardly depend on the direction") {
    const Grid grid = metre_grid(401, 401);
    const Tile ground(grid.window(), 1);
    const Point centre = grid.centre({200, 200});
    const auto from_centre = [&](Point p) { return apart(p, centre); };
    const std::vector<TravelStart> one{start_at(grid, {200, 200})};
    const double eikonal = worst(solved(grid, ground, one), grid, 10, from_centre);
    MESSAGE("from a point, beyond 10 cells: ", 100 * eikonal, " %");
    CHECK(eikonal <= 0.005);
    CHECK(worst(solved(grid, ground, one), grid, 0, from_centre) <= 0.005);
    CHECK(worst(solved(grid, ground, one, by(TravelMethod::grid16)), grid, 10, from_centre) ==
          doctest::Approx(0.0275).epsilon(0.05));
    CHECK(worst(solved(grid, ground, one, by(TravelMethod::grid8)), grid, 10, from_centre) ==
          doctest::Approx(0.082).epsilon(0.05));
}

TEST_CASE("from a place anywhere in its cell, and from 50 of them") {
    const Grid grid = metre_grid(401, 401);
    const Tile ground(grid.window(), 1);
    Random random(50);
    std::vector<TravelStart> starts;
    const auto nearest = [&](Point p) {
        double least = 1e9;
        for (const TravelStart& s : starts)
            least = std::min(least, apart(p, s.at));
        return least;
    };
    for (const int n : {1, 50}) {
        while (static_cast<int>(starts.size()) < n) {
            const Cell c{100 + random.below(200), 100 + random.below(200)};
            starts.push_back(
                {c, {c.col + random.in(0, 1), 401 - c.row - random.in(0, 1)}, 0, static_cast<int>(starts.size())});
        }
        const double error = worst(solved(grid, ground, starts), grid, 10, nearest);
        MESSAGE("from ", n, " points, beyond 10 cells: ", 100 * error, " %");
        CHECK(error <= 0.005);
        CHECK(worst(solved(grid, ground, starts), grid, 0.01, nearest) <= 0.005);
    }
}

TEST_CASE("from a line at any angle") {
    const Grid grid = metre_grid(301, 301);
    const Tile ground(grid.window(), 1);
    double most = 0;
    for (int angle = 0; angle < 180; angle += 7) {
        const double a = angle * std::numbers::pi / 180, x = 60 * std::cos(a), y = 60 * std::sin(a);
        const Path line{{150.3 - x, 150.8 - y}, {150.3 + x, 150.8 + y}};
        const auto truth = [&](Point p) { return from_line(p, line[0], line[1]); };
        most = std::max(most, worst(solved(grid, ground, starts_along(grid, line, 0)), grid, 10, truth));
    }
    MESSAGE("from a line, beyond 10 cells: ", 100 * most, " %");
    CHECK(most <= 0.005);
    std::vector<TravelStart> row; // cells of a line that begin at their centres
    for (int col = 100; col < 200; ++col)
        row.push_back(start_at(grid, {col, 150}));
    const Point a = grid.centre({100, 150}), b = grid.centre({199, 150});
    CHECK(worst(solved(grid, ground, row), grid, 10, [&](Point p) { return from_line(p, a, b); }) <= 0.005);
}

namespace {

/// A wall from x = 100 to 101 that is open from y = low to high.
struct Gap {
    double low, high;

    /// Whether the segment passes the wall, or the part of it that it crosses, within the opening.
    bool lets_through(Point a, Point b) const {
        return std::ranges::all_of(std::array{100.0, 101.0}, [&](double x) {
            const double y = a.x == b.x ? a.y : a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x);
            return x < a.x || x > b.x || (y >= low - 1e-9 && y <= high + 1e-9);
        });
    }

    /// The shortest way from the west to the east of it: straight, or bent at corners.
    double distance(Point from, Point to) const {
        double least = lets_through(from, to) ? apart(from, to) : 1e9;
        const auto by = [&](Point a, Point b) {
            if (lets_through(from, a) && lets_through(a, b) && lets_through(b, to))
                least = std::min(least, apart(from, a) + apart(a, b) + apart(b, to));
        };
        for (const double in : {low, high})
            for (const double out : {low, high}) {
                by({100, in}, {100, in});
                by({101, out}, {101, out});
                by({100, in}, {101, out});
            }
        return least;
    }
};

} // namespace

// Barriers are squares that nothing crosses, and a way passes any point of the other cells: the
// truth hugs the squares' corners. The way through the middle of the gap's cell is up to 0.4 cells
// longer, which hides that much of a solver's error.
TEST_CASE("behind a gap in a wall") {
    const Grid grid = metre_grid(300, 301);
    double most = 0;
    for (const int half_width : {0, 1, 2, 4})
        for (const int from : {150, 120, 60}) {
            Tile ground(grid.window(), 1);
            for (int row = 0; row < grid.rows; ++row)
                if (std::abs(row - 150) > half_width)
                    ground[{100, row}] = no_data;
            const Gap gap{150.5 - half_width - 0.5, 150.5 + half_width + 0.5};
            const Point start = grid.centre({60, from});
            const auto truth = [&](Point p) { return p.x < 112 ? 0 : gap.distance(start, p); };
            most = std::max(most, worst(solved(grid, ground, {start_at(grid, {60, from})}), grid, 10, truth));
        }
    MESSAGE("behind a gap: ", 100 * most, " %");
    CHECK(most <= 0.007);
}

TEST_CASE("beyond the limit, unreachable and barriers are told apart") {
    const Grid grid = metre_grid(60, 60);
    Tile ground(grid.window(), 1);
    for (int k = 0; k < 60; ++k)
        ground[{40, k}] = no_data;
    const std::vector<TravelStart> starts{start_at(grid, {5, 5}, 3)};
    for (const int tile : {7, 60})
        for (const TravelMethod method : {TravelMethod::eikonal, TravelMethod::grid8, TravelMethod::grid16}) {
            TravelOptions options = by(method);
            options.limit_minutes = 10;
            options.find_targets = true;
            options.tile_cells = tile;
            const TravelTimes limited = solved(grid, ground, starts, options);
            options.limit_minutes = std::numeric_limits<double>::infinity();
            const TravelTimes whole = solved(grid, ground, starts, options);
            const Tile some = limited.times(grid.window().grown(2)), all = whole.times(grid.window());
            const auto targets = limited.allocation(grid.window().grown(2));
            int wrong = 0;
            for (int row = 0; row < 60; ++row)
                for (int col = 0; col < 60; ++col) {
                    const float t = some[{col, row}], unlimited = all[{col, row}];
                    wrong += col >= 40 ? !std::isnan(t) || !std::isnan(unlimited)
                                       : t != (unlimited <= 10 ? unlimited : std::numeric_limits<float>::infinity());
                    wrong += targets[{col, row}] != (t <= 10 ? 3 : -1);
                }
            CHECK(wrong == 0);
            CHECK(std::isnan(some[{-1, 5}]));
        }
}

TEST_CASE("what a late start alone leads to is beyond the limit") {
    const Grid grid = metre_grid(20, 20);
    const Tile ground(grid.window(), 1);
    TravelOptions options;
    options.limit_minutes = 10;
    const std::vector<TravelStart> late{start_at(grid, {5, 5}, 0, 11)};
    CHECK(std::ranges::all_of(solved(grid, ground, late, options).times(grid.window()).values(),
                              [](float t) { return std::isinf(t); }));
    CHECK(std::ranges::all_of(solved(grid, ground, {}, options).times(grid.window()).values(),
                              [](float t) { return std::isnan(t); }));
}

TEST_CASE("barriers that touch at a corner") {
    const Grid grid = metre_grid(9, 9);
    Tile ground(grid.window(), 1);
    for (int k = 0; k < 9; ++k)
        ground[{k, 8 - k}] = no_data;
    const std::vector<TravelStart> starts{start_at(grid, {1, 1})};
    for (const TravelMethod method : {TravelMethod::eikonal, TravelMethod::grid8, TravelMethod::grid16})
        for (const double limit : {5.0, 500.0}) {
            TravelOptions options = by(method);
            options.limit_minutes = limit;
            CHECK(solved(grid, ground, starts, options).times(grid.window())[{8, 8}] > 8);
            options.cut_corners = false;
            CHECK(std::isnan(solved(grid, ground, starts, options).times(grid.window())[{8, 8}]));
        }
}

TEST_CASE("cells of a bridge have times, but no way leads off it over water") {
    const Grid grid = metre_grid(30, 9);
    Tile ground(grid.window(), 1);
    for (int row = 0; row < 9; ++row)
        for (int col = 10; col < 20; ++col)
            ground[{col, row}] = no_data;
    std::vector<RoadStep> bridge;
    for (int col = 9; col < 20; ++col)
        bridge.push_back({{col, 4}, {col + 1, 4}, 0.1F, false});
    const std::vector<TravelStart> starts{start_at(grid, {9, 4})};
    const Tile times = solved(grid, ground, starts, {}, bridge).times(grid.window());
    CHECK(times[{15, 4}] == doctest::Approx(0.6));
    CHECK(std::isnan(times[{15, 5}]));
    CHECK(times[{22, 4}] == doctest::Approx(3.1));
    const std::vector<TravelStart> on_it{start_at(grid, {15, 4})}, in_water{start_at(grid, {15, 5})};
    CHECK(solved(grid, ground, on_it, {}, bridge).times(grid.window())[{20, 4}] == doctest::Approx(0.5));
    CHECK(std::isnan(solved(grid, ground, in_water, {}, bridge).times(grid.window())[{15, 5}]));
}

TEST_CASE("a one-way road leads one way") {
    const Grid grid = metre_grid(30, 3);
    const Tile ground(grid.window(), 1);
    std::vector<RoadStep> road;
    for (int col = 0; col < 29; ++col)
        road.push_back({{col, 1}, {col + 1, 1}, 0.1F, true});
    const std::vector<TravelStart> west{start_at(grid, {0, 1})}, east{start_at(grid, {29, 1})};
    CHECK(solved(grid, ground, west, {}, road).times(grid.window())[{29, 1}] == doctest::Approx(2.9));
    CHECK(solved(grid, ground, east, {}, road).times(grid.window())[{0, 1}] == doctest::Approx(29));
}

TEST_CASE("what makes no sense is refused") {
    const Grid grid = metre_grid(10, 10);
    const Tile ground(grid.window(), 1);
    TravelOptions options;
    options.limit_minutes = 0;
    CHECK_THROWS_WITH_AS(solved(grid, ground, {}, options), doctest::Contains("limit"), Error);
    options.limit_minutes = std::nan("");
    CHECK_THROWS_WITH_AS(solved(grid, ground, {}, options), doctest::Contains("limit"), Error);
    CHECK_THROWS_WITH_AS(solved(grid, ground, {start_at(grid, {10, 0})}), doctest::Contains("outside the grid"), Error);
    CHECK_THROWS_WITH_AS(solved(grid, ground, {start_at(grid, {1, 0}, 0, -1)}), doctest::Contains("-1 minutes"), Error);
    CHECK_THROWS_WITH_AS(solved(grid, ground, {start_at(grid, {1, 0}, -1)}), doctest::Contains("target -1"), Error);
}
