// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/comparison.hpp"

#include "tests/support/comparing.hpp"
#include "tests/support/random_shapes.hpp"

using namespace zonerank;
using namespace zonerank::engine;

TEST_CASE("methods rank the same sites side by side; who can't is left out, with the reason") {
    const Comparison comparison = tests::compared();
    REQUIRE(comparison.methods.size() == 4);
    CHECK(comparison.ranked().size() == 3);
    CHECK(comparison.methods[1].outcome->ranks == std::vector{1, 2, 3});
    CHECK(comparison.methods[2].outcome->ranks == std::vector{2, 1, 3});
    CHECK(comparison.methods[3].left_out ==
          "'cover' has measurements of which neither more nor less is better; use `of: values`");
}

TEST_CASE("every two methods are paired, and each site has a range of ranks") {
    const Comparison comparison = tests::compared();
    const std::vector<Pairing> pairs = pairings(comparison);
    REQUIRE(pairs.size() == 3);
    CHECK(*pairs[0].kendall == doctest::Approx(1));
    CHECK(*pairs[1].kendall == doctest::Approx(1.0 / 3));
    CHECK(*pairs[1].spearman == doctest::Approx(0.5));
    const std::vector<RankRange> ranges = rank_ranges(comparison);
    CHECK(ranges[0].best == 1);
    CHECK(ranges[0].worst == 2);
    CHECK(ranges[2].best == 3);
}

TEST_CASE("a comparison can be stopped between two methods") {
    CHECK_THROWS_WITH(compare(tests::compared_matrix(), tests::own(), {tests::contestant("vikor", "")},
                              [](std::size_t) { throw Error("stopped"); }),
                      "stopped");
}

TEST_CASE("each site is left out in turn: TOPSIS by vectors turns two others round, a weighted sum never does") {
    tests::Random random(5);
    bool turned = false;
    for (int trial = 0; trial < 300; ++trial) {
        DecisionMatrix matrix{.alternatives = {"a", "b", "c"},
                              .criteria = {"x", "y"},
                              .weights = {0.5, 0.5},
                              .senses = {Sense::more, Sense::more}};
        for (int i = 0; i < 6; ++i)
            matrix.values.push_back(random.in(0.05, 1));
        matrix.measurements = matrix.values;
        const Comparison comparison =
            compare(matrix, tests::own(), {tests::contestant("weighted sum", ""), tests::contestant("topsis", "")});
        CHECK(comparison.tried_reversals);
        CHECK(comparison.methods[1].reversals.empty());
        if (comparison.methods[2].reversals.empty())
            continue;
        turned = true;
        const Reversal& found = comparison.methods[2].reversals.front();
        const std::vector<int>& ranks = comparison.methods[2].outcome->ranks;
        CHECK(ranks[found.ahead] <= ranks[found.behind]);
        CHECK(found.without != found.ahead);
        CHECK(found.without != found.behind);
    }
    CHECK(turned);
}
