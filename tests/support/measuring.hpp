// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"
#include "rasters/crs.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/yaml.hpp"

#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::tests {

inline const std::string& utm43() {
    static const std::string wkt = rasters::parse_crs("EPSG:32643").wkt;
    return wkt;
}

/// A grid of UTM 43N with its south-west corner (and anchor) at (500000, 3600000).
inline rasters::Grid grid_of(int cols, int rows, double cell) {
    constexpr double x = 500'000, y = 3'600'000;
    return rasters::grid_over({x, y, x + cols * cell, y + rows * cell}, cell, utm43(), {x, y});
}

/// A layer of UTM 43N from features in well-known text, one per line: a CSV with
/// columns id (from 0), the header's own, and wkt.
inline layers::LayerSpec wkt_layer(const Folder& folder, const std::string& name, const std::string& header,
                                   const std::vector<std::string>& lines) {
    std::string text = "id," + header + (header.empty() ? "" : ",") + "wkt\n";
    for (std::size_t i = 0; i < lines.size(); ++i)
        text += std::to_string(i) + "," + lines[i] + "\n";
    write_file(folder / (name + ".csv"), text);
    layers::LayerSpec spec;
    spec.name = name;
    spec.paths = {folder / (name + ".csv")};
    spec.crs = rasters::parse_crs("EPSG:32643");
    return spec;
}

/// A choice of measure as a study would write it. Throws Error with all complaints.
inline layers::Measure measure(const layers::Sources& sources, const std::string& text) {
    layers::Problems problems;
    const auto result = layers::read_measure(layers::parse_choice(yaml(text)), sources, "test", problems);
    if (!problems.ok() || !result)
        throw Error("{}", text_of(problems));
    return *result;
}

inline layers::Layer measured(layers::Sources& sources, const std::string& text, const rasters::Grid& grid) {
    return measure(sources, text).layer(sources, grid);
}

/// The whole grid in one window, with a rim of cells outside it.
inline rasters::Tile whole(const layers::Layer& layer, const rasters::Grid& grid, int rim = 0) {
    return layer.tile(grid.window().grown(rim));
}

/// Whether tiles of that side hold the very bytes of the whole.
inline bool same_in_tiles(const layers::Layer& layer, const rasters::Grid& grid, int side) {
    const rasters::Tile all = whole(layer, grid, 3);
    for (const rasters::Window& window : rasters::tiles(all.window(), side)) {
        const rasters::Tile tile = layer.tile(window);
        if (!(tile.window() == window))
            return false;
        for (int row = window.row; row < window.row + window.rows; ++row)
            if (std::memcmp(tile.row(row).data(), &all[{window.col, row}],
                            sizeof(float) * static_cast<std::size_t>(window.cols)) != 0)
                return false;
    }
    return true;
}

} // namespace zonerank::tests
