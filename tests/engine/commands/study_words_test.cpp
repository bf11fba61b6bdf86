// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/study_words.hpp"

#include "engine/text/yaml.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

static layers::Choice choice(const std::string& kind, const std::string& body) {
    layers::Problems problems;
    return {kind, engine::parse_yaml(body, "test", problems), {}};
}

TEST_CASE("measures and constraints as sentences have them") {
    CHECK(engine::measure_words(choice("distance", "{limit: 9 km, to: [rivers, lakes]}")) ==
          "distance to rivers and lakes, limit 9 km");
    CHECK(engine::measure_words({"slope", {}, {}}) == "slope");
    CHECK(engine::constraint_words(choice("inside", "{of: lake}")) == "inside lake");
    CHECK(engine::constraint_words(choice("inside", "{of: lake, buffer: 200 m, where: \"a > 1\"}")) ==
          "within 200 m of lake, where a > 1");
    CHECK(engine::constraint_words(choice("outside", "{of: roads, buffer: 8 km}")) == "farther than 8 km from roads");
    CHECK(engine::constraint_words(choice("above", "{measure: {slope: {of: dem}}, limit: 15 %}")) ==
          "slope of dem above 15 %");
    CHECK(engine::constraint_words(choice("classes", "{of: cover, exclude: [50, 60]}")) == "cover of class 50 and 60");
}

TEST_CASE("every constraint can be said") {
    for (const engine::ConstraintKind& kind : engine::constraints())
        CHECK(!kind.make.words.empty());
}

TEST_CASE("a study is told back: what, how much each theme counts, curves, ruled out ground") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    const std::string text = engine::study_words(*prepared, {.width = 80});
    CHECK(text.starts_with("Small\n\n2 sites are ranked, and the ground of 0.0144 km² is scored in cells of 10 m."));
    CHECK(text.find("\nLocation counts 100 % of the whole.") != text.npos);
    CHECK(text.find("  height (75 %): sample of ramp; 0 m is worth 0, 100 m and more is worth 1.") != text.npos);
    CHECK(text.find("Where it isn't known") != text.npos);
    CHECK(text.find("\n  height                                water\n") != text.npos);
    CHECK(text.ends_with("\nGround is ruled out: inside lake.\n"));
    CHECK(text.find('\x1b') == text.npos);
}

TEST_CASE("names can't write to the terminal, and a narrow one has one curve beside none") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    prepared->study.title = "\x1b[2J";
    prepared->decision.criteria[0].label = "\x1b]0;x\a";
    const std::string text = engine::study_words(*prepared, {.width = 60});
    CHECK(text.starts_with("␛[2J\n"));
    CHECK(text.find('\x1b') == text.npos);
    CHECK(text.find("\n  ␛]0;x␇\n") != text.npos);
}
