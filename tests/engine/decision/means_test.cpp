// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/means.hpp"

#include "tests/support/aggregations.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using doctest::Approx;
using tests::Row;

static const double gap = std::nan("");

TEST_CASE("means: by hand") {
    CHECK(engine::weighted_sum().fold_one(Row{1, 0.5, 0}, Row{0.5, 0.25, 0.25}) == Approx(0.625));
    CHECK(engine::weighted_product().fold_one(Row{0.25, 1}, Row{0.5, 0.5}) == Approx(0.5));
    CHECK(engine::weighted_product().fold_one(Row{0.5, 0.8, 0.2}, Row{0.2, 0.3, 0.5}) ==
          Approx(std::pow(0.5, 0.2) * std::pow(0.8, 0.3) * std::pow(0.2, 0.5)));
    CHECK(engine::minimum().fold_one(Row{0.7, 0.3, 0.9}, Row{0.1, 0.1, 0.8}) == 0.3);
    CHECK(engine::maximum().fold_one(Row{0.7, 0.3, 0.9}, Row{0.1, 0.1, 0.8}) == 0.9);
    CHECK(engine::maximum().fold_one(Row{0.7, 0.3, 0.9}, Row{0.1, 0.1, 0}) == 0.7);
}

TEST_CASE("means: WASPAS lies between sum and product (Zavadskas et al. 2012)") {
    const Row values{0.5, 0.8, 0.2}, weights{2, 3, 5};
    const double sum = 0.44, product = std::pow(0.5, 0.2) * std::pow(0.8, 0.3) * std::pow(0.2, 0.5);
    CHECK(engine::waspas(0.5).fold_one(values, weights) == Approx((sum + product) / 2).epsilon(1e-14));
    CHECK(engine::waspas(0.2).fold_one(values, weights) == Approx(0.2 * sum + 0.8 * product).epsilon(1e-14));
    CHECK(engine::waspas(1).fold_one(values, weights) == Approx(sum).epsilon(1e-14));
    CHECK(engine::waspas(0).fold_one(values, weights) == Approx(product).epsilon(1e-14));
    CHECK_THROWS_WITH(engine::waspas(1.5), "lambda: the weighted sum's share is from 0 to 1, found 1.5");
    CHECK_THROWS_AS(engine::waspas(gap), Error);
}

TEST_CASE("means: a gap is left out and the other weights rescaled") {
    CHECK(engine::weighted_sum().fold_one(Row{gap, 0.5, 0}, Row{0.5, 0.25, 0.25}) == Approx(0.25));
    CHECK(engine::weighted_product().fold_one(Row{0.25, gap, 1}, Row{0.25, 0.5, 0.25}) == Approx(0.5));
    CHECK(engine::minimum().fold_one(Row{gap, 0.6, 0.4}, Row{1, 1, 1}) == 0.4);
    CHECK(std::isnan(engine::weighted_sum().fold_one(Row{gap, 0.5}, Row{1, 0})));
}

TEST_CASE("means: a 0 that counts makes the product 0, exactly, and one that doesn't does nothing") {
    CHECK(engine::weighted_product().fold_one(Row{0, 1}, Row{0.001, 0.999}) == 0);
    CHECK(engine::weighted_product().fold_one(Row{0, 1}, Row{0, 1}) == 1);
    CHECK(engine::waspas(0).fold_one(Row{0, 1}, Row{0.5, 0.5}) == 0);
}
