// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/route_line.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank::rasters;
using zonerank::tests::Random;

namespace {

double to_line(Point p, const Path& path) {
    double least = 1e9;
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
        for (int k = 0; k <= 1000; ++k) {
            const double t = k / 1000.0;
            least = std::min(least, std::hypot(path[i].x + t * (path[i + 1].x - path[i].x) - p.x,
                                               path[i].y + t * (path[i + 1].y - path[i].y) - p.y));
        }
    return least;
}

} // namespace

TEST_CASE("what is left out of a line is as near to it as asked for") {
    Random random(4);
    for (const double tolerance : {0.1, 1.0, 5.0}) {
        Path path{{0, 0}};
        for (int i = 0; i < 200; ++i)
            path.push_back({path.back().x + random.in(0, 2), path.back().y + random.in(-1, 1)});
        const Path fewer = simplified(path, tolerance);
        CHECK(fewer.front() == path.front());
        CHECK(fewer.back() == path.back());
        CHECK(fewer.size() < path.size());
        for (const Point p : path)
            CHECK(to_line(p, fewer) <= tolerance + 0.01);
        for (const Point p : fewer)
            CHECK(std::ranges::find(path, p) != path.end());
    }
    CHECK(simplified({{0, 0}, {1, 0}, {2, 0}}, 0) == Path{{0, 0}, {2, 0}});
    CHECK(simplified({{0, 0}, {1, 0}}, 10).size() == 2);
    CHECK(simplified({{0, 0}, {5, 5}, {0, 0}}, 1).size() == 3); // there and back
}

TEST_CASE("a way's line runs along its roads, and over the ground as it is") {
    const std::map<std::size_t, Path> roads{{4, {{10, 0}, {15, 0.4}, {20, 0}}}, {7, {{30, 0}, {20, 0}}}};
    const Route route{{.path = {{1, 1}, {8, 1}, {10, 0}}},
                      {.path = {{10, 0}, {20, 0}, {30, 0}}, .roads = {{4, true}, {7, false}}, .minutes = 1},
                      {.path = {{30, 0}, {31, 3}}}};
    std::set<std::size_t> steps{1};
    add_road_steps(route, steps);
    CHECK(steps == std::set<std::size_t>{1, 4, 7});
    CHECK(line_of(route, {0, 1}, roads, 0) == Path{{0, 1}, {8, 1}, {10, 0}, {15, 0.4}, {20, 0}, {30, 0}, {31, 3}});
    CHECK(line_of(route, {0, 1}, roads, 0.5) == Path{{0, 1}, {8, 1}, {10, 0}, {30, 0}, {31, 3}});
    CHECK(line_of({}, {3, 3}, {}, 1) == Path{{3, 3}, {3, 3}});
}
