// SPDX-License-Identifier: Apache-2.0
#include "layers/catalogue.hpp"

#include "engine/decision/value_function.hpp"
#include "layers/layer.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace zonerank;
using layers::CatalogueEntry;
using layers::Choice;
using layers::Node;

namespace {

Choice choice(std::string_view text) {
    return layers::parse_choice(tests::yaml(std::string(text)));
}

// What the measure is in when its layers have the units that the inputs' help asks for.
layers::Unit unit_of(const CatalogueEntry& entry, const Choice& measure) {
    using layers::Dimension;
    const bool lines = !measure.body.find("weight") && !measure.body.find("kernel");
    if (measure.kind == "distance" || measure.kind == "ruggedness")
        return layers::base_unit(Dimension::length);
    if (measure.kind == "travel time")
        return layers::base_unit(Dimension::time);
    if (entry.name == "wages")
        return layers::unit_called("PKR/month");
    if (measure.kind == "people within" && entry.name != "skilled labor")
        return layers::base_unit(Dimension::people);
    if (measure.kind == "slope")
        return layers::base_unit(Dimension::slope);
    if (measure.kind == "density" && !measure.body.find("weight"))
        return layers::base_unit(lines ? Dimension::line_density : Dimension::number);
    if (measure.kind == "density" || measure.kind == "sample")
        return layers::base_unit(Dimension::people_density);
    return layers::base_unit(entry.name == "literacy" || entry.name == "unemployment" ? Dimension::percent
                                                                                      : Dimension::number);
}

template <typename Kind>
std::string complaints(const Kind& kind, const Choice& choice, const layers::Unit& unit = {}) {
    layers::Problems problems;
    layers::Params(choice.body, kind.parameters, unit, kind.name, problems);
    return tests::text_of(problems);
}

// The entry's measure with layers called a, b ... for its roles.
Node bound(const CatalogueEntry& entry) {
    Node of = tests::yaml("a");
    if (entry.inputs.size() > 1) {
        std::string text;
        for (std::size_t i = 0; i < entry.inputs.size(); ++i)
            text += fmt::format("{}: {}\n", entry.inputs[i].role, static_cast<char>('a' + i));
        of = tests::yaml(text);
    }
    return layers::with_layers(tests::yaml(std::string(entry.measure)), entry, of);
}

const CatalogueEntry two_inputs{.name = "ports",
                                .theme = "connectivity",
                                .label = "Ports",
                                .inputs = {{"sea", "points of seaports"}, {"dry", "points of dry ports"}},
                                .measure = "{distance: {to: [$sea, $dry]}}",
                                .value = "{linear: {best: 0 km, worst: 9 km}}",
                                .why = "to see",
                                .source = "made up"};

std::string with(const CatalogueEntry& entry, const std::string& of) {
    const Node node = of.empty() ? Node{} : tests::yaml(of);
    const Node result = layers::with_layers(tests::yaml(std::string(entry.measure)), entry, node);
    const Node& to = *result.entries.front().second.find("to");
    std::string text = to.text;
    for (const Node& item : to.items)
        text += (text.empty() ? "" : ",") + item.text;
    return text;
}

std::string refusal(const CatalogueEntry& entry, const std::string& of) {
    try {
        return "accepted: " + with(entry, of);
    } catch (const Error& error) {
        return error.what();
    }
}

} // namespace

