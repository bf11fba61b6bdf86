// SPDX-License-Identifier: Apache-2.0
#include "engine/report/curve.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::tests;

/// A criterion of heights 0, 10 ... 110 m with that value function.
struct OfHeight {
    StudyFolder folder;
    std::unique_ptr<engine::Prepared> p;

    explicit OfHeight(const std::string& value) {
        std::vector<float> ramp;
        for (int cell = 0; cell < 144; ++cell)
            ramp.push_back(static_cast<float>(cell % 12 * 10));
        folder.raster("ramp.tif", 12, ramp);
        p = folder.ready(square_area(12) +
                         "layers: {ramp: {source: ramp.tif, unit: m}}\ncriteria:\n  land:\n    height: "
                         "{measure: {sample: {of: ramp}}, value: " +
                         value + "}\n");
    }
    engine::Curve curve(std::vector<double> measurements = {}) const {
        return engine::value_curve(*p->model, 0, measurements);
    }
};

TEST_CASE("value_curve: rises in x, in all bends of the function, within 200 points") {
    const OfHeight of("{piecewise: {0 m: 0, 30 m: 1, 31 m: 0.2, 100 m: 0}}");
    const engine::Curve curve = of.curve();
    CHECK(curve.size() <= 200);
    for (std::size_t i = 0; i + 1 < curve.size(); ++i)
        CHECK(curve[i].first < curve[i + 1].first);
    for (const auto& [x, value] : {std::pair{0.0, 0.0}, {30.0, 1.0}, {31.0, 0.2}, {100.0, 0.0}})
        CHECK(std::ranges::find(curve, std::pair{x, value}) != curve.end());
    CHECK(curve.front().first == 0); // heights above 0 are not drawn below it
    CHECK(curve.back().first == doctest::Approx(110));
}

TEST_CASE("value_curve: reaches over what the sites measure") {
    const OfHeight of("{linear: {worst: 20 m, best: 80 m}}");
    CHECK(of.curve({-50, engine::nan, 500}).front().first < -50);
    CHECK(of.curve({-50, engine::nan, 500}).back().first > 500);
    CHECK(of.curve({HUGE_VAL}).back().first == doctest::Approx(86));
}

TEST_CASE("value_curve: sigmoids to where they are nearly flat") {
    const engine::Curve falling = OfHeight("{logistic: {midpoint: 100 m, spread: 10 m, falling: true}}").curve();
    CHECK(falling.front().second > 0.98);
    CHECK(falling.back().second < 0.02);
    const engine::Curve bell = OfHeight("{gaussian: {ideal: 20 m, spread: 30 m}}").curve();
    CHECK(bell.front().first == 0);
    CHECK(bell.back().second < 0.01);
    const engine::Curve large = OfHeight("{large: {midpoint: 10 m, steepness: 5}}").curve();
    CHECK(large.back().second > 0.98);
}

TEST_CASE("value_curve: a step is steep") {
    const engine::Curve curve = OfHeight("{step: {at: 50 m, above: 0.2, below: 1}}").curve({0, 100});
    const auto at = std::ranges::find(curve, 50.0, &std::pair<double, double>::first);
    REQUIRE(at != curve.end());
    CHECK(at->second == 0.2);
    CHECK((at - 1)->second == 1);
    CHECK((at - 1)->first > 49.999);
}

TEST_CASE("value_curve: of the map's own range where the function stands on it") {
    const OfHeight of("{stretch: {}}");
    CHECK(of.curve().front().second == 0);
    CHECK(of.curve().back().first == doctest::Approx(121));
    CHECK(of.curve().back().second == 1);
}

TEST_CASE("value_curve: a formula without a number leaves a gap") {
    const engine::Curve curve = OfHeight("{expression: {formula: \"x > 50 ? 0/0 : 0.5\", in: m}}").curve({0, 100});
    CHECK(curve.front().second == 0.5);
    CHECK(std::isnan(curve.back().second));
}

TEST_CASE("class_values: by name, else as the study writes them") {
    const StudyFolder coded;
    coded.raster("cover.tif", 2, {0, 10, 40, 50});
    const auto plain = coded.ready(square_area(2) + R"(layers: {cover: {source: cover.tif, values: classes}}
criteria:
  land:
    cover: {measure: {category: {of: cover}}, value: {categories: {0: 1, 10..40: 0.5, other: 0}}}
)");
    CHECK(engine::goes_by_classes(plain->decision.criteria[0]));
    const engine::ClassValues written{{"class 0", 1}, {"classes 10..40", 0.5}, {"other", 0}};
    CHECK(engine::class_values(*plain->model, 0, {}) == written);
    const std::vector<double> sites{50, 20, NAN, 20, 0}; // what the study names by itself is not told twice
    engine::ClassValues with_sites = written;
    with_sites.insert(with_sites.end(), {{"class 20", 0.5}, {"class 50", 0}});
    CHECK(engine::class_values(*plain->model, 0, sites) == with_sites);
    const StudyFolder folder;
    folder.features("soil.geojson",
                    {rectangle(0, 0, 60, 120, R"("kind": "clay")"), rectangle(60, 0, 60, 120, R"("kind": "sand")")});
    const auto p = folder.ready(square_area(12) + R"(layers: {soil: soil.geojson}
criteria:
  land:
    soil: {measure: {category: {of: soil, field: kind}}, value: {categories: {clay: 0.3, other: 1}}}
)");
    CHECK(engine::class_values(*p->model, 0, std::vector{1.0}) == engine::ClassValues{{"clay", 0.3}, {"sand", 1}});
}
