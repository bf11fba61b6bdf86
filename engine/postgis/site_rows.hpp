// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "rasters/core/grid.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// A column of a table, as PostgreSQL has it.
struct TableColumn {
    std::string name;   ///< unique, 63 bytes at most
    std::string type;   ///< "bigint", "double precision", "text"
    bool empty = false; ///< no site has a value: any type would do
};

/// The columns that every table has beside those of site_columns(): whose rows they are, which run's, since when.
inline constexpr std::string_view study_column = "study", run_column = "run", written_column = "written",
                                  geometry_column = "geom";

/// Those of site_columns(), in their order and under their names. One that is called as ours, or as
/// what PostgreSQL keeps for itself (xmin, ctid ...), gets a "_" behind; long names are cut between
/// characters, and kept apart. Whole numbers alone are bigint, numbers double precision, all else text.
std::vector<TableColumn> table_columns(const Ranking& ranking);

/// Lines for COPY ... FROM STDIN in text format, a site each in the ranking's order: study, run, the columns
/// above, the ground as a multipolygon of that SRID (NULL where none is left). In longitude and latitude
/// when `lonlat`, with 7 decimals and cut at the antimeridian, otherwise in the grid's CRS. Bytes that
/// are no UTF-8 become U+FFFD. Throws Error for a text with a character 0, naming the site.
std::string copy_lines(const Ranking& ranking, const std::string& run, const rasters::Grid& grid, bool lonlat,
                       int srid);

/// Polygons as EWKB in hexadecimal digits: a MultiPolygon of that SRID.
std::string ewkb_hex(const std::vector<rasters::Polygon>& polygons, int srid);

} // namespace zonerank::engine
