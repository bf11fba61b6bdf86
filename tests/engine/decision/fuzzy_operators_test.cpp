// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/fuzzy_operators.hpp"

#include "tests/support/aggregations.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using namespace zonerank;
using doctest::Approx;
using engine::NormFamily;
using tests::Row;

namespace {

constexpr std::array families{NormFamily::zadeh,   NormFamily::product, NormFamily::lukasiewicz,
                              NormFamily::drastic, NormFamily::fodor,   NormFamily::hamacher};

double both(NormFamily family, double a, double b) {
    return engine::t_norm(family).fold_one(Row{a, b}, Row{1, 1});
}
double either(NormFamily family, double a, double b) {
    return engine::t_conorm(family).fold_one(Row{a, b}, Row{1, 1});
}

} // namespace

TEST_CASE("fuzzy: product, sum and gamma by hand (An, Moon and Rencz 1991)") {
    const Row values{0.75, 0.5}, weights{1, 9};
    CHECK(engine::fuzzy_product().fold_one(values, weights) == Approx(0.375).epsilon(1e-14));
    CHECK(engine::fuzzy_sum().fold_one(values, weights) == Approx(0.875).epsilon(1e-14));
    CHECK(engine::fuzzy_gamma(0.9).fold_one(values, weights) ==
          Approx(std::pow(0.875, 0.9) * std::pow(0.375, 0.1)).epsilon(1e-14));
    CHECK(engine::fuzzy_gamma(0).fold_one(values, weights) == Approx(0.375).epsilon(1e-14));
    CHECK(engine::fuzzy_gamma(1).fold_one(Row{0.75, 0}, weights) == Approx(0.75).epsilon(1e-14));
    CHECK(engine::fuzzy_gamma(0.5).fold_one(Row{0.75, 0}, weights) == 0);
    CHECK_THROWS_WITH(engine::fuzzy_gamma(-0.1), "gamma: from 0 (fuzzy product) to 1 (fuzzy sum), found -0.1");
}

TEST_CASE("fuzzy: tiny values stay what they are") {
    CHECK(engine::fuzzy_sum().fold_one(Row{1e-20, 2e-20}, Row{1, 1}) == Approx(3e-20).epsilon(1e-12));
    CHECK(engine::fuzzy_gamma(0.5).fold_one(Row(20, 1e-30), Row(20, 1)) == 0); // their product is below all numbers
}

TEST_CASE("fuzzy: the six families of r.fuzzy.logic by hand") {
    struct Example {
        NormFamily family;
        double both, either, low_both, low_either;
    };
    // of 0.75 and 0.5, and of 0.25 and 0.5
    for (const Example& example : {
             Example{NormFamily::zadeh, 0.5, 0.75, 0.25, 0.5},
             {NormFamily::product, 0.375, 0.875, 0.125, 0.625},
             {NormFamily::lukasiewicz, 0.25, 1, 0, 0.75},
             {NormFamily::drastic, 0, 1, 0, 1},
             {NormFamily::fodor, 0.5, 1, 0, 0.5},
             {NormFamily::hamacher, 0.375 / 0.875, (1.25 - 0.75) / (1 - 0.375), 0.2, (0.75 - 0.25) / (1 - 0.125)},
         }) {
        CAPTURE(static_cast<int>(example.family));
        CHECK(both(example.family, 0.75, 0.5) == Approx(example.both).epsilon(1e-14));
        CHECK(either(example.family, 0.75, 0.5) == Approx(example.either).epsilon(1e-14));
        CHECK(both(example.family, 0.25, 0.5) == Approx(example.low_both).epsilon(1e-14));
        CHECK(either(example.family, 0.25, 0.5) == Approx(example.low_either).epsilon(1e-14));
    }
}

TEST_CASE("fuzzy: what every t-norm is: 1 says nothing, 0 all, and OR is its dual") {
    std::mt19937 random(2);
    for (const NormFamily family : families)
        for (int i = 0; i < 500; ++i) {
            const double a = static_cast<double>(random() % 65) / 64, b = static_cast<double>(random() % 65) / 64;
            CAPTURE(static_cast<int>(family));
            CAPTURE(a);
            CAPTURE(b);
            CHECK(both(family, a, 1) == Approx(a).epsilon(1e-15));
            CHECK(both(family, a, 0) == 0);
            CHECK(either(family, a, 0) == Approx(a).epsilon(1e-15));
            CHECK(either(family, a, 1) == 1);
            CHECK(either(family, a, b) == Approx(1 - both(family, 1 - a, 1 - b)).epsilon(1e-14));
            CHECK(both(family, a, b) <= std::min(a, b) + 1e-15);
            CHECK(either(family, a, b) >= std::max(a, b) - 1e-15);
        }
}

TEST_CASE("fuzzy: the words of a study") {
    CHECK(tests::aggregation("t-norm", "{family: drastic}", 2).fold_one(Row{0.4, 1}, Row{1, 1}) == 0.4);
    CHECK(tests::aggregation("t-norm", "{family: drastic, of: or}", 2).fold_one(Row{0.4, 0}, Row{1, 1}) == 0.4);
    CHECK(tests::aggregation("t-norm", "{family: fodor, of: or}", 2).summary ==
          "fuzzy OR, t-conorm of the fodor family");
    CHECK_THROWS_WITH(tests::aggregation("t-norm", "{family: zade}", 2),
                      "t-norm: family: unknown choice 'zade'; did you mean 'zadeh'?");
    CHECK_THROWS_WITH(engine::norm_family("frank"), "no family of t-norms is called 'frank'");
}
