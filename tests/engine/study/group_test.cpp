// SPDX-License-Identifier: Apache-2.0
#include "engine/study/group.hpp"

#include "engine/decision/decision_matrix.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace zonerank;
using engine::DirectWeight;
using engine::Group;
using engine::weigh;

static std::vector<double> shares(const engine::Weighing& weighing) {
    return {weighing.weights.begin(), weighing.weights.end()};
}

TEST_CASE("a group's weights stand beside its members, in its `weights:`, or nowhere") {
    Group group{"theme 't'", {"a", "b"}, {DirectWeight{3}, DirectWeight{1}}, {}, {}};
    CHECK(shares(weigh(group)) == std::vector<double>{0.75, 0.25});
    group.weights = layers::parse_choice(tests::yaml("{direct: {a: 1, b: 4}}"));
    CHECK_THROWS_WITH_AS(weigh(group), doctest::Contains("as `weight:` beside 'a', too"), Error);
    group.beside = {std::nullopt, std::nullopt};
    CHECK(shares(weigh(group)) == std::vector<double>{0.2, 0.8});
    group.weights.reset();
    CHECK(weigh(group).summary == "equal, because none are given");
}

TEST_CASE("some weights are not enough; a wrong one was told") {
    Group group{"theme 't'", {"a", "b"}, {DirectWeight{3}, std::nullopt}, {}, {}};
    CHECK_THROWS_WITH_AS(weigh(group), doctest::Contains("'b' has no weight, but others have"), Error);
    group.beside[1] = DirectWeight{std::numeric_limits<double>::quiet_NaN()};
    CHECK(shares(weigh(group)) == std::vector<double>{0.5, 0.5});
}

TEST_CASE("weights that follow from the sites: of themes, by their scores") {
    const engine::DecisionMatrix scores{{"x", "y"}, {"a", "b"}, {0.5, 0.5}, {}, {}, {0.1, 0.2, 0.9, 0.3}};
    Group group{"criteria", {"a", "b"}, {std::nullopt, std::nullopt}, layers::Choice{"entropy", {}, {}}, {}, true};
    REQUIRE(weigh(group).later);
    const engine::Weighing known = weigh(group).later(scores);
    CHECK(known.weights[0] > known.weights[1]);
    CHECK(known.summary.ends_with("of the values of 2 sites"));
    group.weights = layers::parse_choice(tests::yaml("{entropy: {of: measurements}}"));
    CHECK_THROWS_WITH_AS(weigh(group), "themes have scores, but no measurements; weigh `of: values`", Error);
    group.of_themes = false;
    CHECK(weigh(group).later);
}

TEST_CASE("people's judgements may stand in files beside the study") {
    const tests::Folder folder;
    std::ofstream(folder / "ann.csv") << ",a,b\na,1,4\nb,,1\n";
    layers::Problems problems;
    const layers::Node node =
        engine::parse_yaml("{ahp: {people: {Ann: {csv: ann.csv}}}}", (folder / "study.yaml").string(), problems);
    Group group{"theme 't'", {"a", "b"}, {std::nullopt, std::nullopt}, layers::parse_choice(node), {}};
    CHECK(shares(weigh(group))[0] == doctest::Approx(0.8));
    std::filesystem::remove(folder / "ann.csv");
    CHECK_THROWS_WITH_AS(weigh(group), doctest::Contains("ann.csv"), Error);
}
