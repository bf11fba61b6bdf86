// SPDX-License-Identifier: Apache-2.0
#include "engine/model/alternatives.hpp"

#include "engine/model/matrix.hpp"
#include "tests/support/study.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::Sense;

namespace {

/// Heights grow by 1 m a column of 10 m to the east: the low site measures 1 m, the high one 6 m.
engine::DecisionMatrix matrix_with(const std::string& value, const std::string& more = "") {
    const tests::StudyFolder folder;
    std::vector<float> heights, cover;
    for (int i = 0; i < 100; ++i) {
        heights.push_back(static_cast<float>(i % 10));
        cover.push_back(i % 10 < 3 ? 10 : 20);
    }
    folder.raster("hill.tif", 10, heights);
    folder.raster("cover.tif", 10, cover);
    folder.features("sites.geojson", {tests::rectangle(10, 0, 10, 50, R"("name": "low")"),
                                      tests::rectangle(60, 0, 10, 50, R"("name": "high")")});
    const auto p = folder.ready(tests::square_area(10) +
                                "layers: {hill: {source: hill.tif, unit: m}, cover: {source: cover.tif, values: "
                                "classes}}\nsites: {source: sites.geojson, name: name}\n"
                                "criteria: {land: {hill: {measure: {sample: {of: hill}}, value: " +
                                value + "}" + more + "}}\n");
    return alternatives(tests::ranked(*p, 512), *p->model);
}

} // namespace

TEST_CASE("alternatives are the ranked sites, best first") {
    const auto matrix = matrix_with("{linear: {worst: 0 m, best: 10 m}}");
    CHECK(matrix.alternatives == std::vector<std::string>{"high", "low"});
    CHECK(matrix.criteria == std::vector<std::string>{"hill"});
    CHECK(matrix.weights == std::vector<double>{1});
    CHECK(matrix.measurements == std::vector<double>{6, 1});
    CHECK(matrix.values[0] == doctest::Approx(0.6));
}

TEST_CASE("alternatives: a criterion's sense is its value function's, over the sites") {
    CHECK(matrix_with("{linear: {worst: 0 m, best: 10 m}}").senses[0] == Sense::more);
    CHECK(matrix_with("{linear: {worst: 10 m, best: 0 m}}").senses[0] == Sense::less);
    CHECK(matrix_with("{gaussian: {ideal: 3 m, spread: 1 m}}").senses[0] == Sense::neither);
    CHECK(matrix_with("{gaussian: {ideal: 0 m, spread: 9 m}}").senses[0] == Sense::less);
    CHECK(matrix_with("{step: {at: 50 m}}").senses[0] == Sense::more); // flat from site to site
    const auto classes =
        matrix_with("{step: {at: 3 m}}", ", cover: {measure: {category: {of: cover}}, value: {categories: {10: 1, "
                                         "20: 0.5}}}");
    CHECK(classes.senses[1] == Sense::neither);
}
