// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/piecewise.hpp"

#include "tests/support/values.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace zonerank;
using tests::metres;
using tests::refusal;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
const std::vector<engine::ValuePoint> pvf{{50, 1}, {75, 0.8}, {90, 0.5}, {100, 0}};

} // namespace

// gertvv/rsmaa, smaa/tests/pvf.R: in range, out of range "interpolate", out of range "clip".
TEST_CASE("piecewise: published case, rsmaa's partial value function") {
    const double in[] = {50, 60, 75, 90, 100}, in_expected[] = {1.0, 0.92, 0.8, 0.5, 0.0};
    for (int i = 0; i < 5; ++i) {
        CHECK(std::abs(engine::piecewise_clipped(pvf, in[i]) - in_expected[i]) <= 1e-9);
        CHECK(std::abs(engine::piecewise_extrapolated(pvf, in[i]) - in_expected[i]) <= 1e-9);
    }
    const double out[] = {10, 40, 101, 120};
    const double interpolated[] = {1.32, 1.08, -0.05, -1.0}, clipped[] = {1, 1, 0, 0};
    for (int i = 0; i < 4; ++i) {
        CHECK(std::abs(engine::piecewise_extrapolated(pvf, out[i]) - interpolated[i]) <= 1e-9);
        CHECK(std::abs(engine::piecewise_clipped(pvf, out[i]) - clipped[i]) <= 1e-9);
    }
}

TEST_CASE("piecewise: points in any order, exact at each of them") {
    const auto f = tests::value_function("piecewise", "{15 km: 0, 0 km: 0.1, 3 km: 1, 8 km: 0.3}", metres);
    CHECK(f.of(0) == 0.1);
    CHECK(f.of(3000) == 1);
    CHECK(f.of(8000) == 0.3);
    CHECK(f.of(15'000) == 0);
    CHECK(f.of(1500) == doctest::Approx(0.55));
    CHECK_FALSE(f.has_ends());
}

TEST_CASE("piecewise: beyond the ends it goes on, held between 0 and 1, when asked to") {
    const auto f =
        tests::value_function("piecewise", "{0 km: 0.5, 5 km: 0.8, 10 km: 0.4, beyond: extrapolate}", metres);
    CHECK(f.of(-5000) == doctest::Approx(0.2));
    CHECK(f.of(-20'000) == 0);
    CHECK(f.of(12'500) == doctest::Approx(0.2));
    CHECK(f.of(5000) == 0.8);
    CHECK(f.of(inf) == 0);
    CHECK(f.of(-inf) == 0);
    const auto level = tests::value_function("piecewise", "{0 km: 0.3, 5 km: 0.3, beyond: extrapolate}", metres);
    CHECK(level.of(inf) == 0.3);
    CHECK(level.of(-inf) == 0.3);
}

TEST_CASE("piecewise: ends that must not be passed") {
    const auto f = tests::value_function("piecewise", "{0.1: 0, 0.7: 1, beyond: error}");
    CHECK(f.has_ends());
    CHECK_FALSE(f.beyond(0.1F)); // as cells hold them
    CHECK_FALSE(f.beyond(0.7F));
    CHECK_FALSE(f.beyond(std::nan("")));
    CHECK(f.beyond(0.71));
    CHECK(f.beyond(0));
    CHECK(f.beyond(inf));
    CHECK(f.of(0.4) == doctest::Approx(0.5));
}

TEST_CASE("piecewise: points that can't be meant") {
    CHECK(refusal("piecewise", "{0 km: 1}", metres) == "needs at least two points such as {0 km: 1, 20 km: 0}");
    CHECK(refusal("piecewise", "{0 km: 1, 2 km: 1.2}", metres) ==
          "the value of 2 km is 1.2; values lie between 0 (useless) and 1 (ideal)");
    CHECK(refusal("piecewise", "{0 km: 1, 2 km: 0.2, 2000 m: 0}", metres) == "2 km is given two values");
    CHECK(refusal("piecewise", "{0 km: 1, 2 km: 0, beyond: eror}", metres) ==
          "piecewise: beyond: unknown choice 'eror'; did you mean 'error'?");
    CHECK(
        refusal("piecewise", "{beyond: clip}", metres) ==
        "piecewise: expected a mapping of measurements to values such as {0 km: 1, 20 km: 0}, found an empty mapping");
}
