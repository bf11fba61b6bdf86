// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/eigenvector.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using engine::Judgements;

static const Judgements three{{1, 3, 3}, {1.0 / 3, 1, 2}, {1.0 / 3, 1.0 / 2, 1}};

TEST_CASE("eigenvector: by its definition, from any guess") {
    const engine::Principal found = engine::principal(three), again = engine::principal(three, {0.1, 0.1, 0.8});
    for (std::size_t i = 0; i < 3; ++i) {
        double product = 0;
        for (std::size_t j = 0; j < 3; ++j)
            product += three[i][j] * found.vector[j];
        CHECK(product == doctest::Approx(found.value * found.vector[i]).epsilon(1e-12));
        CHECK(again.vector[i] == doctest::Approx(found.vector[i]).epsilon(1e-11));
    }
    CHECK(found.vector[0] + found.vector[1] + found.vector[2] == doctest::Approx(1).epsilon(1e-14));
}

TEST_CASE("geometric means of rows: of three, in closed form") {
    const double raw[] = {std::cbrt(9), std::cbrt(2.0 / 3), std::cbrt(1.0 / 6)};
    const auto means = engine::geometric_means(three);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(means[i] == doctest::Approx(raw[i] / (raw[0] + raw[1] + raw[2])).epsilon(1e-14));
}

TEST_CASE("means of normalised columns: of three, by hand") {
    const double first = 1 + 1.0 / 3 + 1.0 / 3, second = 3 + 1 + 0.5, third = 3 + 2 + 1;
    const auto means = engine::column_means(three);
    CHECK(means[0] == doctest::Approx((1 / first + 3 / second + 3 / third) / 3).epsilon(1e-14));
    CHECK(means[1] == doctest::Approx((1 / 3.0 / first + 1 / second + 2 / third) / 3).epsilon(1e-14));
}
