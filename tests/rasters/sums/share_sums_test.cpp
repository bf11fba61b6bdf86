// SPDX-License-Identifier: Apache-2.0
#include "rasters/sums/share_sums.hpp"

#include "rasters/core/parallel.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

void all_of_it(std::span<double> far) {
    std::ranges::fill(far, 1.0);
}

/// Minutes from 0 to 20 over a part of a grid, some of them NaN.
Tile some_minutes(Random& random, const Grid& grid) {
    const int cols = 1 + random.below(grid.cols), rows = 1 + random.below(grid.rows);
    Tile minutes(Window{random.below(grid.cols - cols + 1), random.below(grid.rows - rows + 1), cols, rows});
    for (float& value : minutes.values())
        value = random.below(5) == 0 ? no_data : static_cast<float>(random.in(0, 20));
    return minutes;
}

} // namespace

TEST_CASE("shares are added where there are minutes, 0 elsewhere, nothing outside the grid") {
    const Grid grid = metre_grid(300, 20);
    ShareSums sums(grid, 1 << 20, ".");
    sums.expect(8);
    Tile minutes({254, 3, 3, 2}, 1);
    minutes[{255, 4}] = no_data;
    sums.add(2.5, minutes, all_of_it);
    sums.add(1, minutes, [](std::span<double> far) { std::ranges::fill(far, 0.5); });
    const Tile out = sums.sums({250, -1, 60, 10});
    CHECK(out[{254, 3}] == 3);
    CHECK(out[{256, 4}] == 3);
    CHECK(out[{255, 4}] == 0);
    CHECK(out[{257, 4}] == 0);
    CHECK(std::isnan(out[{254, -1}]));
    CHECK(std::isnan(out[{300, 4}]));
}

TEST_CASE("sums have no order, whatever waits on disk") {
    const Grid grid = metre_grid(700, 300);
    const auto halving = [](std::span<double> far) {
        for (double& d : far)
            d = std::exp2(-d / 8);
    };
    Random random(5);
    std::vector<Tile> minutes;
    std::vector<double> weights;
    for (int i = 0; i < 40; ++i) {
        minutes.push_back(some_minutes(random, grid));
        weights.push_back(random.in(0, 1e6));
    }
    ShareSums forth(grid, 1 << 22, "."), back(grid, 1, ".");
    for (ShareSums* sums : {&forth, &back})
        sums->expect(40e6);
    for (std::size_t i = 0; i < minutes.size(); ++i)
        forth.add(weights[i], minutes[i], halving);
    in_parallel(minutes.size(), [&](std::size_t i) { back.add(weights[39 - i], minutes[39 - i], halving); });
    CHECK(same_bits(forth.sums(grid.window()), back.sums(grid.window())));
    double truth = 0;
    for (std::size_t i = 0; i < minutes.size(); ++i)
        if (minutes[i].window().contains({300, 150}) && !std::isnan(minutes[i][{300, 150}]))
            truth += weights[i] * std::exp2(-static_cast<double>(minutes[i][{300, 150}]) / 8);
    CHECK(static_cast<double>(forth.sums(grid.window())[{300, 150}]) == doctest::Approx(truth).epsilon(1e-6));
}
