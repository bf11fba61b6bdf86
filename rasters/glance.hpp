// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/reader.hpp"

#include <string>
#include <vector>

namespace zonerank::rasters {

/// What a raster's first band holds, at a glance.
struct Glance {
    RasterInfo info;
    std::string unit, description; ///< as the file says; mostly empty
    bool whole = false;            ///< stored as whole numbers
    double least = 0, most = 0;    ///< of the pixels looked at; 0 when none has data
    std::vector<int> classes; ///< the different whole numbers among them, rising; empty when more than 64, or fractions
};

/// Opens a raster and looks at some 256 x 256 of its pixels, evenly spread, as
/// they stand in the file (or its overviews): enough for a guess, no more. No-data is left out; scale and offset are
/// applied. Throws Error as inspect() does, and when a block can't be decoded.
Glance glance(const std::string& path, const Access& access);

} // namespace zonerank::rasters
