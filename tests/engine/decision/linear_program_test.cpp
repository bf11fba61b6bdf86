// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/linear_program.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

using namespace zonerank;
using engine::LinearProgram;
using engine::LinearRow;
using engine::LinearSolution;
using engine::LinearStatus;
using engine::minimise;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Least of c.x over 0 <= x, y with a x + b y <= 1 each: the least over all crossings of two lines.
double by_corners(const double (&costs)[2], const std::vector<std::array<double, 3>>& lines) {
    double least = infinity;
    for (const auto& [a, b, c] : lines)
        for (const auto& [d, e, f] : lines) {
            const double determinant = a * e - b * d;
            if (std::abs(determinant) < 1e-12)
                continue;
            const double x = (c * e - b * f) / determinant, y = (a * f - c * d) / determinant;
            if (std::ranges::all_of(lines, [&](const auto& l) { return l[0] * x + l[1] * y <= l[2] + 1e-9; }))
                least = std::min(least, costs[0] * x + costs[1] * y);
        }
    return least;
}

} // namespace

// Dantzig 1963 and every textbook since: Wyndor Glass (Hillier and Lieberman), 3 x + 5 y at most 36 at (2, 6).
TEST_CASE("linear program: Wyndor Glass (Hillier and Lieberman)") {
    const LinearSolution solution = minimise({.costs = {-3, -5},
                                              .rows = {{.terms = {{0, 1}}, .upper = 4},
                                                       {.terms = {{1, 2}}, .upper = 12},
                                                       {.terms = {{0, 3}, {1, 2}}, .upper = 18}}});
    REQUIRE(solution.status == LinearStatus::optimal);
    CHECK(solution.value == doctest::Approx(-36));
    CHECK(solution.x[0] == doctest::Approx(2));
    CHECK(solution.x[1] == doctest::Approx(6));
}

TEST_CASE("linear program: bounds of variables, free ones, equations") {
    const LinearSolution solution = minimise({.costs = {1, 1, 0},
                                              .lower = {-infinity, 2, 0},
                                              .upper = {infinity, 3, 1},
                                              .rows = {{.terms = {{0, 1}, {2, 1}}, .lower = -5, .upper = -5}}});
    REQUIRE(solution.status == LinearStatus::optimal);
    CHECK(solution.x[0] == doctest::Approx(-6));
    CHECK(solution.x[1] == doctest::Approx(2));
    CHECK(solution.x[2] == doctest::Approx(1));
    CHECK(solution.value == doctest::Approx(-4));
}

TEST_CASE("linear program: what has no answer says so") {
    CHECK(minimise({.costs = {1}, .rows = {{.terms = {{0, 1}}, .upper = -1}}}).status == LinearStatus::infeasible);
    CHECK(minimise({.costs = {-1}, .rows = {{.terms = {{0, 1}}, .lower = 1}}}).status == LinearStatus::unbounded);
    CHECK(minimise({.costs = {-1}}).status == LinearStatus::unbounded);
    CHECK(minimise({.costs = {1}, .lower = {2}, .upper = {1}}).status == LinearStatus::infeasible);
    CHECK(minimise({.costs = {1}, .rows = {{.upper = -1}}}).x.empty());
    CHECK(minimise({.costs = {1, 1}}).value == 0);
}

TEST_CASE("linear program: two variables, by trying every corner") {
    std::mt19937 random(5);
    const auto number = [&] { return static_cast<double>(random() % 1000) / 500 - 0.8; };
    for (int round = 0; round < 200; ++round) {
        std::vector<std::array<double, 3>> lines{{-1, 0, 0}, {0, -1, 0}, {1, 1, 4}};
        const double costs[] = {number(), number()};
        LinearProgram program{.costs = {costs[0], costs[1]}, .rows = {{.terms = {{0, 1}, {1, 1}}, .upper = 4}}};
        for (int line = 0; line < 5; ++line) {
            lines.push_back({number(), number(), 1});
            program.rows.push_back({.terms = {{0, lines.back()[0]}, {1, lines.back()[1]}}, .upper = 1});
        }
        const LinearSolution solution = minimise(program);
        REQUIRE(solution.status == LinearStatus::optimal);
        CHECK(solution.value == doctest::Approx(by_corners(costs, lines)).epsilon(1e-7));
    }
}
