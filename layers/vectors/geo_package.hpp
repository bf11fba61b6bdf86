// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/features.hpp"

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace zonerank::layers {

/// A layer of polygons for a GeoPackage.
struct PackageLayer {
    std::string name;                ///< [a-z_]+
    std::string description{};       ///< one line, for people
    std::vector<std::string> fields; ///< unique, letter case aside
    std::size_t rows = 0;
    std::function<Feature(std::size_t row)> feature; ///< its polygons (none: no geometry), one value per field
    std::string style{};                             ///< a whole .qml; empty: none
};

/// Writes layers as multipolygons to a file, in the place of what is there (OGC 12-128r17, by GDAL),
/// with a spatial index, and their styles to a table `layer_styles`, from which QGIS takes them when it adds a layer.
/// A field in which only whole numbers stand holds whole numbers, one of numbers numbers, any
/// other, and one without a value, text; NaN and what is not there are NULL. Texts are cut at
/// control character 0; bytes that are no UTF-8 are not for here. The same layers are always the
/// same bytes: all dates in it are 1970-01-01. Nothing waits for the disk.
/// Holds a layer's features in memory. For any thread. Throws Error naming the file when it can't be written.
void write_geo_package(const std::filesystem::path& path, const rasters::Crs& crs,
                       std::span<const PackageLayer> layers);

} // namespace zonerank::layers
