// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::engine;

TEST_CASE("figures: to their digits, and never a NaN") {
    CHECK(csv_figure(2.0 / 3, 4) == "0.6667");
    CHECK(csv_figure(0, 4) == "0");
    CHECK(json_figure(2.0 / 3, 4).dump() == "0.6667");
    for (const double none : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
        CHECK(csv_figure(none, 4).empty());
        CHECK(json_figure(none, 4).is_null());
    }
}
