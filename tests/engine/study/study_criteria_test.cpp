// SPDX-License-Identifier: Apache-2.0
#include "engine/study/study.hpp"

#include "tests/support/written_study.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests::written;
using engine::Missing;
using engine::SiteRule;
using engine::Study;

TEST_CASE("criteria stand in themes") {
    CHECK(complaints(head + "criteria: {}") == "test.yaml:3:1: criteria: there is no theme with a criterion\n");
    CHECK(complaints(head + "criteria: [a]") ==
          "test.yaml:3:11: criteria: expected a mapping of themes, found a list\n");
    CHECK(complaints(head + "criteria:\n  access: x") ==
          "test.yaml:4:11: theme 'access': expected a mapping of criteria, found a single value\n");
    CHECK(complaints(head + "criteria:\n  access: {label: x}") == "test.yaml:4:3: theme 'access' has no criterion\n");
    // One level too few: a criterion where a theme should be.
    CHECK(complaints(head + "criteria:\n  highway: " + distance) ==
          "test.yaml:4:3: criteria: 'highway' is a criterion without a theme; write {location: {highway: ...}}, or "
          "infrastructure, labor, connectivity or a theme of your own\n");
    CHECK(read(head + "criteria: {access: {value: " + distance + "}}").themes[0].criteria[0].name == "value");
}

TEST_CASE("words that a theme reserves are no criteria") {
    const Study study = read(
        head + "criteria: {access: {label: A, weight: 2, weights: equal, aggregate: minimum, highway: " + distance +
        "}}");
    CHECK(study.themes[0].criteria.size() == 1);
    CHECK(study.themes[0].weight->value == 2);
    CHECK(complaints(head + "criteria: {access: {label: " + distance + ", highway: " + distance + "}}")
              .find("theme 'access': label: expected a single value, found a mapping") != std::string::npos);
}

TEST_CASE("a criterion may be called nearly like a reserved word") {
    CHECK(read(head + "criteria: {access: {lable: " + distance + "}}").themes[0].criteria[0].name == "lable");
    CHECK(read(head + "criteria: {heights: {highway: " + distance + "}}").themes[0].name == "heights");
    CHECK(complaints(head + "criteria: {weigths: {ahp: {a vs b: 2}}, access: {highway: " + distance + "}}") ==
          "test.yaml:3:12: criteria: unknown key 'weigths'; did you mean 'weights'?\n");
}

TEST_CASE("names") {
    const auto named = [](const std::string& name) {
        return complaints(head + "criteria: {access: {'" + name + "': " + distance + "}}");
    };
    for (const std::string name : {"a", "sea port", "sea-port", "sea_port", "m2 road 3"}) {
        CAPTURE(name);
        CHECK(named(name).empty());
    }
    CHECK(named(std::string(64, 'a')).empty());
    for (const std::string& name :
         {std::string("Highway"), std::string("highWay"), std::string("2nd road"), std::string(" road"),
          std::string("road "), std::string("straße"), std::string("a.b"), std::string("a/b"), std::string("-a"),
          std::string("_a"), std::string(65, 'a')}) {
        CAPTURE(name);
        CHECK(named(name).starts_with("test.yaml:3:21: criterion '" + layers::excerpt(name) +
                                      "': a name is lower case letters"));
    }
}

TEST_CASE("a name is used once among all criteria and constraints") {
    CHECK(
        complaints(head + "criteria:\n  access: {highway: " + distance + "}\n  labor: {highway: " + distance + "}\n") ==
        "test.yaml:5:11: criterion 'highway': the name is used already in line 4; criteria and constraints are "
        "unique in a study\n");
    CHECK(complaints(criteria(distance) + "constraints: {highway: {inside: {of: water}}}\n")
              .starts_with("test.yaml:4:15: constraint 'highway': the name is used already in line 3"));
    // A theme and its criterion may share one.
    CHECK(complaints(head + "criteria: {highway: {highway: " + distance + "}}").empty());
}

TEST_CASE("at most 60 criteria and constraints") {
    const auto study = [](int criteria, int constraints) {
        std::string text = head + "criteria:\n  access:\n";
        for (int i = 0; i < criteria; ++i)
            text += fmt::format("    c{}: {}\n", i, distance);
        text += "constraints:\n";
        for (int i = 0; i < constraints; ++i)
            text += fmt::format("  k{}: {{inside: {{of: water}}}}\n", i);
        return complaints(text);
    };
    CHECK(study(40, 20).empty());
    CHECK(study(40, 21) == "test.yaml:3:1: 61 criteria and constraints; a study holds at most 60 of both\n");
    CHECK(study(61, 1) == "test.yaml:3:1: 62 criteria and constraints; a study holds at most 60 of both\n");
}

