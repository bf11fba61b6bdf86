// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/postgis/site_rows.hpp"
#include "rasters/core/undo.hpp"

#include <filesystem>
#include <string>

namespace zonerank::engine {

/// A table for ranked sites in a PostGIS database.
struct PostgisTarget {
    std::string database;                 ///< as for rasters::connection_words(), without its password
    std::string table = "zonerank_sites"; ///< or "schema.table"; else in the session's first schema
};

/// How much is known of a table's columns before there are sites.
enum class Columns {
    all, ///< with these names, of whatever types
    some ///< others may follow
};

/// Tells before a run what would stand in its way after it. `sites` has columns and a CRS, and need not have any
/// site. Throws Error: no connection within five seconds, no PostGIS in that database (it is never installed
/// from here), no such schema, a name of more than 63 bytes, a table that is not one of ours (columns,
/// types, SRID) or that this user may not write.
void check_target(const SiteTable& sites, Columns columns, const PostgisTarget& target);

/// Replaces the study's rows (those with its title in `study`) by these, in one transaction:
/// others see all of the old rows or all of the new. A table that isn't there is made, with the columns study,
/// run, written (the server's time), those of table_columns(), and geom: a MultiPolygon in the sites'
/// CRS where it is one of EPSG's that the database knows, else in EPSG:4326. Writers of one table
/// wait for each other, 10 seconds at most. Nothing is granted, altered or dropped. Returns the table's full name.
///
/// Throws Error that tells why, and that nothing was changed: a table of other columns or types, or what
/// the server says. Only where the connection breaks while it commits nobody knows, and the Error says so:
/// then all rows have the same `run`, the old or the new.
std::string write_sites_to_postgis(const SiteTable& sites, const PostgisTarget& target);

/// While this lives, a signal that ends the process has it say that a folder is complete, but its sites may be missing
/// in the database.
class OnTheWay {
public:
    explicit OnTheWay(const std::filesystem::path& folder);
    OnTheWay(const OnTheWay&) = delete;
    OnTheWay& operator=(const OnTheWay&) = delete;
    ~OnTheWay();

private:
    rasters::Undo m_begun;
};

} // namespace zonerank::engine
