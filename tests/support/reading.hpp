// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/reader.hpp"
#include "tests/support/bits.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <gdal_priv.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace zonerank::tests {

inline const rasters::Crs utm43 = rasters::parse_crs("EPSG:32643"), utm42 = rasters::parse_crs("EPSG:32642");

// Hills of a few hundred metres, by place in pixels.
inline double hill(double x, double y) {
    return 500 + 120 * std::sin(x / 9) * std::cos(y / 13) + 30 * std::sin((x + y) / 3.1);
}

inline std::vector<float> filled(int cols, int rows, const std::function<double(int col, int row)>& f) {
    std::vector<float> values;
    for (int row = 0; row < rows; ++row)
        for (int col = 0; col < cols; ++col)
            values.push_back(static_cast<float>(f(col, row)));
    return values;
}

inline constexpr int dem_cols = 220, dem_rows = 180;
inline const MadeRaster dem_frame{"EPSG:32643", 300'000, 3'680'400, 30, dem_cols, dem_rows};
inline const rasters::Box dem_box{300'000, 3'680'400 - 180 * 30, 300'000 + 220 * 30, 3'680'400};

inline bool in_hole(int col, int row) {
    return std::hypot(col - 100, row - 90) < 15;
}

inline std::string make_dem(const Folder& folder, bool hole = false) {
    return write_raster(
        folder / (hole ? "hole.tif" : "dem.tif"), dem_frame,
        filled(dem_cols, dem_rows, [=](int c, int r) { return hole && in_hole(c, r) ? -9999 : hill(c, r); }));
}

inline std::vector<float> all_values(const std::string& path) {
    const auto file = rasters::open(path, rasters::DatasetKind::raster, {});
    std::vector<float> values(static_cast<std::size_t>(file->GetRasterXSize()) *
                              static_cast<std::size_t>(file->GetRasterYSize()));
    REQUIRE(file->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, file->GetRasterXSize(), file->GetRasterYSize(),
                                             values.data(), file->GetRasterXSize(), file->GetRasterYSize(), GDT_Float32,
                                             0, 0, nullptr) == CE_None);
    return values;
}

// The grid's cells as gdalwarp gives them, exact transformer; -9999 for none.
inline std::vector<float> warped(const Folder& folder, const std::string& from, const rasters::Grid& grid,
                                 const std::string& how, const std::string& more = "") {
    const std::string to = folder / "warped.tif";
    const rasters::Box box = grid.box();
    write_file(folder / "grid.wkt", grid.crs);
    const std::string said =
        output_of(fmt::format("gdalwarp -q -overwrite -et 0 -ovr NONE -wo SAMPLE_GRID=YES -r {} -t_srs {} -te {:.17g} "
                              "{:.17g} {:.17g} {:.17g} -ts {} {} -ot Float32 -dstnodata -9999 {} {} {}",
                              how, (folder / "grid.wkt").string(), box.xmin, box.ymin, box.xmax, box.ymax, grid.cols,
                              grid.rows, more, from, to));
    REQUIRE_MESSAGE(said.empty(), said);
    return all_values(to);
}

struct Difference {
    double largest = 0;
    int cells = 0, only_one = 0; ///< with data in both, in one of the two
};

inline Difference difference(std::span<const float> ours, std::span<const float> theirs) {
    REQUIRE(ours.size() == theirs.size());
    Difference d;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        const bool here = !std::isnan(ours[i]), there = theirs[i] != -9999.0F;
        if (here && there) {
            d.largest = std::max(d.largest, std::abs(1.0 * ours[i] - 1.0 * theirs[i]));
            ++d.cells;
        } else if (here != there)
            ++d.only_one;
    }
    return d;
}

inline rasters::Tile read_all(const rasters::RasterSource& source, const rasters::Grid& grid) {
    return rasters::RasterReader(source, grid, {}).read(grid.window());
}

inline rasters::Grid grid_in(const rasters::Crs& crs, const rasters::Box& box, double cell) {
    return rasters::grid_over(rasters::reproject(box, rasters::Transform(utm43, crs)), cell, crs.wkt);
}

inline double sum_of(const rasters::Tile& tile) {
    double sum = 0;
    for (const float v : tile.values())
        sum += std::isnan(v) ? 0 : 1.0 * v;
    return sum;
}

} // namespace zonerank::tests
