// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/outranking.hpp"

#include "tests/support/methods.hpp"

#include <cmath>

using namespace zonerank;
using namespace zonerank::engine;
using tests::check_near;
using tests::input_of;

namespace {

MethodInput aragon() {
    return input_of(
        {{6, 5, 28, 5, 5}, {4, 2, 25, 10, 9}, {5, 7, 35, 9, 6}, {6, 1, 27, 6, 7}, {6, 8, 30, 7, 9}, {5, 6, 26, 4, 8}},
        {0.25, 0.25, 0.1, 0.2, 0.2}, {1, 1, -1, 1, 1});
}

constexpr double none = 0; ///< on the diagonal

} // namespace

TEST_CASE("ELECTRE I: Cebrian and Porcar 2009, industrial location in Aragon") {
    const Agreement of = agreement(aragon(), true);
    check_near(of.concordance, {none, 0.5,  0.35, 0.5,  0.35, 0.45, //
                                0.5,  none, 0.5,  0.75, 0.5,  0.5,  //
                                0.65, 0.5,  none, 0.45, 0.2,  0.7,  //
                                0.75, 0.25, 0.55, none, 0.35, 0.45, //
                                0.9,  0.7,  0.8,  0.9,  none, 0.9,  //
                                0.55, 0.5,  0.55, 0.55, 0.1,  none},
               1e-12);
    check_near(of.discordance, {none,   0.5052, 0.4042, 0.1883, 0.42857, 0.2825, //
                                0.4286, none,   0.7143, 0.2589, 0.8571,  0.5714, //
                                0.1696, 0.2825, none,   0.1938, 0.2825,  0.218,  //
                                0.5714, 0.4042, 0.8571, none,   1.0,     0.7143, //
                                0.0485, 0.3031, 0.2021, 0.0727, none,    0.0969, //
                                0.1295, 0.6063, 0.5052, 0.2021, 0.3031,  none},
               1e-3);
    const Outcome outcome = electre_1(aragon(), true, 0.65, 0.35);
    check_near(outcome.figures, {0, 0, 0, 0, 1, 0}, 0);
    CHECK(outcome.ranks == std::vector{2, 2, 2, 2, 1, 2});
    CHECK(outcome.remarks.front() == "the choice (kernel) is E");
}

TEST_CASE("ELECTRE II: Cebrian and Porcar 2009, industrial location in Aragon") {
    const Outcome outcome = electre_2(aragon(), true, {});
    check_near(outcome.figures, {5.0, 2.5, 2.0, 4.0, 1.0, 3.0}, 1e-12);
    CHECK(outcome.ranks == std::vector{6, 3, 2, 5, 1, 4});
}

TEST_CASE("ELECTRE II: Wang and Triantaphyllou 2008") {
    const auto input = input_of({{1, 2, 1, 5, 2, 2, 4},
                                 {3, 5, 3, 5, 3, 3, 3},
                                 {3, 5, 3, 5, 3, 2, 2},
                                 {1, 2, 2, 5, 1, 1, 1},
                                 {1, 1, 3, 5, 4, 1, 5}},
                                {0.0780, 0.1180, 0.1570, 0.3140, 0.2350, 0.0390, 0.0590}, {1, 1, 1, 1, 1, 1, 1});
    const Outcome outcome = electre_2(input, false, {});
    CHECK(outcome.ranks == std::vector{4, 1, 3, 5, 2});
}

TEST_CASE("ELECTRE of one site, of equals and of too many") {
    CHECK(electre_1(input_of({{1, 2}}, {0.5, 0.5}, {1, 1}), true, 0.65, 0.35).ranks == std::vector{1});
    CHECK(electre_2(input_of({{0, 2}}, {0.5, 0.5}, {1, 1}), true, {}).ranks == std::vector{1});
    const auto equal = input_of({{0, 2}, {0, 2}}, {0.5, 0.5}, {1, 1});
    CHECK(electre_1(equal, true, 0.65, 0.35).ranks == std::vector{1, 1}); // as one
    CHECK(electre_2(equal, true, {}).ranks == std::vector{1, 1});
    MethodInput many{.criteria = {"a"}, .weights = {1}, .less = {false}};
    many.sites.resize(2001);
    many.entries.resize(2001);
    CHECK_THROWS_WITH(electre_2(many, true, {}), "it compares each pair of sites: at most 2000 sites, there are 2001");
}
