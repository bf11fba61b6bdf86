// SPDX-License-Identifier: Apache-2.0
#include "engine/study/criteria.hpp"

#include "tests/support/desk.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using doctest::Approx;
using engine::Decision;
using namespace zonerank::tests::desk;

namespace {

const double gap = std::nan("");

/// Two themes of two criteria, with weights beside them.
const std::string four = "  one:\n    weight: 3\n    a: {weight: 1, " + road + "}\n    b: {weight: 3, " + height +
                         "}\n  two:\n    weight: 1\n    c: {weight: 50 %, " + road + "}\n    d: {weight: 50 %, " +
                         height + "}\n";

} // namespace

TEST_CASE("criteria in the study's order, with their themes and weights of the whole") {
    Desk desk;
    const Decision d = desk.good(four);
    REQUIRE(d.criteria.size() == 4);
    CHECK(d.criteria[1].name == "b");
    CHECK(d.criteria[1].theme == "one");
    REQUIRE(d.themes.size() == 2);
    CHECK(d.themes[1].members == std::vector<std::size_t>{2, 3});
    CHECK(d.criteria[0].weight == Approx(0.75 * 0.25));
    CHECK(d.criteria[1].weight == Approx(0.75 * 0.75));
    CHECK(d.criteria[2].weight == Approx(0.125));
    CHECK(d.criteria[3].weight == Approx(0.125));
    CHECK(d.aggregation_name == "weighted sum");
    CHECK(d.additive());
    CHECK(d.known == 0.7);
    CHECK(desk.warnings().empty());
}

TEST_CASE("weights in a group's `weights:` or beside its members, not both") {
    Desk desk;
    const std::string members = "    a: {" + road + "}\n    b: {" + height + "}\n";
    const Decision d = desk.good("  weights: {direct: {t: 5}}\n  t:\n    weights: {ahp: {a vs b: 3}}\n" + members);
    CHECK(d.criteria[0].weight == Approx(0.75));
    CHECK(d.themes[0].weighing.method == "ahp");
    CHECK(desk.wrong("  t:\n    weights: equal\n    a: {weight: 1, " + road + "}\n    b: {" + height + "}\n") ==
          "theme 't': weights: given here, and as `weight:` beside 'a', too; only one of the two can count");
    CHECK(desk.wrong("  t:\n    a: {weight: 1, " + road + "}\n    b: {" + height + "}\n") ==
          "theme 't': weights: 'b' has no weight, but others have; give all of them one, or none");
    CHECK(desk.wrong("  t:\n    weights: {ahp: {a vs c: 3}}\n" + members).starts_with("theme 't': weights: "));
    CHECK(desk.wrong("  t:\n    weights: {saaty: {a vs b: 3}}\n" + members)
              .starts_with("theme 't': weights: unknown weighting method 'saaty'"));
}

TEST_CASE("percentages beside the members are percentages of all") {
    Desk desk;
    const auto two = [](const std::string& a, const std::string& b) {
        return "  t:\n    a: {weight: " + a + ", " + road + "}\n    b: {weight: " + b + ", " + height + "}\n";
    };
    desk.good(two("30 %", "70 %"));
    CHECK(desk.warnings().empty());
    CHECK(desk.wrong(two("30 %", "0.7")) ==
          "theme 't': weights: percentages and plain numbers can't stand side by side");
    CHECK(desk.good(two("30 %", "30 %")).criteria[0].weight == 0.5);
    CHECK(desk.warnings() == "theme 't': weights: the weights add up to 60 %; they are scaled to 100 %\n");
}

TEST_CASE("no weights at all are equal, and said so") {
    Desk desk;
    const Decision d = desk.good("  t:\n    a: {" + road + "}\n    b: {" + height + "}\n  u:\n    c: {" + road + "}\n");
    CHECK(d.criteria[0].weight == 0.25);
    CHECK(d.criteria[2].weight == 0.5);
    CHECK(d.weighing.summary == "equal, because none are given");
}

TEST_CASE("weights that can't be") {
    Desk desk;
    CHECK(desk.wrong("  t:\n    a: {weight: 0, " + road + "}\n    b: {weight: 0, " + height + "}\n") ==
          "theme 't': weights: all weights are 0");
    CHECK(desk.wrong(one(price)) == "criteria: none with a weight can be mapped; a study needs one at least");
    CHECK(desk.wrong("  t:\n    a: {weight: 0, " + road + "}\n    b: {weight: 1, " + price + "}\n") ==
          "criteria: none with a weight can be mapped; a study needs one at least");
}

TEST_CASE("judgements that contradict each other are warned of where they stand") {
    Desk desk;
    desk.good("  t:\n    weights: {ahp: {a vs b: 5, b vs c: 5, c vs a: 5}}\n    a: {" + road + "}\n    b: {" + height +
              "}\n    c: {" + road + "}\n");
    CHECK(desk.warnings().starts_with("theme 't': weights: consistency ratio"));
}

