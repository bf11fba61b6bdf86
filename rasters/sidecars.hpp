// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace zonerank::rasters {

/// Throws Error unless the overviews and masks beside a file, which GDAL opens
/// on its own and in any format, are TIFF.
void check_sidecars(const std::string& path);

/// Whether this is an SQLite file (GPKG) in write-ahead mode, which must be
/// opened as immutable lest SQLite writes beside it. Throws Error when another
/// program's changes are still in the log: what we would read is out of date.
bool has_write_ahead_log(const std::string& path);

} // namespace zonerank::rasters
