// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/comparison_text.hpp"

#include "tests/support/comparing.hpp"

using namespace zonerank;
using namespace zonerank::engine;

static bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("a comparison says in words where methods disagree, and what each assumes") {
    const Comparison comparison = tests::compared();
    const std::string text = comparison_text(comparison, pairings(comparison));
    CAPTURE(text);
    CHECK(holds(text, "study  weighted sum  product\n"));
    CHECK(holds(text, "The methods disagree: Kendall 0.33 .. 1.00 (1: the same order, 0: unrelated, -1: turned round); "
                      "the least alike are study and product.\n"));
    CHECK(holds(text, "Bank, \"A\" is 1st by all but product (2nd).\n"));
    CHECK(holds(text, "  study: the study's own score\n"));
    CHECK(holds(text, "  weighted sum, of values: what a site lacks on one criterion, others make good in full\n"));
    CHECK(holds(text, "  vikor: left out: 'cover' has measurements"));
    CHECK_FALSE(holds(text, "farthest apart")); // by one rank
    CHECK_FALSE(holds(text, "rank reversal"));
}

TEST_CASE("methods by which a further site may turn the others are named in one line") {
    Comparison comparison = tests::compared();
    for (Contested& contested : comparison.methods)
        if (contested.contestant.kind)
            contested.contestant.kind = &layers::find(ranking_methods(), "method", "topsis");
    comparison.methods[1].reversals = {{2, 0, 1}};
    CHECK(comparison_text(comparison, {})
              .ends_with("A further site may turn the order of others (rank reversal) by weighted sum, product.\n"
                         "Without Dadyal weighted sum puts Bank, \"A\" and =Khaliq in another order (1 of 3 sites do "
                         "such a thing).\n"));
    comparison.methods[1].reversals.clear();
    CHECK(comparison_text(comparison, {}).ends_with("changes no order of the others by any of them.\n"));
}

TEST_CASE("without a ranked site there is nothing to compare") {
    Comparison comparison = tests::compared();
    comparison.sites.clear();
    CHECK(comparison_text(comparison, {}) ==
          "Ranks by several methods\nNo site has a rank, so there is nothing to compare.\n");
}

TEST_CASE("sites far apart by some, and nothing to compare") {
    Comparison comparison = tests::compared();
    comparison.methods[2].outcome->ranks = {3, 2, 1};
    comparison.methods.erase(comparison.methods.begin() + 1);
    std::string text = comparison_text(comparison, pairings(comparison));
    CHECK(holds(text, "They are farthest apart on Bank, \"A\": 1st by study, 3rd by product.\n"));
    comparison.methods.resize(1);
    text = comparison_text(comparison, pairings(comparison));
    CHECK_FALSE(holds(text, "Kendall"));
    comparison.sites = {"\x1b[31m"};
    comparison.methods[0].outcome = Outcome{.figure = "score", .figures = {1}, .ranks = {1}};
    CHECK_FALSE(holds(comparison_text(comparison, {}), "\x1b"));
}

TEST_CASE("who only chooses is not held against those who rank") {
    Comparison comparison = tests::compared();
    comparison.methods[2].outcome->ranks = {3, 2, 1};
    comparison.methods[2].outcome->chooses = true;
    const std::string text = comparison_text(comparison, pairings(comparison));
    CHECK(holds(text, "The methods agree: Kendall 1.00 .. 1.00"));
    CHECK_FALSE(holds(text, "farthest apart"));
}
