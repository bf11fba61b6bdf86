// SPDX-License-Identifier: Apache-2.0
#include "engine/model/advice.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

static std::string warnings(const engine::Prepared& prepared) {
    std::string all;
    for (const auto& warning : prepared.problems.warnings())
        all += warning.text + "\n";
    return all;
}

static std::string study_with(const StudyFolder& folder, const std::string& from, const std::string& to) {
    std::string study = small_study(folder);
    return study.replace(study.find(from), from.size(), to);
}

TEST_CASE("a layer that ends where a criterion still looks is told") {
    const StudyFolder folder;
    const std::string study = small_study(folder);
    folder.features("lake.geojson", {rectangle(-30, -30, 180, 180)});
    CHECK(warnings(*folder.prepared(study)).find("'lake' ends where the area does, but counts up to 0.1 km") !=
          std::string::npos);
    folder.features("lake.geojson", {rectangle(-200, -200, 520, 520)});
    CHECK(warnings(*folder.prepared(study)) == "");
}

TEST_CASE("a raster much coarser than the cells is told") {
    const StudyFolder folder;
    const std::string study = small_study(folder);
    CHECK(warnings(*folder.prepared(study)).find("coarser") == std::string::npos);
    folder.raster("ramp.tif", 4, std::vector<float>(16, 5.0F), 30);
    CHECK(warnings(*folder.prepared(study)).find("layer 'ramp' has cells of 30 m, coarser than the grid's 10 m") !=
          std::string::npos);
}

TEST_CASE("a line narrower than a cell is told, unless every part of a cell counts") {
    const StudyFolder folder;
    const auto with = [&](const std::string& constraint) {
        const std::string study = study_with(folder, "lake: {inside: {of: lake}}", constraint);
        folder.features("lake.geojson", {{"", "LineString", {{0, 0}, {120, 120}}}});
        return warnings(*folder.prepared(study));
    };
    CHECK(with("lake: {inside: {of: lake}}").find("narrower than a cell") != std::string::npos);
    CHECK(with("lake: {inside: {of: lake, buffer: 5 m}}").find("narrower than a cell") == std::string::npos);
    CHECK(with("lake: {inside: {of: lake, cells: any part}}").find("narrower than a cell") == std::string::npos);
}

TEST_CASE("how far a value function sees") {
    const StudyFolder folder;
    const auto seen = [&](const std::string& measure, const std::string& value) {
        std::string study = study_with(folder, "{distance: {to: lake}}", measure);
        const std::string old = "{linear: {best: 0 m, worst: 100 m}}";
        study.replace(study.find(old), old.size(), value);
        return engine::sight(folder.prepared(study)->decision.criteria[1]);
    };
    CHECK(seen("{distance: {to: lake}}", "{linear: {best: 0 m, worst: 100 m}}") == 100);
    CHECK(seen("{distance: {to: lake}}", "{linear: {worst: 0 m, best: 3 km}}") == 3000);
    CHECK(seen("{distance: {to: lake}}", "{piecewise: {0 m: 1, 70 m: 0.5, 2 km: 0}}") == 2000);
    CHECK(seen("{distance: {to: lake}}", "{power: {lower: 0 m, upper: 4 km, exponent: 2}}") == 4000);
    CHECK(seen("{distance: {to: lake}}", "{fuzzy linear: {c: 1 km, d: 5 km}}") == 5000);
    CHECK(seen("{distance: {to: lake, limit: 500 m}}", "{linear: {best: 0 m, worst: 3 km}}") == 500);
    CHECK(seen("{distance: {to: lake}}", "{gaussian: {ideal: 5 m, spread: 4 m}}") == 0);
}