TEST_CASE("catalogue: every entry has a name of its own, a theme, a label, a reason and a source") {
    std::set<std::string> names, themes;
    for (const CatalogueEntry& entry : layers::catalogue()) {
        CAPTURE(entry.name);
        CHECK(names.insert(layers::full_name(entry)).second);
        CHECK(entry.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789 -") == entry.name.npos);
        CHECK(entry.revision >= 1);
        CHECK_FALSE(entry.label.empty());
        CHECK_FALSE(entry.why.empty());
        CHECK_FALSE(entry.why.ends_with('.'));
        CHECK_FALSE(entry.source.empty());
        themes.emplace(entry.theme);
    }
    CHECK(themes == std::set<std::string>{"infrastructure", "location", "labor", "connectivity"});
}

TEST_CASE("catalogue: every measure is one of the table's, and has a place for each input") {
    for (const CatalogueEntry& entry : layers::catalogue()) {
        CAPTURE(entry.name);
        CHECK_FALSE(entry.inputs.empty());
        for (const auto& input : entry.inputs) {
            CHECK(entry.measure.find("$" + std::string(input.role)) != entry.measure.npos);
            CHECK_FALSE(input.help.empty());
        }
        const auto places = std::ranges::count(entry.measure, '$');
        CHECK(static_cast<std::size_t>(places) == entry.inputs.size());
        const Choice measure = layers::parse_choice(bound(entry));
        const auto& kind = layers::find(layers::measures(), "measure", measure.kind);
        CHECK(complaints(kind, measure) == "");
    }
}

TEST_CASE("catalogue: every value function can be made and tells some places from others") {
    for (const CatalogueEntry& entry : layers::catalogue()) {
        CAPTURE(entry.name);
        const Choice value = choice(entry.value);
        const auto& kind = layers::find(engine::value_functions(), "value function", value.kind);
        const layers::Unit unit = unit_of(entry, choice(entry.measure));
        REQUIRE(complaints(kind, value, unit) == "");
        layers::Problems problems;
        const auto f = kind.make(layers::Params(value.body, kind.parameters, unit, kind.name, problems), {});
        double least = 1, most = 0;
        for (double x = 0; x < 2e6; x = x < 200 ? x + 1 : x * 1.1) {
            const double v = f.of(x);
            least = std::min(least, v);
            most = std::max(most, v);
        }
        CHECK(least < 0.01);
        CHECK(most > 0.97);
    }
}

TEST_CASE("catalogue: found by name, with or without its revision") {
    const CatalogueEntry& grid = layers::catalogue_entry("grid connection");
    CHECK(grid.theme == "infrastructure");
    CHECK(layers::full_name(grid) == "grid connection@1");
    CHECK(&layers::catalogue_entry("grid connection@1") == &grid);
    CHECK_THROWS_WITH_AS(layers::catalogue_entry("grid conection"),
                         "unknown criterion of the catalogue 'grid conection'; did you mean 'grid connection'?", Error);
    CHECK_THROWS_WITH_AS(layers::catalogue_entry("grid connection@7"),
                         "there is no 'grid connection@7'; there is grid connection@1", Error);
    CHECK_THROWS_AS(layers::catalogue_entry("grid connection@"), Error);
}

TEST_CASE("catalogue: a revision once released stays as it is") {
    // The anchors of a released entry are part of a study's meaning: change them only in a new revision.
    CHECK(layers::catalogue_entry("grid connection@1").value == "{linear: {best: 0 km, worst: 20 km}}");
    CHECK(layers::catalogue_entry("gentle slope@1").value == "{piecewise: {0 %: 1, 5 %: 1, 7 %: 0.5, 15 %: 0}}");
    CHECK(layers::catalogue_entry("motorway access@1").value == "{linear: {best: 3 km, worst: 32 km}}");
}

TEST_CASE("catalogue: layers take the places of the roles") {
    const CatalogueEntry& grid = layers::catalogue_entry("grid connection");
    CHECK(with(grid, "stations") == "stations");
    CHECK(with(grid, "[stations, plants]") == "stations,plants");
    CHECK(with(grid, "{substations: stations}") == "stations");
    CHECK(with(two_inputs, "{dry: d, sea: s}") == "s,d");
    CHECK(with(two_inputs, "{dry: [d1, d2], sea: s}") == "s,d1,d2");
    CHECK(with(two_inputs, "{dry: $sea, sea: s}") == "s,$sea"); // a layer's name is not looked into
    CatalogueEntry other = grid;
    other.measure = "{distance: {to: [$substations, -substations]}}";
    CHECK(with(other, "stations") == "stations,-substations");
}

TEST_CASE("catalogue: a layer keeps its place in the study, for messages") {
    const CatalogueEntry& grid = layers::catalogue_entry("grid connection");
    const Node of = tests::yaml("key: stations").entries.front().second;
    const Node measure = layers::with_layers(tests::yaml(std::string(grid.measure)), grid, of);
    CHECK(measure.entries.front().second.find("to")->mark.column == of.mark.column);
}

TEST_CASE("catalogue: a role that is unknown or missing") {
    const CatalogueEntry& grid = layers::catalogue_entry("grid connection");
    CHECK(refusal(grid, "") == "grid connection needs a layer for 'substations' (points or polygons of 132 kV "
                               "substations, grid stations or power plants)");
    CHECK(refusal(grid, "{substation: stations}") ==
          "unknown input of grid connection 'substation'; did you mean 'substations'?");
    CHECK(refusal(two_inputs, "{sea: s}") ==
          "ports needs a layer for 'dry' (points of dry ports): of: {sea: ..., dry: ...}");
    CHECK(refusal(two_inputs, "s") == "ports needs a layer for 'sea' (points of seaports): of: {sea: ..., dry: ...}");
}
