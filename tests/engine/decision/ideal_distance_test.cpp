// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/ideal_distance.hpp"

#include "tests/support/aggregations.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using doctest::Approx;
using engine::IdealPoint;
using tests::Row;

namespace {

double closeness(const std::vector<IdealPoint>& points, const Row& values, const Row& weights) {
    return engine::topsis(points).fold_one(values, weights);
}

std::string wrong(const std::string& name, const std::string& body) {
    try {
        tests::aggregation(name, body, 2);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

} // namespace

TEST_CASE("TOPSIS: the final step of Tzeng and Huang 2011, between points at its ideals") {
    // Their matrix of vector-normalised columns; the points are its best and worst.
    const std::vector<Row> matrix{{5, 8, 4}, {7, 6, 8}, {8, 8, 6}, {7, 4, 6}};
    const Row weights{0.3, 0.4, 0.3}, published{0.5037, 0.6581, 0.7482, 0.334};
    Row norms(3, 0);
    for (const Row& row : matrix)
        for (std::size_t m = 0; m < 3; ++m)
            norms[m] += row[m] * row[m];
    std::vector<IdealPoint> points(3, {1, 0});
    std::vector<Row> normal(matrix.size(), Row(3));
    for (std::size_t i = 0; i < matrix.size(); ++i)
        for (std::size_t m = 0; m < 3; ++m) {
            normal[i][m] = matrix[i][m] / std::sqrt(norms[m]);
            points[m] = {std::min(points[m].anti_ideal, normal[i][m]), std::max(points[m].ideal, normal[i][m])};
        }
    for (std::size_t i = 0; i < matrix.size(); ++i)
        CHECK(std::abs(closeness(points, normal[i], weights) - published[i]) <= 1e-4);
}

TEST_CASE("TOPSIS: the case of Opricovic and Tzeng 2004, min-max normalised") {
    const std::vector<IdealPoint> points(2);
    const Row weights{0.5, 0.5};
    CHECK(std::abs(closeness(points, {1, 0}, weights) - 0.5) <= 5e-4);
    CHECK(std::abs(closeness(points, {0.75, 0.5}, weights) - 0.617) <= 5e-4);
    CHECK(std::abs(closeness(points, {0, 1}, weights) - 0.5) <= 5e-4);
}

TEST_CASE("compromise: by hand, for each p") {
    const std::vector<IdealPoint> points{{0, 1}, {0.2, 0.8}};
    const Row values{0.4, 0.5}, weights{3, 1}; // shortfalls 0.6 and 0.5
    CHECK(engine::compromise(points, 1).fold_one(values, weights) == Approx(1 - (1.8 + 0.5) / 4).epsilon(1e-14));
    CHECK(engine::compromise(points, 2).fold_one(values, weights) ==
          Approx(1 - std::sqrt((1.8 * 1.8 + 0.25) / 10)).epsilon(1e-14));
    CHECK(engine::compromise(points, 3).fold_one(values, weights) ==
          Approx(1 - std::cbrt((std::pow(1.8, 3) + 0.125) / 28)).epsilon(1e-13));
    CHECK(engine::compromise(points, HUGE_VAL).fold_one(values, weights) == Approx(1 - 1.8 / 3).epsilon(1e-14));
    CHECK(std::abs(engine::compromise(points, 100).fold_one(values, weights) - 0.4) < 1e-3);
    CHECK(engine::compromise(points, 2.5).fold_one(Row{1, 1}, weights) == 1);
}

TEST_CASE("compromise: p = 1 is the weighted sum") {
    const auto sum = tests::aggregation("weighted sum", "", 4), line = tests::aggregation("compromise", "{p: 1}", 4);
    std::mt19937 random(4);
    for (int i = 0; i < 500; ++i) {
        const Row row = tests::random_row(random, 4), weights = tests::random_weights(random, 4);
        CHECK(line.fold_one(row, weights) == Approx(sum.fold_one(row, weights)).epsilon(1e-13));
    }
}

TEST_CASE("ideals: beyond a point nothing is better, or worse") {
    for (const std::string name : {"topsis", "compromise"}) {
        const auto made = tests::aggregation(name, "{ideal: {a: 0.8}, anti-ideal: {a: 0.2}}", 2);
        CHECK(made.fold_one(Row{0.8, 0.3}, Row{1, 1}) == made.fold_one(Row{0.95, 0.3}, Row{1, 1}));
        CHECK(made.fold_one(Row{0.2, 0.3}, Row{1, 1}) == made.fold_one(Row{0, 0.3}, Row{1, 1}));
        CHECK(made.fold_one(Row{0.9, 1}, Row{1, 1}) == Approx(1));
        CHECK(made.fold_one(Row{0.1, 0}, Row{1, 1}) == Approx(0));
    }
}

TEST_CASE("ideals: what can't be meant") {
    CHECK(wrong("topsis", "{ideal: {power: 1}}") == "ideal: unknown member 'power'; there is a, b");
    CHECK(wrong("topsis", "{anti-ideal: {a: 20 kn}}").starts_with("anti-ideal: a: "));
    CHECK(wrong("topsis", "{ideal: {a: 0.3}, anti-ideal: {a: 0.3}}") ==
          "a: the ideal, of value 0.3, must be better than the anti-ideal, of value 0.3");
    CHECK(wrong("topsis", "{ideal: 3}").find("expected a mapping of names to measurements") != std::string::npos);
    CHECK(wrong("compromise", "{p: 0.5}") ==
          "p: from 1 (all shortfalls add up) to 100, or inf (the worst alone), found 0.5");
    CHECK(wrong("compromise", "{p: two}").starts_with("p: "));
    CHECK(tests::aggregation("compromise", "{p: inf}", 2).summary ==
          "compromise, 1 - distance L_inf between the values 1 (ideal) and 0 (anti-ideal) (Yu 1973, Zeleny 1973)");
}

TEST_CASE("ideals: what the study says of other groups is not for this one") {
    engine::Membership group = tests::group_of(2);
    group.elsewhere = {"power", "slope"};
    const auto points = engine::ideal_points({{"power", "0 km"}, {"b", "0.9"}}, {}, group);
    REQUIRE(points.size() == 2);
    CHECK(points[0].ideal == 1);
    CHECK(points[1].ideal == 0.9);
    CHECK_THROWS_WITH(engine::ideal_points({{"powr", "0 km"}}, {}, group),
                      "ideal: unknown member 'powr'; did you mean 'power'?");
}
