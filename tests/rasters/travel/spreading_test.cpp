// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/spreading.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

static float next(float x) {
    return std::nextafter(x, std::numeric_limits<float>::infinity());
}

TEST_CASE("the way through a simplex is the shortest, over all its parts, to the last bit") {
    Random random(1);
    int wrong = 0;
    for (int number = 0; number < 200'000; ++number) {
        const auto s = static_cast<float>(std::exp(random.in(-6, 6)));
        const float diagonal = static_cast<float>(s * std::exp(random.in(-3, 9))),
                    axis = next(static_cast<float>(diagonal + s * random.in(0, 1.2)));
        for (const int most : {Simplex::parts / 2, Simplex::parts}) {
            double least = std::numeric_limits<double>::infinity();
            for (int k = 0; k <= most; ++k) {
                const double w = k / 64.0;
                least = std::min(least, (1 - w) * axis + w * diagonal + s * Simplex::length(k));
            }
            wrong += Simplex::least(axis, diagonal, s, most).minutes != least;
        }
        const double lead = static_cast<double>(axis) - diagonal,
                     exact = axis + std::sqrt(std::max(0.0, double{s} * s - lead * lead));
        if (lead * std::numbers::sqrt2 < s)
            wrong += !(std::abs(Simplex::least(axis, diagonal, s, Simplex::parts).minutes - exact) <=
                       4e-5 * s + 1e-12 * axis);
    }
    CHECK(wrong == 0);
}

TEST_CASE("it does not fall where a time rises by one bit") {
    Random random(2);
    int wrong = 0;
    for (int number = 0; number < 1'000'000; ++number) {
        const auto s = static_cast<float>(std::exp(random.in(-6, 6)));
        const float diagonal = static_cast<float>(s * std::exp(random.in(-3, 7))),
                    axis = next(next(static_cast<float>(diagonal + s * random.in(0, 1))));
        const auto way = [&](float a, float d) {
            return static_cast<float>(Simplex::least(a, d, s, Simplex::parts).minutes);
        };
        wrong += way(next(axis), diagonal) < way(axis, diagonal) || way(axis, next(diagonal)) < way(axis, diagonal);
    }
    CHECK(wrong == 0);
}

namespace {

/// Notes the best offers.
struct Offers {
    std::vector<float>& minutes;
    float settled = std::numeric_limits<float>::max();

    bool wants(std::uint32_t) const { return true; }
    bool beats(std::uint32_t j, double least) const { return minutes[j] > least; }
    void offer(std::uint32_t j, float t, std::uint32_t) { minutes[j] = std::min(minutes[j], t); }
};

struct Block {
    std::vector<float> minutes = std::vector<float>(256 * 256, unreached), slowness = std::vector<float>(256 * 256, 1);
    bool cut_corners = true;

    template <typename Rule>
    std::vector<float> offers(std::uint32_t i) {
        std::vector<float> best(256 * 256, unreached);
        Offers offers{best};
        Rule::from({minutes.data(), slowness.data(), cut_corners}, i, offers);
        return best;
    }
};

} // namespace

TEST_CASE("steps to 8 and 16 cells cost what lies between the centres") {
    Block block;
    const std::uint32_t i = TileLayout::at(100, 100);
    block.minutes[i] = 10;
    block.slowness[i] = 3;
    block.slowness[TileLayout::at(101, 100)] = 5;
    block.slowness[TileLayout::at(101, 101)] = 7;
    const auto eight = block.offers<Spreading<false, false>>(i), sixteen = block.offers<Spreading<false, true>>(i);
    CHECK(std::ranges::count_if(eight, [](float t) { return t < unreached; }) == 8);
    CHECK(std::ranges::count_if(sixteen, [](float t) { return t < unreached; }) == 16);
    CHECK(eight[TileLayout::at(101, 100)] == 14);
    CHECK(eight[TileLayout::at(99, 100)] == 12);
    CHECK(eight[TileLayout::at(101, 101)] == doctest::Approx(10 + 5 * std::sqrt(2)));
    CHECK(sixteen[TileLayout::at(102, 101)] == doctest::Approx(10 + std::sqrt(5.0) / 4 * (3 + 5 + 7 + 1)));
    CHECK(sixteen[TileLayout::at(99, 98)] == doctest::Approx(10 + std::sqrt(5.0) / 4 * (3 + 1 + 1 + 1)));
}

TEST_CASE("nothing leads over barriers, nor between two that touch, unless it may") {
    Block block;
    const std::uint32_t i = TileLayout::at(100, 100);
    block.minutes[i] = 0;
    block.slowness[TileLayout::at(101, 100)] = block.slowness[TileLayout::at(100, 101)] = unreached;
    CHECK(block.offers<Spreading<true, true>>(i)[TileLayout::at(101, 101)] == std::sqrt(2.0F));
    CHECK(block.offers<Spreading<true, true>>(i)[TileLayout::at(102, 101)] == unreached);
    block.cut_corners = false;
    CHECK(block.offers<Spreading<true, true>>(i)[TileLayout::at(101, 101)] == unreached);
    CHECK(block.offers<Spreading<true, true>>(i)[TileLayout::at(101, 99)] == std::sqrt(2.0F));
    int steps = 0;
    each_step({block.minutes.data(), block.slowness.data(), false}, i, [&](std::uint32_t) { ++steps; });
    CHECK(steps == 5);
}

TEST_CASE("a straight wave goes on straight, from either cell of a pair, unless there is a seam") {
    Block block;
    const auto wave = [](int x, int y) { return static_cast<float>(50 + x * std::cos(0.4) + y * std::sin(0.4)); };
    for (int y = 98; y < 103; ++y)
        for (int x = 95; x < 101; ++x)
            block.minutes[TileLayout::at(x, y)] = wave(x, y);
    const std::uint32_t axis = TileLayout::at(100, 100), diagonal = TileLayout::at(100, 99),
                        to = TileLayout::at(101, 100);
    CHECK(block.offers<Spreading<true, false>>(axis)[to] == doctest::Approx(wave(101, 100)).epsilon(1e-6));
    CHECK(block.offers<Spreading<true, false>>(diagonal)[to] == block.offers<Spreading<true, false>>(axis)[to]);
    StartSeams::Bits seams(2 * StartSeams::words);
    seams[StartSeams::words + diagonal / 64] |= std::uint64_t{1} << (diagonal % 64);
    std::vector<float> best(256 * 256, unreached);
    Offers offers{best};
    Spreading<true, false>::from({block.minutes.data(), block.slowness.data(), true, seams.data()}, axis, offers);
    CHECK(best[to] == static_cast<float>(block.minutes[axis] + 1.0));
}

TEST_CASE("nothing that is offered is earlier than what it comes from") {
    Random random(3);
    int wrong = 0;
    Block block;
    std::vector<float> best(256 * 256);
    for (int number = 0; number < 20'000; ++number) {
        const std::uint32_t axis = TileLayout::at(5, 5), diagonal = TileLayout::at(5, 4), to = TileLayout::at(6, 5);
        block.minutes[axis] = 50;
        block.minutes[diagonal] = static_cast<float>(50 - std::exp(random.in(-3, 3)));
        for (const std::uint32_t i : {axis, diagonal, to})
            block.slowness[i] = static_cast<float>(std::exp(random.in(-3, 3)));
        best[to] = unreached;
        Offers offers{best};
        Spreading<true, true>::from({block.minutes.data(), block.slowness.data(), true}, axis, offers);
        wrong += best[to] < 50;
    }
    CHECK(wrong == 0);
}
