// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/commands/left_files.hpp"
#include "engine/commands/telling.hpp"
#include "engine/outputs/check.hpp"
#include "engine/outputs/figures.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/outputs/site_columns.hpp"
#include "engine/run.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace zonerank::engine {

namespace {

struct Options : StudyOptions {
    std::filesystem::path output;
    std::optional<std::string> expected;
    bool sites_only = false;
};

int compare(const Ranking& ranking, const ExpectedRanking& expected, const std::string& file) {
    const std::vector<std::string> found = differences(ranking, expected);
    for (const std::string& difference : found)
        fmt::print(stderr, "{}\n", shown_on_terminal(difference));
    if (found.empty())
        fmt::print(stderr, "the ranking agrees with {}\n", file);
    return found.empty() ? ok : users_error;
}

RunResult result_of(Prepared& prepared, const Options& options, const std::atomic<bool>& stop) {
    RunOptions wanted{.threads = options.threads, .tile = options.tile, .sites_only = options.sites_only};
    if (!options.output.empty())
        wanted.output = options.output;
    ProgressLine progress = progress_line(options);
    progress.set_cells(options.sites_only ? 0 : prepared.territory.grid.window().size());
    wanted.progress = std::ref(progress);
    return run(prepared, wanted, stop);
}

void print(const RunResult& result, bool sites) {
    const TableStyle style = style_for(STDOUT_FILENO);
    if (sites)
        fmt::print("{}", ranking_table(result.ranking, style));
    for (const std::string& table : result.tables)
        fmt::print("\n{}", sentences_wrapped(table, style.width));
    fmt::print("{}", left_files_text(result.folder, result.outputs, result.carried, result.seconds));
}

Json ranking_json(const Ranking& ranking) {
    const std::vector<SiteColumn> columns = site_columns(ranking);
    Json rows = Json::array();
    for (const SiteRow& row : ranking.rows) {
        Json& site = rows.emplace_back(Json::object());
        for (const SiteColumn& column : columns)
            site[column.name] = field_json(column.of(row));
    }
    return rows;
}

Json result_json(const Prepared& prepared, const Options& options, const RunResult& result) {
    Json object = study_json(prepared, options);
    object["folder"] = std::filesystem::absolute(result.folder).string();
    object["seconds"] = result.seconds;
    object["ranking"] = ranking_json(result.ranking);
    object["files"] = files_json(result.folder, result.outputs);
    object["kept"] = result.carried;
    return object;
}

int run_study(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, options.output, stop);
    if (!prepared->problems.ok())
        return refused(*prepared, options);
    std::optional<ExpectedRanking> expected; // before the run: it may be a file that the run replaces
    if (options.expected)
        expected = read_expected(*options.expected);
    const RunResult result = result_of(*prepared, options, stop);
    tell_warnings(*prepared, options);
    if (options.json)
        print_json(result_json(*prepared, options, result));
    else if (!options.quiet)
        print(result, prepared->study.sites.has_value());
    return expected ? compare(result.ranking, *expected, *options.expected) : ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    add_study_options(command, *options);
    add_tile_option(command, *options);
    add_measuring_options(command, *options);
    command.add_option("-o,--output", options->output, "folder to write instead of the study's");
    command.add_flag("--sites-only", options->sites_only, "no maps; the ranking is the same to the last byte");
    command.add_option("--check", options->expected, "compare the ranking with this CSV (tolerance 1e-6)");
    add_json_option(command, options->json,
                    "the ranking (rows as in sites.geojson), the folder, its files, seconds and warnings");
    return [options](const std::atomic<bool>& stop) {
        return traced(*options, [&] { return run_study(*options, stop); });
    };
}

} // namespace

Command run_command() {
    return {"run", "score every cell and every site of a study, and write its folder of results", declare};
}

} // namespace zonerank::engine
