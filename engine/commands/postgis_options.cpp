// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/postgis_options.hpp"

#include "engine/model/matrix.hpp"
#include "engine/plan/plan_folder.hpp"
#include "engine/study/no_sites.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/sha256.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace zonerank::engine {

void add_postgis_options(CLI::App& command, PostgisOptions& options) {
    CLI::Option* const database =
        command.add_option("--to-postgis", options.database,
                           "write the ranked sites into a PostGIS database, too (PG:dbname=...), in one transaction");
    command.add_option("--to-table", options.table, "[SCHEMA.]TABLE there; only the study's own rows are replaced")
        ->capture_default_str()
        ->needs(database);
}

std::optional<PostgisTarget> postgis_target(const PostgisOptions& options) {
    if (options.database.empty())
        return std::nullopt;
    PostgisTarget target{.database = rasters::without_password(options.database), .table = options.table};
    if (!rasters::names_database(target.database))
        throw Error("--to-postgis: {}: a database is expected, as in PG:dbname=zones", target.database);
    return target;
}

std::optional<PostgisTarget> postgis_target(const PostgisOptions& options, const Prepared& prepared) {
    const std::optional<PostgisTarget> target = postgis_target(options);
    if (!target)
        return target;
    if (!ranks_sites(prepared.study, prepared.territory))
        throw Error("--to-postgis writes ranked sites, and the study has no `sites`");
    const Ranking none = ranking_of_none(prepared.study, *prepared.model, prepared.territory);
    in_context("--to-postgis", [&] { check_target(table_of(none, prepared.territory, ""), Columns::all, *target); });
    return target;
}

RunOptions kept_for(const std::optional<PostgisTarget>& target, RunOptions options) {
    options.keep_plan = options.keep_plan || target.has_value();
    return options;
}

static std::string write(const RunResult& result, const Prepared& prepared, const PostgisTarget& target,
                         const PlanFolder& plan) {
    const OnTheWay on_the_way(result.folder);
    try {
        const std::string run = sha256_of_file(result.folder / "manifest.json");
        return write_sites_to_postgis(table_of(result.ranking, prepared.territory, run), target);
    } catch (const Error& e) {
        const std::string kept =
            plan.exists() ? fmt::format("; {} is kept: the same command goes on", plan.path().string()) : "";
        throw Error("{} is complete, but --to-postgis: {}{}", result.folder.string(), e.what(), kept);
    }
}

std::string write_sites(const RunResult& result, const Prepared& prepared, const std::optional<PostgisTarget>& target,
                        bool keep_plan) {
    if (!target)
        return "";
    const PlanFolder plan(PlanFolder::beside(result.folder));
    std::string table = write(result, prepared, *target, plan);
    if (!keep_plan && plan.exists()) {
        const rasters::FileDescriptor lock = plan.lock(true);
        plan.remove();
    }
    return table;
}

std::string table_line(const std::string& table, const PostgisTarget& target, std::size_t sites) {
    return fmt::format("{} {} in {} of {}\n", sites, sites == 1 ? "site" : "sites", shown_on_terminal(table),
                       shown_on_terminal(rasters::database_label(target.database)));
}

} // namespace zonerank::engine
