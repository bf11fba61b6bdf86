// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/tight_line.hpp"

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
