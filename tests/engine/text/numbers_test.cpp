// SPDX-License-Identifier: Apache-2.0
#include "engine/text/numbers.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <limits>

using namespace zonerank::engine;

TEST_CASE("numbers: rounded to decimals, the shortest text shows no more") {
    CHECK(fmt::format("{}", to_decimals(1.0 / 3, 9)) == "0.333333333");
    CHECK(fmt::format("{}", to_decimals(0.1 + 0.2, 9)) == "0.3");
    CHECK(fmt::format("{}", to_decimals(250.12346, 4)) == "250.1235");
    CHECK(fmt::format("{}", to_decimals(-1e-12, 9)) == "0");
    CHECK(fmt::format("{}", to_decimals(1e300, 4)) == "1e+300");
}

TEST_CASE("numbers: rounded to significant digits") {
    CHECK(fmt::format("{}", to_digits(12345.678901234, 9)) == "12345.6789");
    CHECK(fmt::format("{}", to_digits(1.0 / 3 * 1e-7, 9)) == "3.33333333e-08");
    CHECK(fmt::format("{}", to_digits(240'000'000'000.0, 9)) == "240000000000");
    CHECK(fmt::format("{}", to_digits(-0.0, 9)) == "0");
}

TEST_CASE("numbers: what is no number stays none") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(std::isnan(to_decimals(nan, 3)));
    CHECK(std::isnan(to_digits(nan, 3)));
    CHECK(std::isinf(to_decimals(std::numeric_limits<double>::infinity(), 3)));
}

TEST_CASE("numbers: fixed decimals for people") {
    CHECK(fixed(0.8125, 3) == "0.812"); // half to even, as printf does
    CHECK(fixed(0.5, 2) == "0.50");
    CHECK(fixed(-0.0001, 2) == "0.00");
    CHECK(fixed(std::numeric_limits<double>::quiet_NaN(), 2) == "-");
}
