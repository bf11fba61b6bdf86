// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/records/difference_text.hpp"
#include "engine/records/record_json.hpp"
#include "rasters/core/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

struct Options {
    fs::path before, after, map;
    bool json = false, overwrite = false;
};

void check_map(const Options& options) {
    if (options.map.empty())
        return;
    if (options.map.extension() != ".tif")
        throw Error("{}: the map of changes is a GeoTIFF; end its name in .tif", options.map.string());
    if (fs::exists(options.map) && !options.overwrite)
        throw Error("{} is there already; --overwrite replaces it", options.map.string());
}

int diff(const Options& options, const std::atomic<bool>& stop) {
    check_map(options);
    const auto map = options.map.empty() ? std::nullopt : std::optional(options.map);
    const RunDifference runs = difference_of(read_past_run(options.before), read_past_run(options.after),
                                             {.map = map, .stopped = [&stop] { return stop.load(); }});
    if (map && !runs.map.difference)
        throw Error("{}: no map of changes: {}", map->string(), runs.map.reason);
    if (options.json)
        print_json(difference_json(runs));
    else
        fmt::print("{}", difference_text(runs, style_for(STDOUT_FILENO).width));
    return runs.same() ? ok : users_error;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    command.add_option("BEFORE", options->before, "a run's folder, or its manifest.json")->required();
    command.add_option("AFTER", options->after, "the run that it is held against")->required();
    command.add_option("--map", options->map,
                       "write the change of suitability, after less before, as a GeoTIFF with its style");
    command.add_flag("--overwrite", options->overwrite, "replace that file when it is there");
    add_json_option(command, options->json, "all that differs");
    command.footer(
        R"(Tells in this order: inputs (by their content), the study, weights of the whole study, methods, then
what came of it: ranks and scores with the criterion that explains most of each change, ground by
state and constraint, and the suitability maps where they lie on the same grid.
Exit code, as of diff: 0 nothing differs, 1 something differs or can't be read, 2 wrong usage.
Example: zonerank diff out-2024 out --map change.tif)");
    return [options](const std::atomic<bool>& stop) { return diff(*options, stop); };
}

} // namespace

Command diff_command() {
    return {"diff", "what changed between two runs: inputs, study, weights, ranks and maps", declare};
}

} // namespace zonerank::engine
