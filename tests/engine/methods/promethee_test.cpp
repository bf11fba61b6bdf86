// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/promethee.hpp"

#include "tests/support/methods.hpp"

#include <algorithm>
#include <cmath>

using namespace zonerank;
using namespace zonerank::engine;
using tests::check_near;
using tests::input_of;

TEST_CASE("PROMETHEE II, linear: Papathanasiou and Ploskas 2018, facility location") {
    const auto input = input_of({{8, 7, 2, 1}, {5, 3, 7, 5}, {7, 5, 6, 4}, {9, 9, 7, 3}, {11, 10, 3, 7}, {6, 9, 5, 4}},
                                {0.4, 0.3, 0.1, 0.2}, {1, 1, 1, 1});
    const std::vector<Preference> linear(4, {PreferenceShape::linear, 1, 2});
    const Outcome outcome = promethee(input, linear);
    check_near(outcome.figures, {-0.26, -0.52, -0.22, 0.36, 0.7, -0.06}, 5e-3);
    CHECK(outcome.ranks == std::vector{5, 6, 4, 2, 1, 3});
}

TEST_CASE("PROMETHEE II, usual: Zhao et al. 2013") {
    const auto input = input_of({{4, 3, 2}, {3, 2, 4}, {5, 1, 3}}, {0.5, 0.3, 0.2}, {1, 1, 1});
    check_near(promethee(input, std::vector<Preference>(3)).figures, {0.1, -0.3, 0.2}, 1e-12);
}

TEST_CASE("PROMETHEE of 3,000 sites and all six functions is that of all pairs") {
    tests::Random random(31);
    const std::vector<Preference> six{{PreferenceShape::usual},
                                      {PreferenceShape::u_shape, 0.3},
                                      {PreferenceShape::v_shape, 0, 0.6},
                                      {PreferenceShape::level, 0.2, 0.5},
                                      {PreferenceShape::linear, 0.1, 0.9},
                                      {PreferenceShape::gaussian, 0, 0, 0.35}};
    MethodInput input{.weights = {0.3, 0.1, 0.1, 0.2, 0.2, 0.1}, .less = {false, true, false, true, false, true}};
    input.criteria = {"a", "b", "c", "d", "e", "f"};
    input.sites.resize(3000);
    for (int i = 0; i < 6 * 3000; ++i)
        input.entries.push_back(i % 5 == 0 ? random.below(8) / 4.0 : random.in(0, 2));
    const Outcome outcome = promethee(input, six);
    CHECK(outcome.pairs.empty()); // too many to tell
    for (std::size_t i = 0; i < 3000; i += 37) {
        double net = 0;
        for (std::size_t k = 0; k < 3000; ++k)
            for (std::size_t j = 0; j < 6; ++j) {
                const double lead = input.gain(i, j) - input.gain(k, j);
                net += input.weights[j] * (preferred(six[j], lead) - preferred(six[j], -lead));
            }
        CHECK(std::abs(outcome.figures[i] - net / 2999) < 1e-12);
    }
}

TEST_CASE("PROMETHEE I leaves apart who is strong where the other is weak") {
    CHECK(partial_relation(0.6, 0.2, 0.5, 0.3) == 1);
    CHECK(partial_relation(0.5, 0.3, 0.6, 0.2) == 0);
    CHECK(partial_relation(0.5, 0.3, 0.5, 0.3) == 0.5);
    CHECK(partial_relation(0.6, 0.4, 0.5, 0.3) == -1);
    CHECK(partial_relation(0.5, 0.2, 0.5, 0.3) == 1);
    // A is best on a and worst on b, B is always in the middle: with a dead zone B loses little.
    const auto input = input_of({{10, 0}, {6, 6}, {5, 7}}, {0.5, 0.5}, {1, 1});
    const Outcome outcome = promethee(input, std::vector<Preference>(2, {PreferenceShape::linear, 1, 5}));
    CHECK(outcome.pairs.front().values[0 * 3 + 1] == -1);
    CHECK(outcome.remarks.front().find("incomparable") != std::string::npos);
}

TEST_CASE("PROMETHEE of one site, and of equals: flows are 0") {
    const std::vector<Preference> two(2, {PreferenceShape::gaussian, 0, 0, 1});
    check_near(promethee(input_of({{1, 2}}, {0.5, 0.5}, {1, 1}), two).figures, {0}, 0);
    const Outcome equal = promethee(input_of({{1, 2}, {1, 2}}, {0.5, 0.5}, {1, -1}), two);
    check_near(equal.figures, {0, 0}, 0);
    CHECK(equal.ranks == std::vector{1, 1});
}
