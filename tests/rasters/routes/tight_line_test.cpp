// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/tight_line.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace zonerank::rasters;

namespace {

double apart(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// Along the points at `pace`.
std::vector<double> times_along(const std::vector<Point>& points, double pace) {
    std::vector<double> times(points.size());
    for (std::size_t i = points.size() - 1; i-- > 0;)
        times[i] = times[i + 1] + pace * apart(points[i], points[i + 1]);
    return times;
}

using Kept = std::vector<std::size_t>;

} // namespace

TEST_CASE("on even ground only the ends are left") {
    std::vector<Point> points;
    for (int i = 0; i <= 20; ++i)
        points.push_back({i + 0.5, i / 3 + 0.5});
    CHECK(drawn_tight(points, times_along(points, 1), apart) == Kept{0, 20});
    CHECK(drawn_tight(std::vector{points[0], points[1]}, std::vector{1.0, 0.0}, apart) == Kept{0, 1});
}

TEST_CASE("a corner stays where nothing leads straight") {
    std::vector<Point> points;
    for (int i = 0; i <= 10; ++i)
        points.push_back({0, 1.0 * i});
    for (int i = 1; i <= 10; ++i)
        points.push_back({1.0 * i, 10});
    const auto blocked = [](Point a, Point b) {
        const bool through = a.x < 5 && b.x > 5 && std::min(a.y, b.y) < 9.5;
        return through ? std::numeric_limits<double>::infinity() : apart(a, b);
    };
    const Kept kept = drawn_tight(points, times_along(points, 1), blocked);
    CHECK(kept.front() == 0);
    CHECK(kept.back() == 20);
    CHECK(kept.size() == 3);
    for (std::size_t i = 0; i + 1 < kept.size(); ++i)
        CHECK(std::isfinite(blocked(points[kept[i]], points[kept[i + 1]])));
}

TEST_CASE("a way that is quicker than straight keeps its bends") {
    // A fast lane along y = 5; elsewhere ten times slower.
    const auto pace = [](Point a, Point b) { return apart(a, b) * (a.y == 5 && b.y == 5 ? 0.1 : 1.0); };
    std::vector<Point> points;
    for (int y = 0; y <= 5; ++y)
        points.push_back({0, 1.0 * y});
    for (int x = 1; x <= 50; ++x)
        points.push_back({1.0 * x, 5});
    std::vector<double> times(points.size());
    for (std::size_t i = points.size() - 1; i-- > 0;)
        times[i] = times[i + 1] + pace(points[i], points[i + 1]);
    CHECK(drawn_tight(points, times, pace) == Kept{0, 5, 55});
}

TEST_CASE("a bend goes to the corner that stands in the way") {
    // A wall of one cell from (5, 0) to (6, 4); the cells beside its end are (4..6, 4).
    const auto blocked = [](Point a, Point b) {
        for (int k = 0; k <= 10'000; ++k) {
            const double t = k / 10'000.0, x = a.x + t * (b.x - a.x), y = a.y + t * (b.y - a.y);
            if (x > 5 && x < 6 && y < 4)
                return std::numeric_limits<double>::infinity();
        }
        return apart(a, b);
    };
    const std::vector<Point> line{{2.5, 1.5}, {5.5, 4.5}, {8.5, 1.5}};
    const std::vector<Point> round = around_corners(line, blocked);
    REQUIRE(round.size() == 4);
    CHECK(apart(round[1], {5, 4}) < 1e-5);
    CHECK(apart(round[2], {6, 4}) < 1e-5);
    CHECK(std::isfinite(blocked(round[0], round[1]) + blocked(round[1], round[2]) + blocked(round[2], round[3])));
    CHECK(around_corners(line, apart) == line); // bends of another reason stay
    CHECK(around_corners(std::vector{line[0], line[2]}, apart) == std::vector{line[0], line[2]});
}
