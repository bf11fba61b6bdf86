// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/study_in_words.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

TEST_CASE("a study is told in words: grid, layers, criteria, constraints, sites") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    const std::string text = engine::study_in_words(*prepared, 2, 512, 100);
    for (const char* part : {"12 x 12 cells of 10 m: 144", "EPSG:32643", "12 x 12, continuous (guessed)", "1 feature ",
                             "75 %", "distance {to: lake} → linear {best: 0 m, worst: 100 m}", "inside {of: lake}",
                             "2; a site needs 40 % of its area usable"}) {
        CAPTURE(part);
        CHECK(text.find(part) != std::string::npos);
    }
}

TEST_CASE("the figures behind weights stand below the criteria") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    for (const char* weight : {"      weight: 3\n", "      weight: 1\n"})
        study.erase(study.find(weight), std::string(weight).size());
    study.insert(study.find("    height:"), "    weights: {ahp: {height vs water: 3}}\n");
    const std::string text = engine::study_in_words(*folder.ready(study), 1, 512, 100);
    CHECK(text.find("\nWeights in theme 'location'\n  AHP, principal eigenvector\n"
                    "  name    weight  eigenvector  geometric mean  column mean\n") != text.npos);
    CHECK(text.find("  height  0.7500       0.7500") != text.npos);
    CHECK(text.find("Weights of the themes") == text.npos);
}

TEST_CASE("how values become a score is told in words, of each theme that has its own way") {
    const StudyFolder folder;
    const auto told = [&](const std::string& aggregate) {
        return engine::study_in_words(*folder.ready(small_study(folder, aggregate)), 1, 512, 100);
    };
    CHECK(
        told("").find("  the criteria by weighted sum: good criteria make up for bad ones: sum of weight x value\n") !=
        std::string::npos);
    CHECK(told("aggregate: {owa: {order weights: [0.75, 0.25]}}\n")
              .find("  theme 'location' by owa: OWA, order weight x importance (Yager 1988, Malczewski 1999), order "
                    "weights 0.75, 0.25 from the lowest value to the highest (ANDness 0.75, ORness 0.25, trade-off "
                    "0.50). a weight for each place") != std::string::npos);
}

TEST_CASE("choices as a study writes them") {
    for (const char* text : {"{a: [1, 2], b: {c: \"x, y\"}}", "[]", "word"})
        CHECK(engine::flow_text(yaml(text)) == text);
    CHECK(engine::flow_text(yaml("where: 'name = \"x\"'")) == R"({where: "name = \"x\""})");
    CHECK(engine::choice_text({"minimum", {}, {}}) == "minimum");
    CHECK(engine::choice_text({"slope", yaml("{of: dem}"), {}}) == "slope {of: dem}");
}

TEST_CASE("a name that would write to the terminal is shown, not sent") {
    const StudyFolder folder;
    auto prepared = folder.ready(small_study(folder));
    prepared->territory.crs.name = "\x1b]0;x\a";
    const std::string text = engine::study_in_words(*prepared, 1, 512, 100);
    CHECK(text.find("␛]0;x␇") != text.npos);
    CHECK(text.find('\x1b') == text.npos);
    CHECK(text.find("Area    0.0144 km²\n") != text.npos);
}
