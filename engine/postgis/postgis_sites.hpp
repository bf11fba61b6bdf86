// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/study/territory.hpp"

#include <string>

namespace zonerank::engine {

/// A table for ranked sites in a PostGIS database.
struct PostgisTarget {
    std::string database;                 ///< as for rasters::connection_words(), without its password
    std::string table = "zonerank_sites"; ///< or "schema.table"; else in the session's first schema
    bool lonlat = false;                  ///< of a new table: EPSG:4326, for studies on grids of several CRSs
};

/// Tells before a run what would stand in its way after it. Throws Error: no connection within five
/// seconds, no PostGIS in that database (it is never installed from here), no such schema, a name of
/// more than 63 bytes.
void check_target(const PostgisTarget& target);

/// Replaces the study's rows (those with its title in `study`) by the ranking's, in one transaction:
/// others see all of the old rows or all of the new. A table that isn't there is made, with the columns study,
/// run, written (the server's time), those of site_columns(), and geom: a MultiPolygon in the grid's
/// CRS where it is one of EPSG's that the database knows, else in EPSG:4326. Writers of one table
/// wait for each other, 10 seconds at most. Nothing is granted, altered or dropped. Returns the table's full name.
///
/// Throws Error that tells why, and that nothing was changed: a table of other columns or types, or what
/// the server says. Only where the connection breaks while it commits nobody knows, and the Error says so:
/// then all rows have the same `run`, the old or the new.
std::string write_sites_to_postgis(const Ranking& ranking, const Territory& territory, const std::string& run,
                                   const PostgisTarget& target);

} // namespace zonerank::engine
