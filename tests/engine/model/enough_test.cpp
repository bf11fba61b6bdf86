// SPDX-License-Identifier: Apache-2.0
#include "engine/model/enough.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::engine;

TEST_CASE("the nearest measurement that is enough, whichever way") {
    const auto far = [](double x) { return std::abs(x) >= 3; };
    CHECK(*nearest_enough({.from = 1}, far) == doctest::Approx(3).epsilon(1e-11));
    CHECK(*nearest_enough({.from = -1}, far) == doctest::Approx(-3).epsilon(1e-11));
    CHECK(*nearest_enough({.from = 4}, far) == 4);
    CHECK(far(*nearest_enough({.from = 1}, far)));
}

TEST_CASE("measurements that can't be are not looked for") {
    const auto low = [](double x) { return x <= -2; };
    CHECK(nearest_enough({.from = 5}, low));
    CHECK(!nearest_enough({.from = 5, .least = 0}, low));
    CHECK(*nearest_enough({.from = 5, .least = -2}, low) == doctest::Approx(-2));
    CHECK(!nearest_enough({.from = 5, .most = 100}, [](double x) { return x > 100; }));
    CHECK(!nearest_enough({.from = 0}, [](double) { return false; }));
}

TEST_CASE("a measurement far away is found, and a narrow range of good ones") {
    CHECK(*nearest_enough({.from = 0}, [](double x) { return x > 15'000; }) == doctest::Approx(15'000));
    CHECK(*nearest_enough({.from = 0, .scale = 10}, [](double x) { return x > 7 && x < 7.1; }) == doctest::Approx(7));
}