TEST_CASE("what becomes of missing data") {
    CHECK(criterion("missing: unknown").missing.policy == Missing::Policy::unknown);
    CHECK(criterion("missing: worst").missing.policy == Missing::Policy::worst);
    CHECK(criterion("missing: worst").missing.value == 0);
    CHECK(criterion("missing: leave out").missing.policy == Missing::Policy::leave_out);
    CHECK(criterion("missing: 0.3").missing.policy == Missing::Policy::value);
    CHECK(criterion("missing: 0.3").missing.value == 0.3);
    CHECK(criterion("missing: 1").missing.value == 1);
    struct Row {
        std::string_view text, complaint;
    };
    for (const Row& row : {Row{"1.5", "a value for missing data must be from 0 to 1, found '1.5'"},
                           {"-0.1", "a value for missing data must be from 0 to 1, found '-0.1'"},
                           {"30 %", "expected unknown, worst, leave out or a value from 0 to 1, found '30 %'"},
                           {"best", "expected unknown, worst, leave out or a value from 0 to 1, found 'best'"},
                           {"[worst]", "expected unknown, worst, leave out or a value from 0 to 1, found a list"}}) {
        CAPTURE(row.text);
        const std::string body = fmt::format("{}, missing: {}}}", distance.substr(0, distance.size() - 1), row.text);
        CHECK(complaints(criteria(body)).ends_with(fmt::format("criterion 'highway': missing: {}\n", row.complaint)));
    }
}

TEST_CASE("how a site's measurement comes from its cells") {
    CHECK(criterion("site: mean").site.kind == SiteRule::Kind::mean);
    CHECK(criterion("site: min").site.kind == SiteRule::Kind::min);
    CHECK(criterion("site: max").site.kind == SiteRule::Kind::max);
    CHECK(criterion("site: edge").site.kind == SiteRule::Kind::edge);
    CHECK(criterion("site: {min: {}}").site.kind == SiteRule::Kind::min);
    const SiteRule above = criterion("site: {share: {above: 8 km}}").site;
    CHECK(above.kind == SiteRule::Kind::share);
    CHECK(above.above);
    CHECK(above.limit->text == "8 km");
    CHECK_FALSE(criterion("site: {share: {below: 8 km}}").site.above);
    const auto wrong = [](const std::string& rule) {
        return complaints(criteria(distance.substr(0, distance.size() - 1) + ", site: " + rule + "}"));
    };
    CHECK(wrong("maen").ends_with("criterion 'highway': site: unknown site rule 'maen'; did you mean 'mean'?\n"));
    for (const char* rule : {"share", "{share: {}}", "{share: {over: 8 km}}", "{share: {above: 8 km, below: 9 km}}"}) {
        CAPTURE(rule);
        CHECK(wrong(rule).ends_with("criterion 'highway': site: share needs a limit: {share: {above: 8 %}} or {share: "
                                    "{below: 5 km}}\n"));
    }
}

TEST_CASE("a site rule and a criterion have nothing that they don't use") {
    const auto wrong = [](const std::string& more) {
        return complaints(criteria(distance.substr(0, distance.size() - 1) + ", " + more + "}"));
    };
    for (const std::string rule : {"mean", "min", "max", "edge"})
        CHECK(wrong("site: {" + rule + ": {above: 5 km}}")
                  .ends_with("criterion 'highway': site: '" + rule + "' takes no parameters\n"));
    CHECK(
        wrong("of: roads").ends_with("criterion 'highway': of: these are the layers for `use`, which is not there\n"));
    CHECK(wrong("of: roads, usee: grid connection").find("criterion 'highway': of:") == std::string::npos);
}

TEST_CASE("weights are numbers or percentages, never negative") {
    CHECK(criterion("weight: 30").weight->value == 30);
    CHECK_FALSE(criterion("weight: 30").weight->percent);
    CHECK(criterion("weight: 30 %").weight->value == 30);
    CHECK(criterion("weight: 30 %").weight->percent);
    CHECK(criterion("weight: 1/3").weight->value == 1.0 / 3);
    CHECK(criterion("weight: 0").weight->value == 0);
    const auto wrong = [](const std::string& weight) {
        return complaints(criteria(distance.substr(0, distance.size() - 1) + ", weight: " + weight + "}"));
    };
    CHECK(wrong("-1 %").ends_with("weight: a weight must not be negative, found '-1 %'\n"));
    CHECK(wrong("5 km").ends_with("weight: expected a number or a percentage, found '5 km'\n"));
    CHECK(wrong("much").ends_with("weight: expected a number, found 'much'\n"));
    CHECK(wrong("[1]").ends_with("weight: expected a number, found a list\n"));
    CHECK(complaints(head + "criteria: {access: {weight: -2, highway: " + distance + "}}")
              .ends_with("theme 'access': weight: a weight must not be negative, found '-2'\n"));
}

TEST_CASE("constraints are choices") {
    const auto wrong = [](const std::string& body) {
        return complaints(criteria(distance) + "constraints: {k: " + body + "}");
    };
    for (const auto& [body, found] : {std::pair("{label: x}", "none"), {"null", "nothing"}, {"[inside]", "a list"}})
        CHECK(wrong(body) ==
              fmt::format("test.yaml:4:15: constraint 'k': expected one kind, bare or with its parameters "
                          "({{linear: {{worst: 20 km, best: 0 km}}}}), found {}\n",
                          found));
    CHECK(wrong("{label: [a], inside: {of: water}}") ==
          "test.yaml:4:26: constraint 'k': label: expected a single value, found a list\n");
    CHECK(wrong("{label: ~, inside: {of: water}}").empty());
    CHECK(complaints(criteria(distance) + "constraints: [a]") ==
          "test.yaml:4:14: constraints: expected a mapping, found a list\n");
    CHECK(complaints(criteria(distance) + "constraints: {steep: {above: {}, below: {}}}")
              .starts_with("test.yaml:4:15: constraint 'steep': expected one kind"));
    CHECK(complaints(criteria(distance) + "constraints: {Steep: {above: {}}}")
              .starts_with("test.yaml:4:15: constraint 'Steep': a name is"));
}
