// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run.hpp"
#include "tests/support/study.hpp"

namespace zonerank::tests {

/// A small study with everything in it: a ramp as a raster, a lake, two sites, of
/// which one lies half in the lake. 12 x 12 cells of 10 m.
inline std::string small_study(const StudyFolder& folder, const std::string& more = "") {
    std::vector<float> ramp;
    for (int cell = 0; cell < 144; ++cell)
        ramp.push_back(static_cast<float>(cell % 12 * 10));
    folder.raster("ramp.tif", 12, ramp);
    folder.features("lake.geojson", {rectangle(60, 0, 60, 60)});
    folder.features("sites.geojson", {rectangle(10, 70, 40, 40, R"("name": "hill", "price": 3)"),
                                      rectangle(40, 10, 40, 40, R"("name": "shore", "price": 5)")});
    return "study: Small\n" + square_area(12) + R"(layers:
  ramp: {source: ramp.tif, unit: m}
  lake: lake.geojson
criteria:
  location:
    height:
      weight: 3
      measure: {sample: {of: ramp}}
      value: {linear: {worst: 0 m, best: 100 m}}
    water:
      weight: 1
      measure: {distance: {to: lake}}
      value: {linear: {best: 0 m, worst: 100 m}}
constraints:
  lake: {inside: {of: lake}}
sites: {source: sites.geojson, name: name, keep: [price], needs: {usable: 40 %}}
)" + more;
}

inline engine::RunResult run_in(const StudyFolder& folder, engine::Prepared& prepared,
                                engine::RunOptions options = {}) {
    options.output = folder.path("out");
    options.threads = options.threads ? options.threads : 2;
    return engine::run(prepared, options, false);
}

} // namespace zonerank::tests
