// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/problems.hpp"

#include "rasters/core/stopped.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::Mark;
using layers::Problems;

static const std::vector<std::string> criteria{"power", "highway", "rail", "sea port"};

TEST_CASE("a long text is quoted by its beginning") {
    CHECK(layers::excerpt("short") == "short");
    CHECK(layers::excerpt(std::string(60, 'a')) == std::string(60, 'a'));
    CHECK(layers::excerpt(std::string(61, 'a')) == std::string(60, 'a') + "…");
    std::string arabic, sixty;
    for (int i = 0; i < 100; ++i) {
        arabic += "م";
        sixty += i < 60 ? "م" : "";
    }
    CHECK(layers::excerpt(arabic) == sixty + "…");
    CHECK(layers::excerpt(std::string(5000, '\x80')).size() <= 240); // no UTF-8
    CHECK(layers::unknown("key", std::string(9000, 'b'), {}).size() < 100);
}

TEST_CASE("an error that leaves a guarded piece is noted at its place") {
    Problems problems;
    CHECK(problems.ok());
    CHECK(problems.guard({{}, 4, 2}, "layer 'roads'", [] {}));
    CHECK(problems.ok());
    CHECK_FALSE(problems.guard({{}, 4, 2}, "layer 'roads'", [] { throw Error("no such file"); }));
    CHECK_FALSE(problems.guard({}, "", [] { throw Error("bare"); }));
    REQUIRE(problems.errors().size() == 2);
    CHECK(problems.errors()[0].text == "layer 'roads': no such file");
    CHECK(problems.errors()[0].mark.line == 4);
    CHECK(problems.errors()[0].mark.column == 2);
    CHECK(problems.errors()[1].text == "bare");
    CHECK_FALSE(problems.ok());
}

TEST_CASE("what is not an Error is a mistake of ours and passes") {
    Problems problems;
    CHECK_THROWS_AS(problems.guard({}, "", [] { throw std::logic_error("ours"); }), std::logic_error);
    CHECK(problems.ok());
}

TEST_CASE("a stop is no fault of the study") {
    Problems problems;
    CHECK_THROWS_AS(problems.guard({{}, 4, 2}, "layer 'roads'", [] { throw Stopped(); }), Stopped);
    CHECK(problems.ok());
}

TEST_CASE("what has a place of its own is told there, once") {
    Problems problems;
    const auto damaged = [] { in_context("layer 'dem'", [] { throw layers::ErrorAt({{}, 3, 1}, "dem: damaged"); }); };
    CHECK_FALSE(problems.guard({{}, 9, 5}, "criterion 'slope'", damaged));
    CHECK_FALSE(problems.guard({{}, 12, 5}, "constraint 'steep'", damaged));
    CHECK_FALSE(problems.guard({{}, 12, 5}, "", [] { throw layers::ErrorAt({{}, 3, 1}, "no file", true); }));
    REQUIRE(problems.errors().size() == 1);
    CHECK(problems.errors()[0].text == "dem: damaged");
    CHECK(problems.errors()[0].mark.line == 3);
    CHECK(problems.failures() == 3);
    problems.error({{}, 3, 1}, "dem: another thing");
    problems.error({{}, 3, 2}, "dem: damaged");
    CHECK(problems.errors().size() == 3);
}

TEST_CASE("a warning does not spoil a study") {
    Problems problems;
    problems.warning({{}, 1, 1}, "careful");
    CHECK(problems.ok());
    REQUIRE(problems.warnings().size() == 1);
    CHECK(problems.warnings()[0].text == "careful");
}

TEST_CASE("the nearest name is at most a third of the letters away") {
    struct Row {
        std::string_view name, nearest;
    };
    for (const Row& row : {
             Row{"power", "power"},
             {"pwer", "power"},        // one missing
             {"pwoer", "power"},       // swapped neighbours count once
             {"Power", "power"},       // capitals don't count
             {"sea_port", "sea port"}, // nor do the ways to part words
             {"SEA-PORT", "sea port"},
             {"highwayy", "highway"},
             {"hgihawy", "highway"}, // two swaps of seven letters
             {"raid", "rail"},
             {"hghwy", ""}, // two of five is more than a third
             {"airport", ""},
             {"xy", ""},
             {"", ""},
         }) {
        CAPTURE(row.name);
        CHECK(layers::nearest(row.name, criteria) == row.nearest);
    }
    CHECK(layers::nearest("power", {}).empty());
}

TEST_CASE("the nearest of several is the one with the fewest slips") {
    const std::vector<std::string> known{"roads", "road", "rods"};
    CHECK(layers::nearest("roods", known) == "roads");
    CHECK(layers::nearest("rods", known) == "rods");
}

TEST_CASE("names of a hostile length are not compared") {
    CHECK(layers::nearest(std::string(1'000'000, 'p'), criteria).empty());
    const std::vector<std::string> huge{std::string(1'000'000, 'p')};
    CHECK(layers::nearest("ppp", huge).empty());
}

TEST_CASE("a word that is misspelt is not missing") {
    layers::Node map{.kind = layers::Node::Kind::map};
    for (const char* key : {"pwer", "rail", "airport"})
        map.entries.push_back({key, {}});
    CHECK(layers::misspelt("power", map, criteria));
    CHECK_FALSE(layers::misspelt("rail", map, criteria)); // it is there
    CHECK_FALSE(layers::misspelt("highway", map, criteria));
    CHECK_FALSE(layers::misspelt("power", {}, criteria));
}

TEST_CASE("an unknown name comes with the nearest, or with all there are") {
    CHECK(layers::unknown("criterion", "pwer", criteria) == "unknown criterion 'pwer'; did you mean 'power'?");
    CHECK(layers::unknown("criterion", "airport", criteria) ==
          "unknown criterion 'airport'; there is power, highway, rail, sea port");
    CHECK(layers::unknown("layer", "roads", {}) == "unknown layer 'roads'; there is none");
}
