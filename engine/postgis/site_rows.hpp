// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/study/territory.hpp"

#include <cstddef>
#include <functional>
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

/// Ranked sites on their way into a table: what they have, and the ground of each. For one thread.
struct SiteTable {
    std::string study;                ///< whose rows they are
    std::string run;                  ///< whose results they are, of that study
    std::vector<std::string> columns; ///< as files call them
    std::size_t sites = 0;
    rasters::Crs crs{}; ///< of the ground; unknown while there are no sites
    std::function<layers::Field(std::size_t site, std::size_t column)> field{};
    std::function<std::string(std::size_t site)> name{}; ///< for messages
    /// In that CRS, or in longitude and latitude with 7 decimals and cut at the antimeridian; empty: none is left.
    std::function<std::vector<rasters::Polygon>(std::size_t site, bool lonlat)> ground{};
};

/// Those of a run, with the columns of site_columns(). REQUIRES that ranking and territory outlive it.
SiteTable table_of(const Ranking& ranking, const Territory& territory, const std::string& run);

/// Its columns, in their order and under their names. One that is called as ours, or as
/// what PostgreSQL keeps for itself (xmin, ctid ...), gets a "_" behind; long names are cut between
/// characters, and kept apart. Whole numbers alone are bigint, numbers double precision, all else text.
std::vector<TableColumn> table_columns(const SiteTable& table);

/// Lines for COPY ... FROM STDIN in text format, a line for each site in its order: study, run, the columns
/// above, the ground as a multipolygon of that SRID (NULL where none is left), in longitude and latitude
/// when `lonlat`, otherwise in the table's CRS. Bytes that are no UTF-8 become U+FFFD. Throws Error for a text
/// with a character 0, naming the site.
std::string copy_lines(const SiteTable& table, bool lonlat, int srid);

/// Polygons as EWKB in hexadecimal digits: a MultiPolygon of that SRID.
std::string ewkb_hex(const std::vector<rasters::Polygon>& polygons, int srid);

} // namespace zonerank::engine
