// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/corner_steps.hpp"

#include "rasters/travel/spreading.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

using namespace zonerank::rasters;

namespace {

/// A block of 10 x 10 cells with its halo.
struct Block {
    std::vector<float> slowness = std::vector<float>(256 * 256, unreached);

    Block() {
        for (int y = -2; y < 12; ++y)
            for (int x = -2; x < 12; ++x)
                at(x, y) = 1;
    }
    float& at(int x, int y) { return slowness[TileLayout::at(x, y)]; }

    std::multimap<std::pair<std::uint32_t, std::uint32_t>, float> steps(bool cut_corners = true) const {
        std::multimap<std::pair<std::uint32_t, std::uint32_t>, float> found;
        for (const TileRoads::Start& s : corner_steps(slowness.data(), 10, 10, cut_corners))
            found.insert({{s.from, s.step.to}, s.step.minutes});
        return found;
    }
};

} // namespace

TEST_CASE("around barriers steps lead each way at the cost of the way by one corner, or two") {
    Block block;
    CHECK(block.steps().empty());
    block.at(4, 4) = unreached;
    block.at(5, 4) = 2;
    block.at(5, 5) = 3;
    const auto steps = block.steps();
    CHECK(steps.size() == 4 * 3 * 2 + 4 * 4 * 2);
    const std::uint32_t near = TileLayout::at(5, 4), far = TileLayout::at(5, 5), other = TileLayout::at(4, 3),
                        behind = TileLayout::at(3, 3);
    const double by_near = std::sqrt(0.5) * 2, by_far = std::sqrt(2.5) * (3 + 2 * 2) / 3;
    const auto has = [&](std::uint32_t from, std::uint32_t to, double minutes) {
        const auto [first, last] = steps.equal_range({from, to});
        return std::any_of(first, last, [&](const auto& s) { return std::abs(s.second - minutes) < 1e-6 * minutes; });
    };
    CHECK(has(far, other, by_far + std::sqrt(0.5)));
    CHECK(has(near, behind, by_near + std::sqrt(2.5)));
    CHECK(has(far, behind, by_far + std::sqrt(2.5)));
    const std::uint32_t west = TileLayout::at(3, 4);
    CHECK(has(west, near, std::sqrt(0.5) + 1 + by_near));
    CHECK(has(west, far, std::sqrt(0.5) + 1 + by_far));
    for (const auto& [ends, minutes] : steps)
        CHECK(has(ends.second, ends.first, minutes));
}

TEST_CASE("none leads over barriers, out of the block, or between two that touch, unless it may") {
    Block block;
    block.at(4, 4) = block.at(5, 5) = unreached;
    const std::size_t squeezed = block.steps().size();
    CHECK(squeezed > block.steps(false).size());
    for (const bool cut : {false, true})
        for (const auto& [ends, minutes] : block.steps(cut))
            CHECK((block.slowness[ends.first] < unreached && block.slowness[ends.second] < unreached));
    Block edge;
    edge.at(-2, 4) = unreached;
    CHECK(edge.steps().size() == 2 * 3);
}
