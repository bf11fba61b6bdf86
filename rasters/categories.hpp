// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace zonerank::rasters {

/// A named class of a categorical map.
struct Category {
    int value = 0; ///< 0 or more
    std::string name;
    std::array<std::uint8_t, 4> colour{}; ///< red, green, blue, alpha

    friend bool operator==(const Category&, const Category&) = default;
};

/// The classes as the `.aux.xml` that GDAL and QGIS read beside a raster: names
/// and colours up to the largest value, and no further. (A palette inside the
/// TIFF always has 256 or 65,536 entries, and legends show them all.)
std::string categories_xml(std::span<const Category> categories);

/// A text as it stands in XML, between tags or quotes.
std::string xml_escaped(const std::string& text);

} // namespace zonerank::rasters
