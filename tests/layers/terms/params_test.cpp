// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/params.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::ClassRange;
using layers::Dimension;
using layers::Parameter;
using layers::Params;
using layers::Problems;
using layers::Type;
using layers::Unit;

namespace {

using Rows = std::vector<Parameter>;

/// What is wrong with a body, as "line:column text" each on its line; "" when nothing is.
std::string complaints(const Rows& rows, const std::string& body, const Unit& measurement = {}) {
    Problems problems;
    const Params params(tests::yaml(body), rows, measurement, "slope", problems);
    std::string all;
    for (const auto& problem : problems.errors())
        all += fmt::format("{}{}:{} {}", all.empty() ? "" : "\n", problem.mark.line, problem.mark.column, problem.text);
    return all;
}

Params read(const Rows& rows, const std::string& body, const Unit& measurement = {}) {
    Problems problems;
    Params params(tests::yaml(body), rows, measurement, "slope", problems);
    if (!problems.ok())
        throw Error("{}", tests::text_of(problems));
    return params;
}

const Unit metres = layers::base_unit(Dimension::length);
const Unit slope = layers::base_unit(Dimension::slope);

/// A row of each type of parameter, and a body that has them all.
const Rows every_type{
    {"n", "", Type::number},      {"q", "", Type::quantity, Dimension::length},
    {"m", "", Type::measurement}, {"t", "", Type::text},
    {"f", "", Type::flag},        {"c", "", Type::choice, Dimension::number, {}, false, "centre, any part"},
    {"l", "", Type::layers},      {"fi", "", Type::field},
    {"w", "", Type::where},       {"cl", "", Type::classes},
    {"p", "", Type::points},      {"ca", "", Type::categories},
    {"me", "", Type::measure},    {"de", "", Type::decay},
    {"re", "", Type::reach},      {"na", "", Type::names},
    {"ta", "", Type::table},      {"ea", "", Type::each},
    {"one", "", Type::each},
};
const char* const every_value = R"yaml(
        n: 1/4
        q: 2 km
        m: 5 km
        t: any text
        f: yes
        c: any part
        l: [roads, tracks]
        fi: class
        w: "class in ('a', 'b')"
        cl: [10, 50..59, forest, other]
        p: {20 km: 0, 0 km: 1, 500 m: 0.5}
        ca: {10: 1, 50..59: 0.2, other: 0}
        me: {slope: {of: terrain}}
        de: {exponential: {half: 30 min}}
        re: 1.5 h
        na: [textiles, leather]
        ta: {textiles: {garments: 0.9, other: 0}, leather: {leather: 1}}
        ea: {power: 1 km, other: 0.5}
        one: linear)yaml";

} // namespace

TEST_CASE("parameters of every type: numbers, words, layers and classes") {
    const Params p = read(every_type, every_value, metres);
    CHECK(p.number("n") == 0.25);
    CHECK(p.number("q") == 2000);
    CHECK(p.number("m") == 5000);
    CHECK(p.text("t") == "any text");
    CHECK(p.flag("f"));
    CHECK(p.text("c") == "any part");
    CHECK(p.layers("l") == layers::LayerNames{{"", "roads"}, {"", "tracks"}});
    CHECK(p.text("fi") == "class");
    CHECK(p.text("w") == "class in ('a', 'b')");
    REQUIRE(p.classes("cl").size() == 4);
    CHECK(p.classes("cl")[1].from == 50);
    CHECK(p.classes("cl")[1].to == 59);
    CHECK(p.classes("cl")[2].text == "forest");
    CHECK(p.classes("cl")[3].other);
    CHECK(p.all().size() == 19);
}

