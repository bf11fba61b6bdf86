// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/lifted.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace zonerank;

TEST_CASE("lifted: held between 0 and 1, one by one and many at once; no data stays") {
    const auto f = engine::each([](double x) ZONERANK_INLINE { return x / 4 - 1; });
    const std::vector<float> x{-3, 4, 5, 6, 8, 100, std::nanf("")};
    const std::vector<float> expected{0, 0, 0.25F, 0.5F, 1, 1};
    std::vector<float> values(x.size());
    f.apply(x, values);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(values[i] == expected[i]);
        CHECK(f.of(x[i]) == expected[i]);
    }
    CHECK(std::isnan(values.back()));
    CHECK(std::isnan(f.of(std::nan(""))));
    CHECK(std::isnan(engine::within_bounds(3, std::nan("")))); // a formula without a number
}