TEST_CASE("all that is wrong with criteria is told at once") {
    Desk desk;
    CHECK(desk.wrong("  t:\n"
                     "    aggregate: weighted some\n"
                     "    a: {measure: {distence: {to: roads}}, value: {liner: {best: 0, worst: 1 km}}}\n"
                     "    b: {measure: {distance: {to: rods}}, value: {linear: {best: 0, worst: 1 km}}}\n"
                     "    c: {measure: {distance: {to: roads}}, value: {lineer: {best: 0, worst: 1 km}}}\n"
                     "    d: {measure: {distance: {to: roads}}, value: {linear: {best: 1 km, worst: 1000 m}}}\n"
                     "    e: {measure: {distance: {to: hill}}, value: {linear: {best: 0, worst: 1 km}}}\n"
                     "    f: {measure: {sample: {of: roads}}, value: {linear: {best: 0, worst: 1 km}}}\n") ==
          "theme 't': aggregate: unknown aggregation 'weighted some'; did you mean 'weighted sum'?\n"
          "criterion 'a': unknown measure 'distence'; did you mean 'distance'?\n"
          "criterion 'a': value: unknown value function 'liner'; did you mean 'linear'?\n"
          "criterion 'b': unknown layer 'rods'; did you mean 'roads'?\n"
          "criterion 'c': value: unknown value function 'lineer'; did you mean 'linear'?\n"
          "criterion 'd': value: 'worst' and 'best' are both 1000 m; they must differ\n"
          "criterion 'e': layer 'hill' is a raster; distance needs points, lines or polygons\n"
          "criterion 'f': layer 'roads' holds lines; sample needs a raster");
}

TEST_CASE("the score of a row: themes first, then the whole") {
    Desk desk;
    const Decision d = desk.good(four);
    const std::vector<double> row{0.2, 0.6, 1, 0};
    // one: 0.25 x 0.2 + 0.75 x 0.6 = 0.5; two: 0.5; 0.75 x 0.5 + 0.25 x 0.5
    CHECK(d.score(row) == Approx(0.5).epsilon(1e-15));
    const std::vector<double> parts = d.parts(row);
    CHECK(parts[0] == Approx(0.1875 * 0.2).epsilon(1e-15));
    CHECK(parts[1] == Approx(0.5625 * 0.6).epsilon(1e-15));
    CHECK(parts[2] == Approx(0.125).epsilon(1e-15));
    CHECK(parts[3] == 0);
}

TEST_CASE("a left-out value leaves its weight to the others, first within the theme") {
    Desk desk;
    const Decision d = desk.good(four);
    struct Row {
        std::vector<double> values;
        double score;
    };
    for (const Row& row : {
             Row{{gap, 0.6, 1, 0}, 0.75 * 0.6 + 0.25 * 0.5},
             {{gap, gap, 1, 0}, 0.5}, // theme one is out: theme two is all
             {{0.2, 0.6, gap, gap}, 0.5},
             {{0.2, gap, gap, 0.4}, 0.75 * 0.2 + 0.25 * 0.4},
         }) {
        CHECK(d.score(row.values) == Approx(row.score).epsilon(1e-15));
        double sum = 0;
        const std::vector<double> parts = d.parts(row.values);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            CHECK(std::isnan(parts[i]) == std::isnan(row.values[i]));
            sum += std::isnan(parts[i]) ? 0 : parts[i];
        }
        CHECK(sum == Approx(row.score).epsilon(1e-15));
    }
    CHECK(std::isnan(d.score(std::vector<double>(4, gap))));
}

TEST_CASE("a decision scores with other weights, of whose sums the themes weigh") {
    Desk desk;
    const std::string two = "    a: {" + road + "}\n    b: {" + height + "}\n  u: {c: {" + road + "}}\n";
    const std::vector values{0.2, 0.6, 0.4};
    const Decision sum = desk.good("  t:\n" + two);
    CHECK(sum.score(values, std::vector<double>{1, 2, 1}) == Approx(0.45).epsilon(1e-15));
    CHECK(sum.score(values, std::vector<double>{0, 0, 5}) == Approx(0.4).epsilon(1e-15));
    const Decision mixed = desk.good("  t:\n    aggregate: minimum\n" + two);
    CHECK(mixed.score(values, std::vector<double>{1, 2, 1}) == Approx(0.25).epsilon(1e-15));
    CHECK(mixed.score(values, std::vector<double>{0, 2, 2}) == Approx(0.5).epsilon(1e-15));
}

TEST_CASE("aggregations, of the whole and of one theme") {
    Desk desk;
    const std::string two = "    a: {" + road + "}\n    b: {" + height + "}\n  u: {c: {" + road + "}}\n";
    const Decision least = desk.good("  t:\n" + two, "aggregate: minimum");
    CHECK(least.score(std::vector{0.2, 0.6, 0.4}) == 0.2);
    CHECK_FALSE(least.additive());
    CHECK(least.themes[0].aggregation_name == "minimum");
    const Decision mixed = desk.good("  t:\n    aggregate: minimum\n" + two);
    CHECK(mixed.score(std::vector{0.2, 0.6, 0.4}) == Approx(0.3).epsilon(1e-15));
    CHECK_FALSE(mixed.additive());
    CHECK(mixed.themes[1].aggregation_name == "weighted sum");
    const Decision product = desk.good("  t:\n    aggregate: weighted product\n" + two);
    CHECK(product.score(std::vector{0.2, 0.8, 0.6}) == Approx(0.5 * 0.4 + 0.5 * 0.6).epsilon(1e-12));
}

TEST_CASE("the field of the sites is a row of the list of measures") {
    CHECK(engine::site_field_kind().name == "site field");
    Desk desk;
    CHECK(desk.wrong("  t: {p: {measure: {site field: {feild: price}}, value: {linear: {best: 0, worst: 1}}}, b: {" +
                     road + "}}\n") == "criterion 'p': site field: unknown parameter 'feild'; did you mean 'field'?");
}
