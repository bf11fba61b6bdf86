// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/bits.hpp"
#include "tests/support/study.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

// The land that tests of the model score.

namespace zonerank::tests::scored {

inline constexpr int side = 10; // cells of 10 m
inline const float gap = rasters::no_data;

inline float height(rasters::Cell c) {
    return static_cast<float>(c.col + 10 * c.row);
}

/// An L of land with a hill, a road along its western edge, a lake; and what each
/// cell of it is by hand.
class Land {
public:
    explicit Land(const std::vector<rasters::Cell>& gaps = {}) {
        m_folder.features("area.geojson", {rectangle(0, 0, 100, 50), rectangle(0, 0, 50, 100)});
        m_folder.features("road.geojson", {{"", "LineString", {{0, -1000}, {0, 1000}}}});
        m_folder.features("lake.geojson", {rectangle(20, 20, 20, 20)});
        m_folder.features("pit.geojson", {rectangle(38, 18, 4, 4)});
        m_folder.features("sites.geojson", {rectangle(30, 60, 10, 10, R"("price": 4)")});
        std::vector<float> heights;
        for (int row = 0; row < side; ++row)
            for (int col = 0; col < side; ++col)
                heights.push_back(std::ranges::count(gaps, rasters::Cell{col, row}) > 0 ? gap : height({col, row}));
        m_folder.raster("hill.tif", side, heights);
    }

    const StudyFolder& folder() const { return m_folder; }

    std::unique_ptr<engine::Prepared> ready(const std::string& criteria, const std::string& more = "") const {
        return m_folder.ready(
            "area: {source: area.geojson}\n"
            "grid: {crs: EPSG:32643, cell: 10 m}\n"
            "layers: {hill: {source: hill.tif, unit: m}, road: road.geojson, lake: lake.geojson, pit: pit.geojson}\n"
            "sites: {source: sites.geojson}\n"
            "criteria:\n" +
            criteria + more);
    }

    static bool in_area(rasters::Cell c) { return c.col < 5 || c.row >= 5; }
    static bool in_lake(rasters::Cell c) { return c.col >= 2 && c.col < 4 && c.row >= 6 && c.row < 8; }
    static double hill_value(rasters::Cell c) { return 1 - height(c) / 100.0; }
    static double road_value(rasters::Cell c) { return 1 - (5 + 10 * c.col) / 100.0; }

private:
    StudyFolder m_folder;
};

inline const std::string hill = "measure: {sample: {of: hill}}, value: {linear: {best: 0 m, worst: 100 m}}";
inline const std::string road = "measure: {distance: {to: road}}, value: {linear: {best: 0 m, worst: 100 m}}";
inline const std::string lake = "constraints: {lake: {inside: {of: lake}}}\n";

inline std::string two(const std::string& of_hill = "", const std::string& of_road = "") {
    return "  t:\n    a: {weight: 1, " + hill + of_hill + "}\n    b: {weight: 3, " + road + of_road + "}\n";
}

inline void for_each_cell(const std::function<void(rasters::Cell)>& visit) {
    for (int row = 0; row < side; ++row)
        for (int col = 0; col < side; ++col)
            visit({col, row});
}

/// The state of each cell: o outside, X excluded, ? unknown, a assumed, . valid.
inline std::string states(const engine::Model& model, const rasters::Raster<engine::Mask>& mask) {
    std::string drawn;
    for (int row = mask.window().row; row < mask.window().row + mask.window().rows; ++row) {
        for (const engine::Mask cell : mask.row(row))
            drawn += "oX?a."[static_cast<int>(model.code().state(cell))];
        drawn += '\n';
    }
    return drawn;
}

inline std::string states(const engine::Prepared& p) {
    return states(*p.model, p.model->evaluate(p.model->grid().window()).mask);
}

/// Whether an evaluated tile has the very bytes of the whole.
inline bool same_as(const engine::Evaluation& whole, const engine::Evaluation& tile) {
    const rasters::Window w = tile.mask.window();
    for (int row = w.row; row < w.row + w.rows; ++row) {
        const auto cut = [&](const auto& raster) {
            return raster.row(row).subspan(static_cast<std::size_t>(w.col - whole.mask.window().col),
                                           static_cast<std::size_t>(w.cols));
        };
        if (!std::ranges::equal(cut(whole.mask), tile.mask.row(row)) ||
            !same_bits(cut(whole.score), tile.score.row(row)))
            return false;
        for (std::size_t i = 0; i < whole.values.size(); ++i)
            if (!same_bits(cut(whole.values[i]), tile.values[i].row(row)) ||
                !same_bits(cut(whole.measurements[i]), tile.measurements[i].row(row)))
                return false;
    }
    return true;
}

} // namespace zonerank::tests::scored