TEST_CASE("parameters of every type: those with parts of their own") {
    const Params p = read(every_type, every_value, metres);
    CHECK(p.points("p") == layers::Points{{20'000, 0}, {0, 1}, {500, 0.5}});
    REQUIRE(p.categories("ca").size() == 3);
    CHECK(p.categories("ca")[1].second == 0.2);
    CHECK(p.categories("ca")[2].first.other);
    CHECK(p.choice("me").kind == "slope");
    CHECK(p.choice("me").body.find("of")->text == "terrain");
    CHECK(p.choice("de").kind == "exponential");
    CHECK(p.reach("re").value == 90);
    CHECK(p.reach("re").unit == layers::base_unit(Dimension::time));
    CHECK(read({{"re", "", Type::reach}}, "re: 3 km").reach("re").value == 3000);
    CHECK(p.names("na") == layers::Names{"textiles", "leather"});
    REQUIRE(p.table("ta").size() == 2);
    CHECK(p.table("ta")[0].first == "textiles");
    CHECK(layers::number_of(p.table("ta")[0].second, {}, "garments") == 0.9);
    CHECK(layers::number_of(p.table("ta")[1].second, {}, "garments") == std::nullopt);
    CHECK(p.each("ea") == layers::Each{{"power", "1 km"}, {"other", "0.5"}});
    CHECK(p.each("one") == layers::Each{{"", "linear"}});
}

TEST_CASE("defaults are written as a study would write them") {
    const Rows rows{{"limit", "", Type::quantity, Dimension::length, "50 km"},
                    {"falling", "", Type::flag, Dimension::number, "false"},
                    {.name = "where", .help = "", .type = Type::where, .optional = true}};
    const Params absent = read(rows, "{}");
    CHECK(absent.number("limit") == 50'000);
    CHECK(absent.has("falling"));
    CHECK_FALSE(absent.flag("falling"));
    CHECK_FALSE(absent.has("where"));
    CHECK(absent.text("where").empty());
    CHECK(read(rows, "{limit: 1 km}").number("limit") == 1000);
    CHECK(read(rows, "{limit: null}").number("limit") == 50'000);
    CHECK(read(rows, "~").number("limit") == 50'000);
}

TEST_CASE("an absent parameter reads as nothing, of any type") {
    const Params none;
    CHECK_FALSE(none.has("x"));
    CHECK(none.number("x") == 0);
    CHECK_FALSE(none.flag("x"));
    CHECK(none.text("x").empty());
    CHECK(none.layers("x").empty());
    CHECK(none.classes("x").empty());
    CHECK(none.points("x").empty());
    CHECK(none.categories("x").empty());
    CHECK(none.names("x").empty());
    CHECK(none.table("x").empty());
    CHECK(none.choice("x").kind.empty());
    CHECK(read({{"t", "", Type::text}}, "{t: 5}").number("t") == 0); // a text is no number
}

TEST_CASE("all that is wrong is told at once, each at its place") {
    const Rows rows{{"of", "a raster layer", Type::layers},
                    {"limit", "how far", Type::quantity, Dimension::length},
                    {"at", "how", Type::choice, Dimension::number, "native", false, "native, grid"}};
    CHECK(complaints(rows, "limit: 20 min\nat: gird\nlimt: 3 km") ==
          "1:1 slope: 'of' is missing (a raster layer)\n"
          "1:8 slope: limit: expected a length (m, km, cm), found '20 min'\n"
          "2:5 slope: at: unknown choice 'gird'; did you mean 'grid'?\n"
          "3:1 slope: unknown parameter 'limt'; did you mean 'limit'?");
}

TEST_CASE("a missing parameter is told where its parameters stand") {
    Problems problems;
    const Rows rows{{"of", "a raster layer", Type::layers}};
    const layers::Node node = tests::yaml("measure:\n  slope: {}");
    const Params params(*node.find("measure")->find("slope"), rows, {}, "slope", problems);
    REQUIRE(problems.errors().size() == 1);
    CHECK(problems.errors()[0].mark.line == 2);
    CHECK(problems.errors()[0].mark.column == 3);
}

TEST_CASE("a value of the wrong shape") {
    struct Row {
        Type type;
        std::string_view text, complaint;
    };
    for (const Row& row : {
             Row{Type::number, "abc", "expected a number, found 'abc'"},
             {Type::number, "3 km", "expected a plain number without a unit, found '3 km'"},
             {Type::number, "[1, 2]", "expected a number, found a list"},
             {Type::number, "{a: 1}", "expected a number, found a mapping"},
             {Type::number, "''", "expected a number, found ''"},
             {Type::number, "nan", "expected a number, found 'nan'"},
             {Type::quantity, "3", "expected a length (m, km, cm), found '3', which has no unit"},
             {Type::quantity, "[]", "expected a number with a unit, found an empty list"},
             {Type::measurement, "8 min", "expected a length (m, km, cm), found '8 min'"},
             {Type::reach, "8", "expected a time (min, h, s) or a length (m, km, cm), found '8'"},
             {Type::reach, "-8 km", "it must be above 0, found '-8 km'"},
             {Type::reach, "[8 km]", "expected a time or a length, found a list"},
             {Type::text, "[a]", "expected a text, found a list"},
             {Type::flag, "1", "expected true or false, found '1'"},
             {Type::flag, "True", "expected true or false, found 'True'"},
             {Type::layers, "[]", "expected a layer's name or a list of names, found an empty list"},
             {Type::layers, "[[a]]", "expected a layer's name, found a list"},
             {Type::field, "{a: b}", "expected a field's name, found a mapping"},
             {Type::where, "[a]", "expected a condition in quotes, found a list"},
             {Type::classes, "[]", "expected a list of classes such as [10, 50..59], found an empty list"},
             {Type::classes, "[59..50]", "the range '59..50' ends before it starts"},
             {Type::points, "[1]",
              "expected a mapping of measurements to values such as {0 km: 1, 20 km: 0}, found a list"},
             {Type::points, "{}",
              "expected a mapping of measurements to values such as {0 km: 1, 20 km: 0}, found an empty mapping"},
             {Type::points, "{near: 1}", "expected a number, found 'near'"},
             {Type::points, "{5: 1}", "expected a length (m, km, cm), found '5', which has no unit"},
             {Type::points, "{5 km: good}", "expected a number, found 'good'"},
             {Type::points, "{5 km: [1]}", "expected a value at '5 km', found a list"},
             {Type::categories, "{}",
              "expected a mapping of classes to values such as {10: 1, 50..59: 0.2, other: 0}, found an empty mapping"},
             {Type::categories, "{10: 3 km}", "expected a plain number without a unit, found '3 km'"},
             {Type::categories, "{10: []}", "expected a value for class '10', found an empty list"},
             {Type::names, "{a: b}", "expected a list of names, found a mapping"},
             {Type::table, "{}",
              "expected names with a mapping of classes to numbers each, such as {textiles: {garments: 0.9, other: "
              "0}}, found an empty mapping"},
             {Type::table, "{a: 1}",
              "a: expected a mapping of classes to values such as {10: 1, 50..59: 0.2, other: 0}, found '1'"},
             {Type::each, "[1]",
              "expected one value, or one for each criterion such as {power: 1 km, other: 0}, found a list"},
             {Type::each, "{power: [1]}", "expected a value for 'power', found a list"},
             {Type::measure, "{a: 1, b: 2}",
              "expected one kind, bare or with its parameters ({linear: {worst: 20 km, best: 0 km}}), found 2 kinds: "
              "a, b"},
         }) {
        CAPTURE(row.text);
        const Rows rows{{"x", "", row.type, Dimension::length}};
        CHECK(complaints(rows, fmt::format("x: {}", row.text), metres) ==
              fmt::format("1:4 slope: x: {}", row.complaint));
    }
}

TEST_CASE("a body that is no mapping") {
    const Rows rows{{"of", "a raster layer", Type::layers}};
    CHECK(complaints(rows, "terrain") == "1:1 slope: expected a mapping of parameters, found a single value");
    CHECK(complaints(rows, "[terrain]") == "1:1 slope: expected a mapping of parameters, found a list");
}

TEST_CASE("a whole body can be one parameter") {
    const Rows rows{{"*", "two or more points", Type::points}};
    CHECK(read(rows, "{0 %: 1, 15 %: 0}", slope).points("*") == layers::Points{{0, 1}, {15, 0}});
    CHECK(complaints(rows, "~", slope) == "1:1 slope: '*' is missing (two or more points)");
    CHECK(complaints(rows, "{0 km: 1}", slope) == "1:1 slope: expected a slope (%, °), found '0 km'");
}

TEST_CASE("a whole body can be one parameter but for what others name") {
    const Rows rows{{"*", "points", Type::points},
                    {"beyond", "how", Type::choice, Dimension::number, "clip", false, "clip, error"}};
    const Params p = read(rows, "{0 %: 1, beyond: error, 15 %: 0}", slope);
    CHECK(p.points("*") == layers::Points{{0, 1}, {15, 0}});
    CHECK(p.text("beyond") == "error");
    CHECK(read(rows, "{0 %: 1, 15 %: 0}", slope).text("beyond") == "clip");
    CHECK(complaints(rows, "{0 %: 1, byond: error}", slope) ==
          "1:10 slope: unknown parameter 'byond'; did you mean 'beyond'?");
}

TEST_CASE("a condition cut short by its commas is explained") {
    const Rows rows{{"to", "", Type::layers}, {.name = "where", .help = "", .type = Type::where, .optional = true}};
    CHECK(complaints(rows, "{to: roads, where: lanes > 1, width < 9}") ==
          "1:31 slope: 'width < 9' is not a parameter here; a condition that holds ',' or ': ' must be quoted: "
          "where: \"...\"");
    // In quotes, or in block style, the stray key is an ordinary slip.
    CHECK(complaints(rows, "{to: roads, where: \"a, b\", wher: c}") ==
          "1:28 slope: unknown parameter 'wher'; did you mean 'where'?");
}

TEST_CASE("the unit shown is the first one written") {
    const Rows rows{{"worst", "", Type::measurement}, {"best", "", Type::measurement}};
    CHECK(read(rows, "{worst: 20 km, best: 0 m}", metres).shown() == layers::unit_called("km"));
    CHECK(read(rows, "{worst: 0, best: 20 km}", metres).shown() == layers::unit_called("km"));
    CHECK(read(rows, "{worst: 0, best: 0}", metres).shown() == metres);
    CHECK(read(rows, "{worst: 15 %, best: 0}", slope).shown() == slope);
    CHECK(read(rows, "{worst: 8.5°, best: 0 %}", slope).shown() == slope);
    CHECK(read({{"*", "", Type::points}}, "{0: 1, 2 km: 0}", metres).shown() == layers::unit_called("km"));
    const Unit price = layers::unit_called("PKR/acre");
    CHECK(read(rows, "{worst: 2e6 PKR/acre, best: 0}", price).shown() == price);
    CHECK(Params().shown() == Unit{});
}

TEST_CASE("the unit shown is one of the measurement's dimension") {
    // A slope's percent is not the percent of a share: what is shown converts back.
    const Params p = read({{"limit", "", Type::measurement}}, "{limit: 12 %}", slope);
    CHECK(p.shown().dimension == Dimension::slope);
    CHECK(layers::shown_in(p.shown(), p.number("limit")) == 12);
}

TEST_CASE("choices apart") {
    CHECK(layers::listed("") == std::vector<std::string>{});
    CHECK(layers::listed("a") == std::vector<std::string>{"a"});
    CHECK(layers::listed("any part, centre") == std::vector<std::string>{"any part", "centre"});
}

TEST_CASE("layers by role") {
    CHECK(read({{"of", "", Type::layers}}, "{of: {people: pop, roads: roads}}").layers("of") ==
          layers::LayerNames{{"people", "pop"}, {"roads", "roads"}});
    CHECK(read({{"of", "", Type::layers}}, "{of: pop}").layers("of") == layers::LayerNames{{"", "pop"}});
}

TEST_CASE("numbers, and texts by name") {
    const Rows rows{{"order weights", "", Type::numbers}};
    CHECK(read(rows, "{order weights: [0.5, 1/4, 25]}").numbers("order weights") == layers::Numbers{0.5, 0.25, 25});
    CHECK(read(rows, "{order weights: 2}").numbers("order weights") == layers::Numbers{2});
    CHECK(complaints(rows, "{order weights: [0.5, x]}").find("slope: order weights: ") != std::string::npos);
    CHECK(complaints(rows, "{order weights: []}") ==
          "1:17 slope: order weights: expected a list of numbers such as [0.5, 0.3, 0.2], found an empty list");
    const Rows points{{"ideal", "", Type::named}};
    CHECK(read(points, "{ideal: {power: 0 km, slope: 3 %}}").named("ideal") ==
          layers::LayerNames{{"power", "0 km"}, {"slope", "3 %"}});
    CHECK(complaints(points, "{ideal: 3}") ==
          "1:9 slope: ideal: expected a mapping of names to measurements such as {power: 0 km}, found '3'");
}
