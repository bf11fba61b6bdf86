// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal/quad_coverage.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <utility>

using namespace zonerank::rasters;

namespace {

using Shares = std::map<std::pair<int, int>, double>;

Shares shares_of(QuadCoverage& coverage) {
    Shares shares;
    coverage.for_each([&](Cell c, double share) { shares[{c.col, c.row}] = share; });
    return shares;
}

// Whether a point lies within a convex quadrilateral, of whichever direction.
bool inside(const Quad& quad, Point p) {
    int left = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const Point a = quad[i], b = quad[(i + 1) % 4];
        left += (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0;
    }
    return left == 0 || left == 4;
}

} // namespace

TEST_CASE("a rectangle covers what it covers, in either direction") {
    QuadCoverage coverage;
    const Quad quad{Point{-0.5, 1.25}, {1.5, 1.25}, {1.5, 2.5}, {-0.5, 2.5}};
    const Shares right{{{-1, 1}, 0.375}, {{0, 1}, 0.75}, {{1, 1}, 0.375},
                       {{-1, 2}, 0.25},  {{0, 2}, 0.5},  {{1, 2}, 0.25}};
    CHECK(coverage.cover(quad) == 2.5);
    CHECK(shares_of(coverage) == right);
    CHECK(coverage.cover({quad[3], quad[2], quad[1], quad[0]}) == 2.5);
    CHECK(shares_of(coverage) == right);
}

TEST_CASE("a tilted square's shares are those of many points") {
    const Quad quad{Point{3.2, 0.4}, {6.1, 2.9}, {3.6, 5.8}, {0.7, 3.3}};
    QuadCoverage coverage;
    const double area = coverage.cover(quad);
    constexpr int fine = 200;
    double sum = 0;
    for (const auto& [cell, share] : shares_of(coverage)) {
        int hits = 0;
        for (int i = 0; i < fine * fine; ++i)
            hits += inside(quad, {cell.first + (i % fine + 0.5) / fine, cell.second + (i / fine + 0.5) / fine});
        CHECK(share == doctest::Approx(1.0 * hits / (fine * fine)).epsilon(0.01));
        sum += share;
    }
    CHECK(sum == doctest::Approx(area).epsilon(1e-12));
}

TEST_CASE("quadrilaterals that share an edge share the pixels on it") {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> near(-0.3, 0.3);
    const Point north{2 + near(random), near(random)}, south{2 + near(random), 4 + near(random)};
    QuadCoverage coverage;
    coverage.cover({Point{0, 0}, north, south, {0, 4}});
    Shares both = shares_of(coverage);
    coverage.cover({north, Point{4, 0}, {4, 4}, south});
    for (const auto& [cell, share] : shares_of(coverage))
        both[cell] += share;
    for (const int row : {1, 2})
        for (const int col : {0, 1, 2, 3})
            CHECK(both[{col, row}] == doctest::Approx(1).epsilon(1e-12));
}
