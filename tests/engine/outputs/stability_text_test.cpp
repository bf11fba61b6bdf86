// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/stability_text.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

using namespace zonerank::engine;

namespace {

std::string text_of(DecisionMatrix matrix, bool additive = true) {
    const WeightSpace space = WeightSpace::uniform(matrix.weights);
    const auto sum = [](std::span<const double> v, std::span<const double> w) {
        return std::inner_product(v.begin(), v.end(), w.begin(), 0.0);
    };
    const SiteStability found =
        site_stability({.matrix = &matrix, .weights = &space, .score = sum, .additive = additive, .draws = 2000});
    return stability_text({.matrix = &matrix,
                           .ids = std::vector<std::string>(matrix.rows()),
                           .stability = &found,
                           .weights = &space,
                           .space = "uniform",
                           .of_space = "of all kinds"});
}

DecisionMatrix sites(std::vector<std::string> names, std::vector<double> values) {
    return {.alternatives = std::move(names),
            .criteria = {"power", "roads"},
            .weights = {0.6, 0.4},
            .senses = {Sense::more, Sense::more},
            .measurements = values,
            .values = values};
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("stability text: in a planner's words") {
    const std::string text = text_of(sites({"Jatlan", "Khaliqabad", "Mangla"}, {1, 0.2, 0.3, 0.9, 0.2, 0.1}));
    CHECK(has(text, "2,000 sets of weights of all kinds were tried (SMAA-2, seed 1)."));
    CHECK(has(text, "Jatlan is first with "));
    CHECK(has(text, "10 points of weight moved from power to roads put Khaliqabad ahead of it"));
    CHECK(has(text, "below 50.0 % (now 60.0 %) Khaliqabad is first."));
    CHECK(has(text, "1 of 3 sites can't be first"));
    CHECK(has(text, "(dominated)"));
    CHECK(has(text, "(no rank reversal)"));
    CHECK(has(text, "no weights"));
    CHECK(!has(text, "nan"));
}

TEST_CASE("stability text: one site, one that always wins, and no weighted sum") {
    CHECK(has(text_of(sites({"Jatlan"}, {1, 0.2})), "Jatlan is the only ranked site"));
    const std::string sure = text_of(sites({"Jatlan", "Mangla"}, {1, 0.9, 0.2, 0.1}));
    CHECK(has(sure, "Jatlan is first with every one of them."));
    CHECK(has(sure, "No change of weights puts another site ahead of Jatlan."));
    const std::string other = text_of(sites({"Jatlan", "Mangla"}, {1, 0.2, 0.3, 0.9}), false);
    CHECK(has(other, "for weighted sums without gaps only"));
    CHECK(!has(other, "nan"));
}

TEST_CASE("stability text: a name can't command the terminal") {
    CHECK(!has(text_of(sites({"\x1b[31mJatlan"}, {1, 0.2})), "\x1b"));
}
