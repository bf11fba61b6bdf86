// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/run.hpp"

namespace zonerank::tests {

/// 12 x 12 cells of 10 m in a friction of 30 m cells, 10 m near the area: a port and a
/// market are travelled to on foot and by a road at 60 km/h; a lake is a barrier.
inline std::string travelling_study(const StudyFolder& folder, const std::string& more = "") {
    folder.features("lake.geojson", {rectangle(60, 0, 60, 60)});
    folder.features("port.geojson", {rectangle(300, 300, 10, 10)});
    folder.features("market.geojson", {rectangle(5, 5, 10, 10)});
    folder.features("road.geojson", {{"", "LineString", {{0, 65}, {330, 65}}}});
    return "study: Travelling\n" + square_area(12) + R"(layers:
  lake: lake.geojson
  port: port.geojson
  market: market.geojson
  road: road.geojson
friction:
  cell: 30 m
  area: {box: [499800, 3599800, 500500, 3600500], crs: EPSG:32643}
  near: {cell: 10 m, within: 60 m}
  speeds: [{of: road, speed: 60 km/h}]
  barriers: [lake]
criteria:
  connectivity:
    port:
      measure: {travel time: {to: port}}
      value: {linear: {best: 0 min, worst: 10 min}}
    market:
      measure: {travel time: {to: market, limit: 1 min}}
      value: {linear: {best: 0 min, worst: 1 min}}
)" + more;
}

} // namespace zonerank::tests
