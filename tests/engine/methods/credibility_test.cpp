// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/credibility.hpp"

#include "tests/support/methods.hpp"

using namespace zonerank;
using namespace zonerank::engine;
using tests::check_near;
using tests::input_of;

TEST_CASE("ELECTRE III's credibility: worked by hand from Roy 1978") {
    // On a, B leads by 3: half way between q = 2 and p = 4. On b, A leads by 7: beyond p, and
    // half way to the veto of 10 from p = 4.
    const auto input = input_of({{5, 9}, {8, 2}}, {0.6, 0.4}, {1, 1});
    const std::vector<PseudoCriterion> limits{{2, 4}, {1, 4, 10}};
    // A over B: 0.6 x 0.5 + 0.4. B over A: concordance 0.6, discordance 0.5, below it.
    check_near(credibilities(input, limits), {0, 0.7, 0.6, 0}, 1e-12);
    // A veto of 8: discordance 0.75, above 0.6: 0.6 x 0.25 / 0.4.
    check_near(credibilities(input, std::vector<PseudoCriterion>{{2, 4}, {1, 4, 8}}), {0, 0.7, 0.375, 0}, 1e-12);
    // At the veto nothing is left.
    check_near(credibilities(input, std::vector<PseudoCriterion>{{2, 4}, {1, 4, 7}}), {0, 0.7, 0, 0}, 1e-12);
}

TEST_CASE("less is better turns a criterion round") {
    const auto more = input_of({{5, 9}, {8, 2}}, {0.6, 0.4}, {1, 1}),
               less = input_of({{-5, 9}, {-8, 2}}, {0.6, 0.4}, {-1, 1});
    const std::vector<PseudoCriterion> limits{{2, 4}, {1, 4, 10}};
    CHECK(credibilities(more, limits) == credibilities(less, limits));
}

TEST_CASE("ELECTRE III: who dominates is first, who is dominated last") {
    const auto input = input_of({{5, 5}, {9, 9}, {1, 1}}, {0.5, 0.5}, {1, 1});
    const std::vector<PseudoCriterion> limits(2);
    CHECK(electre_3(input, limits).ranks == std::vector{2, 1, 3});
}

TEST_CASE("ELECTRE III of one site, of equals and of too many") {
    const std::vector<PseudoCriterion> limits(1);
    CHECK(electre_3(input_of({{5}}, {1}, {1}), limits).ranks == std::vector{1});
    CHECK(electre_3(input_of({{5}, {5}, {5}}, {1}, {1}), limits).ranks == std::vector{1, 1, 1});
    MethodInput many{.criteria = {"a"}, .weights = {1}, .less = {false}};
    many.sites.resize(501);
    many.entries.resize(501);
    CHECK_THROWS_WITH(electre_3(many, limits), "it distils all pairs of sites: at most 500 sites, there are 501");
}
