// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/study.hpp"

#include <string>
#include <vector>

// The land that tests of the decision matrix rank sites on.

namespace zonerank::tests::ranked_on {

inline const float gap = rasters::no_data;

/// 10 x 10 cells of 10 m: heights grow by 1 m a column to the east; a road along
/// the western edge, a lake in the south-east.
class Land {
public:
    Land() {
        m_folder.features("road.geojson", {{"", "LineString", {{0, -1000}, {0, 1000}}}});
        m_folder.features("lake.geojson", {rectangle(63, 0, 37, 40)});
        std::vector<float> heights, holes, cover;
        for (int row = 0; row < 10; ++row)
            for (int col = 0; col < 10; ++col) {
                heights.push_back(static_cast<float>(col));
                holes.push_back(col < 5 ? static_cast<float>(row) : gap);
                cover.push_back(static_cast<float>(col < 3 ? 10 : 20));
            }
        m_folder.raster("hill.tif", 10, heights);
        m_folder.raster("holes.tif", 10, holes);
        m_folder.raster("cover.tif", 10, cover);
    }

    engine::Ranking rank(const std::vector<MadeFeature>& sites, const std::string& criteria,
                         const std::string& more = "", const std::string& of_sites = "", int side = 512) const {
        m_folder.features("sites.geojson", sites);
        const auto p = m_folder.ready(square_area(10) +
                                      "layers: {hill: {source: hill.tif, unit: m}, holes: {source: holes.tif, unit: "
                                      "m}, cover: {source: cover.tif, "
                                      "values: classes}, road: road.geojson, lake: lake.geojson}\n"
                                      "sites: {source: sites.geojson, name: name" +
                                      of_sites + "}\ncriteria:\n" + criteria + more);
        return ranked(*p, side);
    }

private:
    StudyFolder m_folder;
};

inline const std::string hill = "measure: {sample: {of: hill}}, value: {linear: {best: 0 m, worst: 10 m}}";
inline const std::string holes = "measure: {sample: {of: holes}}, value: {linear: {best: 0 m, worst: 10 m}}";
inline const std::string road = "measure: {distance: {to: road}}, value: {linear: {best: 0 m, worst: 0.1 km}}";
inline const std::string price =
    "measure: {site field: {field: price, unit: PKR/acre}}, value: {linear: {best: 0, worst: 10 PKR/acre}}";
inline const std::string lake = "constraints: {lake: {inside: {of: lake}}}\n";

/// Two criteria of one theme.
inline std::string two(const std::string& of_hill = "") {
    return "  t:\n    a: {weight: 1, " + hill + of_hill + "}\n    b: {weight: 3, " + road + "}\n";
}

inline MadeFeature site(const std::string& name, double x, double y, double width, double height,
                        const std::string& more = "") {
    return rectangle(x, y, width, height, fmt::format(R"("name": "{}"{}{})", name, more.empty() ? "" : ", ", more));
}

inline double sum(const engine::StateShares& s) {
    return s.valid + s.assumed + s.unknown + s.excluded + s.outside;
}

} // namespace zonerank::tests::ranked_on
