// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/combined_ranking.hpp"
#include "engine/postgis/postgis_sites.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Whose rows those of a batch are: the title of its study, or the names of its studies (of many the first and the
/// last, their number, and a hash of all names).
std::string rows_of(const BatchSummary& summary);

/// The combined ranking as a table, with the columns of the combined files, in longitude and latitude. Ranks are whole
/// numbers; what files have of other numbers doesn't tell 2.0 from 2, so that they are double precision, but for
/// columns of whole numbers that a double can't hold. REQUIRES that the sites outlive it, and columns alike.
SiteTable combined_table(const std::string& study, const std::string& run, const std::vector<CombinedSite>& sites);

struct BatchJobs;

/// Tells what would stand in the way of the combined ranking's table, before anything is run: throws Error as
/// check_target() of what is known of its columns by then, and where there will be no such ranking.
void check_combined_table(const BatchJobs& jobs, const PostgisTarget& target);
/// The same of all columns, as the sites of one district show them.
void check_combined_table(const std::vector<CombinedSite>& sites, const PostgisTarget& target);

/// Why the sites of a batch that has ended don't go into a table: some had no turn, or there is no combined ranking.
/// Empty: they do.
std::string why_no_table(const BatchSummary& summary);

/// Writes the batch's sites, once their files are there; `run` is the SHA-256 of sites.geojson, so that the same
/// ranking has the same. Returns the table's full name, or nothing where why_no_table() says why. Throws Error as
/// write_sites_to_postgis(), and says that the folder is complete.
std::string write_combined_to_postgis(const std::filesystem::path& folder, const BatchSummary& summary,
                                      const std::vector<CombinedSite>& sites, const PostgisTarget& target);

} // namespace zonerank::engine
