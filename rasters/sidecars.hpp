// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace zonerank::rasters {

/// Throws Error unless the overviews and masks beside a file, which GDAL opens
/// on its own and in any format, are TIFF.
void check_sidecars(const std::string& path);

/// Whether this is an SQLite file (GPKG) in write-ahead mode, which must be
/// opened as immutable lest SQLite writes beside it. Throws Error when another
/// program's changes are still in the log: what we would read is out of date.
bool has_write_ahead_log(const std::string& path);

/// The names of files that change what is read of this one, listed by GDAL or not, whether they are there or not: of
/// a Shapefile its fields, encoding and indexes, of a CSV file the types of its columns, of GML its schema, world
/// files, overviews, masks. Not the statistics in .aux.xml, which GDAL is told not to read, nor the log of an SQLite
/// file, of which has_write_ahead_log() lets nothing be read. Looks at the name alone.
std::vector<std::string> companion_names(const std::string& path);

} // namespace zonerank::rasters
