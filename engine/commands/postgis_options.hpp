// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/postgis/postgis_sites.hpp"
#include "engine/run.hpp"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace zonerank::engine {

/// What the commands that rank sites are told of a database.
struct PostgisOptions {
    std::string database; ///< empty: none
    std::string table = PostgisTarget{}.table;
};

/// --to-postgis and --to-table. The options have to outlive the app.
void add_postgis_options(CLI::App& command, PostgisOptions& options);

/// Where the sites go to beside the folder, its password hidden; none: nowhere. Throws Error for what names no
/// database.
std::optional<PostgisTarget> postgis_target(const PostgisOptions& options);

/// The same for a study's sites, looked at before a long run. Throws Error as check_target(), and for a study without
/// sites.
std::optional<PostgisTarget> postgis_target(const PostgisOptions& options, const Prepared& prepared);

/// What a run does so that write_sites() can be done again without it: its plan, if it has one, stays until then.
RunOptions kept_for(const std::optional<PostgisTarget>& target, RunOptions options);

/// A run's sites, after its folder is published; then its plan is removed, unless it is to be kept. Returns the table's
/// full name, empty without a target. Throws Error that says that the folder is complete, and what is kept.
std::string write_sites(const RunResult& result, const Prepared& prepared, const std::optional<PostgisTarget>& target,
                        bool keep_plan = false);

/// "4 sites in gis.sites of database 'zones'", and a line's end.
std::string table_line(const std::string& table, const PostgisTarget& target, std::size_t sites);

} // namespace zonerank::engine
