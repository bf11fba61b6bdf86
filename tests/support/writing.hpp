// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"
#include "rasters/writer.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <gdal_priv.h>
#include <nlohmann/json.hpp>
#include <ogr_spatialref.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::tests {

/// Of a CRS by its EPSG code.
inline std::string wkt(int epsg) {
    OGRSpatialReference crs;
    crs.importFromEPSG(epsg);
    char* text = nullptr;
    crs.exportToWkt(&text);
    std::string result = text;
    CPLFree(text);
    return result;
}

inline rasters::Grid grid(int cols, int rows) {
    return {wkt(32643), 30, 10'000, -120'000, cols, rows, {}};
}

/// Scores on a slope, with a hole of no data in the middle.
inline float score(rasters::Cell c) {
    return std::hypot(c.col - 300, c.row - 200) < 50 ? rasters::no_data
                                                     : static_cast<float>((c.col * 7 + c.row * 3) % 1000) / 999;
}

inline std::uint8_t state(rasters::Cell c) {
    return static_cast<std::uint8_t>(c.col < 20 ? 0 : 1 + (c.col / 64 + c.row / 64) % 3);
}

template <typename T, typename Of>
rasters::Raster<T> tile_of(rasters::Window window, Of of) {
    rasters::Raster<T> tile(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col)
            tile[{col, row}] = of(rasters::Cell{col, row});
    return tile;
}

template <typename T, typename Of>
void write_map(const std::filesystem::path& path, const rasters::Grid& g, std::vector<rasters::Window> windows, Of of,
               rasters::MapOptions options = {}) {
    rasters::CogWriter<T> writer(path, g, std::move(options));
    for (const rasters::Window& window : windows)
        writer.write(tile_of<T>(window, of));
    writer.close();
}

inline nlohmann::json info(const std::filesystem::path& path, const std::string& options = "") {
    return nlohmann::json::parse(output_of("gdalinfo -json " + options + " " + path.string()));
}

inline std::string validation(const std::filesystem::path& path) {
    return output_of("/usr/bin/python3 /usr/lib/python3/dist-packages/osgeo_utils/samples/"
                     "validate_cloud_optimized_geotiff.py " +
                     path.string());
}

/// As GDAL reads them, of the map or of one of its overviews.
inline std::vector<float> cells(const std::filesystem::path& path, int overview = -1) {
    rasters::initialise_gdal();
    auto* data = static_cast<GDALDataset*>(GDALOpen(path.c_str(), GA_ReadOnly));
    REQUIRE(data);
    GDALRasterBand* band = data->GetRasterBand(1);
    if (overview >= 0)
        band = band->GetOverview(overview);
    REQUIRE(band);
    std::vector<float> values(static_cast<std::size_t>(band->GetXSize()) * static_cast<std::size_t>(band->GetYSize()));
    CHECK(band->RasterIO(GF_Read, 0, 0, band->GetXSize(), band->GetYSize(), values.data(), band->GetXSize(),
                         band->GetYSize(), GDT_Float32, 0, 0) == CE_None);
    GDALClose(data);
    return values;
}

} // namespace zonerank::tests
