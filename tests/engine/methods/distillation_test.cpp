// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/distillation.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>
#include <vector>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

Relation relation(std::size_t n, const std::vector<std::pair<int, int>>& pairs) {
    Relation result(n);
    for (const auto& [a, b] : pairs)
        result.set(static_cast<std::size_t>(a), static_cast<std::size_t>(b), true);
    return result;
}

} // namespace

TEST_CASE("Roy's kernel of a chain, a star and a circle") {
    CHECK(kernel_of(relation(3, {{0, 1}, {1, 2}})) == std::vector{true, false, true});
    CHECK(kernel_of(relation(3, {{1, 0}, {1, 2}})) == std::vector{false, true, false});
    CHECK(kernel_of(relation(3, {})) == std::vector{true, true, true});
    // 0, 1 and 2 in a circle, which is above 3; 4 is below 3.
    CHECK(kernel_of(relation(5, {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}})) ==
          std::vector{true, true, true, false, true});
}

TEST_CASE("a kernel is inwardly and outwardly stable") {
    tests::Random random(41);
    for (int trial = 0; trial < 200; ++trial) {
        const std::size_t n = 7;
        Relation above(n); // without circles: only from lower to higher
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = a + 1; b < n; ++b)
                above.set(a, b, random.below(3) == 0);
        const std::vector<bool> kernel = kernel_of(above);
        for (std::size_t b = 0; b < n; ++b) {
            bool beaten = false;
            for (std::size_t a = 0; a < n; ++a)
                beaten |= kernel[a] && above.of(a, b);
            CHECK(kernel[b] == !beaten);
        }
    }
}

TEST_CASE("places by a strong and a weak relation") {
    CHECK(places_of(relation(4, {{0, 2}, {1, 2}, {2, 3}}), relation(4, {{0, 1}})) == std::vector{1, 2, 3, 4});
    CHECK(places_of(relation(3, {{0, 1}, {1, 2}, {2, 0}}), relation(3, {})) == std::vector{1, 1, 1});
}

TEST_CASE("ELECTRE III distils by Roy's threshold: worked by hand") {
    // From 0.9 the cut falls below 0.9 - 0.165 = 0.735, to 0.7. Above 0.7, and by more than
    // 0.3 - 0.15 x 0.9 ahead, is 0 over 2 (0.9 - 0.2) and over 1 (0.8 - 0.6 = 0.2 > 0.18).
    const std::vector<double> credibility{0,   0.8, 0.9, //
                                          0.6, 0,   0.7, //
                                          0.2, 0.5, 0};
    // Of 1 and 2, both with -1, it falls from 0.7 below 0.505, to 0.5, where 0.7 - 0.5 = 0.2 > 0.195.
    CHECK(distilled(credibility, 3, true) == std::vector{1, 2, 3});
    CHECK(distilled(credibility, 3, false) == std::vector{3, 2, 1});
}
