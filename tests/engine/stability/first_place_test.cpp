// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/first_place.hpp"

#include "engine/stability/smaa.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::engine;

TEST_CASE("first place: between two that are each best at something, one is never first") {
    // The third beats neither on average: 0.45 everywhere, less than the mean of the others.
    const std::vector<double> values{1, 0, 0, 1, 0.45, 0.45, 0.55, 0.55}, weights{0.5, 0.5};
    const WeightedTable three{3, 2, values, weights};
    const WeightSpace all = WeightSpace::uniform(weights);
    CHECK(greatest_lead(three, all, 0) == doctest::Approx(0.55));
    CHECK(greatest_lead(three, all, 2) == doctest::Approx(-0.05));
    CHECK(!nearest_for_first(three, 2));
    const WeightedTable four{4, 2, values, weights};
    CHECK(greatest_lead(four, all, 3) == doctest::Approx(0.05));
    CHECK(!dominates(three, 0, 2));
    CHECK(dominates(four, 3, 2));
    CHECK(!dominates(four, 2, 2));
    CHECK(greatest_lead({1, 2, values, weights}, all, 0) == 1);
}

TEST_CASE("first place: whoever a draw puts first can be, in every space") {
    Draw draw(6, Purpose::moments, 0);
    std::vector<double> values(40 * 4);
    for (double& value : values)
        value = draw.uniform();
    const std::vector<double> weights{0.4, 0.3, 0.2, 0.1};
    const WeightedTable table{40, 4, values, weights};
    for (const WeightSpace& space :
         {WeightSpace::uniform(weights), WeightSpace::ordinal(weights),
          WeightSpace::intervals(std::vector<WeightRange>{{0.3, 0.5}, {0.2, 0.4}, {0.1, 0.3}, {0.05, 0.2}})}) {
        const Smaa drawn = smaa({.sites = 40, .criteria = 4, .values = values, .weights = &space, .draws = 20'000});
        for (std::size_t i = 0; i < 40; ++i) {
            const double lead = greatest_lead(table, space, i);
            if (drawn.share(i, 1) > 0)
                CHECK(lead > 0);
            if (lead > 0.03)
                CHECK(drawn.share(i, 1) > 0);
        }
    }
}
