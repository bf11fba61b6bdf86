// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"

#include <string>

namespace zonerank::rasters {

/// Whether GDAL would take this file's content for a virtual raster or a
/// virtual vector data set, whatever its name.
bool is_vrt(const std::string& path);

/// Throws Error unless each source that the VRT names may be opened (VRTs among
/// them are followed, to a depth of 8), and it holds no program text, no SQL, no
/// raw file layout and no open options that could do more than read.
void check_vrt(const std::string& path, const Access& access);

} // namespace zonerank::rasters
