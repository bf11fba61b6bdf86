// SPDX-License-Identifier: Apache-2.0
#include "engine/model/learnt_weights.hpp"

#include "engine/decision/decision_matrix.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::DecisionMatrix;
using engine::Weighing;

namespace {

/// Two criteria in one theme and one in another, at two sites; heights grow by 1 m a column.
std::unique_ptr<engine::Prepared> prepared(const tests::StudyFolder& folder) {
    std::vector<float> heights;
    for (int i = 0; i < 100; ++i)
        heights.push_back(static_cast<float>(i % 10));
    folder.raster("hill.tif", 10, heights);
    folder.features("road.geojson", {{"", "LineString", {{0, -1000}, {0, 1000}}}});
    folder.features("sites.geojson", {tests::rectangle(10, 0, 10, 50, R"("name": "low", "price": 5)"),
                                      tests::rectangle(60, 0, 10, 50, R"("name": "high", "price": 3)")});
    return folder.ready(tests::square_area(10) +
                        "layers: {hill: {source: hill.tif, unit: m}, road: road.geojson}\n"
                        "sites: {source: sites.geojson, name: name}\ncriteria:\n"
                        "  land:\n"
                        "    hill: {measure: {sample: {of: hill}}, value: {linear: {worst: 0 m, best: 10 m}}}\n"
                        "    price: {measure: {site field: {field: price}}, value: {linear: {worst: 10, best: 0}}}\n"
                        "  ways:\n"
                        "    road: {measure: {distance: {to: road}}, value: {linear: {best: 0 m, worst: 100 m}}}\n");
}

Weighing weights(std::vector<double> raw) {
    return {engine::Weights::of(raw), "of the sites", "of the sites", {"only these"}};
}

} // namespace

TEST_CASE("learn_weights: of a theme's criteria from their columns, of themes from their scores") {
    const tests::StudyFolder folder;
    const auto p = prepared(folder);
    DecisionMatrix land, themes;
    p->decision.themes[0].weighing.later = [&](const DecisionMatrix& matrix) {
        land = matrix;
        return weights({3, 1});
    };
    p->decision.weighing.later = [&](const DecisionMatrix& matrix) {
        themes = matrix;
        return weights({1, 4});
    };
    REQUIRE(p->decision.awaits_sites());
    learn_weights(p->decision, *p->model, tests::ranked(*p), p->problems);
    CHECK_FALSE(p->decision.awaits_sites());
    CHECK(land.criteria == std::vector<std::string>{"hill", "price"});
    const bool high_first = land.alternatives[0] == "high";
    CHECK(land.measured(high_first ? 0 : 1)[0] == 6);
    CHECK(land.measured(high_first ? 1 : 0)[1] == 5);
    CHECK(themes.criteria == std::vector<std::string>{"land", "ways"});
    // The high site: 0.6 and 0.7, three to one; 65 m from the road.
    CHECK(themes.valued(high_first ? 0 : 1)[0] == doctest::Approx(0.625));
    CHECK(themes.valued(high_first ? 0 : 1)[1] == doctest::Approx(0.35));
    CHECK(p->decision.criteria[0].weight == doctest::Approx(0.15));
    CHECK(p->decision.criteria[1].weight == doctest::Approx(0.05));
    CHECK(p->decision.criteria[2].weight == doctest::Approx(0.8));
    REQUIRE(p->problems.warnings().size() == 2);
    CHECK(p->problems.warnings()[0].text == "theme 'land': weights: only these");
}

TEST_CASE("reweigh: map and ranking have the weights that were learnt") {
    const tests::StudyFolder folder;
    const auto p = prepared(folder);
    p->decision.weighing.later = [](const DecisionMatrix&) { return weights({1, 4}); };
    learn_weights(p->decision, *p->model, tests::ranked(*p), p->problems);
    p->model->reweigh();
    CHECK(p->model->map_weight(0) == doctest::Approx(1.0 / 9)); // the price's half of its theme has no map
    const engine::Ranking ranking = tests::ranked(*p);
    CHECK(tests::row_of(ranking, "high").score == doctest::Approx(0.2 * 0.65 + 0.8 * 0.35));
    CHECK(tests::row_of(ranking, "high").map_score == doctest::Approx((0.6 + 8 * 0.35) / 9));
}

TEST_CASE("learn_weights: no weights that follow is an error where the study asks for them") {
    const tests::StudyFolder folder;
    const auto p = prepared(folder);
    p->decision.themes[0].weighing.later = [](const DecisionMatrix&) -> Weighing { throw Error("one site only"); };
    try {
        learn_weights(p->decision, *p->model, tests::ranked(*p), p->problems);
        FAIL("no error");
    } catch (const layers::ErrorAt& e) {
        CHECK(std::string(e.what()) == "theme 'land': weights: one site only");
        CHECK(e.mark.line > 0);
    }
}
