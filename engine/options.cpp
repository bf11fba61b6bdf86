// SPDX-License-Identifier: Apache-2.0
#include "engine/options.hpp"

#include "engine/reference.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/version.hpp"
#include "layers/terms/problems.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace zonerank::engine {

namespace {

void add_reading_options(CLI::App& command, Options& options) {
    command.add_option("STUDY", options.study, "the study file (YAML)")->required();
    command.add_option("-t,--threads", options.threads, "how many; default: one per core")->check(CLI::Range(1, 1024));
    command.add_flag("-q,--quiet", options.quiet, "print errors and warnings only");
    command.add_flag("--allow-network", options.allow_network, "let the study open URLs, /vsi paths and databases");
    command.add_option("--allow-driver", options.allow_drivers, "let GDAL use this driver, too (repeatable)");
}

void add_tile_option(CLI::App& command, Options& options) {
    command.add_option("--tile", options.tile, "side of a tile in cells; results do not depend on it")
        ->check(CLI::Range(16, 8192))
        ->capture_default_str();
}

void add_measuring_options(CLI::App& command, Options& options) {
    command.add_flag("--no-sync", options.no_sync,
                     "leave it to the system when results reach the disk; a power cut may then lose them");
    command.add_option("--trace", options.trace,
                       "write what ran when in each thread, for about:tracing or ui.perfetto.dev");
}

CLI::App* add_run(CLI::App& app, Options& options) {
    CLI::App* command =
        app.add_subcommand("run", "score every cell and every site of a study, and write its folder of results");
    add_reading_options(*command, options);
    add_tile_option(*command, options);
    add_measuring_options(*command, options);
    command->add_option("-o,--output", options.output, "folder to write instead of the study's");
    command->add_flag("--sites-only", options.sites_only, "no maps; the ranking is the same to the last byte");
    command->add_option("--check", options.expected, "compare the ranking with this CSV (tolerance 1e-6)");
    return command;
}

CLI::App* add_measure(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand(
        "measure", "what one criterion measures: a map (.tif), or its zonal statistics over the sites (.csv)");
    add_reading_options(*command, options);
    add_tile_option(*command, options);
    add_measuring_options(*command, options);
    command->add_option("CRITERION", options.criterion, "its name in the study")->required();
    command
        ->add_option("-o,--output", options.output,
                     "file to write: .tif, or .csv with cells, mean, min, p10, median, p90, max")
        ->required();
    command->add_flag("--overwrite", options.overwrite, "replace the file when it is there");
    return command;
}

CLI::App* add_connect(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand(
        "connect", "join zones, ports and other places by ways of the least travel time, as one network");
    add_reading_options(*command, options);
    add_measuring_options(*command, options);
    command->add_option("-o,--output", options.output,
                        "folder to write (default: the study's output with -links at its end, such as out-links)");
    command->footer(R"(The study says what is joined, beside its area, grid, layers and `friction`:
  links:
    between: [sites, ports]         the candidate zones, and features of layers
    network: minimum spanning tree  or pairwise, or nearest hub with `hubs: ports`
    limit: 10 h                     what is farther apart is not linked
    cost per hour: 900              of a link's cost, with `cost per km: 45`
Criteria are not needed. The folder gets links.geojson (places and ways, along the roads), links.csv
(each pair: minutes there and back, kilometres, cost, or why there is none), places.csv (closeness and
betweenness) and manifest.json. It takes the place of an earlier one in one step, or not at all.)");
    return command;
}

CLI::App* add_explain(CLI::App& app, Options& options) {
    CLI::App* command =
        app.add_subcommand("explain", "why one site stands where it stands, and what would move it up; writes nothing");
    add_reading_options(*command, options);
    add_tile_option(*command, options);
    command->add_option("SITE", options.site, "its name or its id")->required();
    command->add_flag("--json", options.json, "for scripts");
    command->footer(R"(It tells what the site's score is made of, what rules its ground out, which measurement or
which other weights would bring it one place up and to the top, what its nearest rivals have that
it has not, how sure its rank is, and which of the study's industries it suits.
Example: zonerank explain examples/mirpur/study.yaml "Jatlan")");
    return command;
}

/// What is wrong with a table's name; empty: nothing.
std::string is_table(const std::string& name) {
    std::vector<std::string> known;
    for (const ReferenceTable& table : reference())
        known.push_back(table.name);
    return std::ranges::find(known, name) == known.end() ? layers::unknown("table", name, known) : "";
}

CLI::App* add_list(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand("list", "what a study can name, from the program's own tables");
    command
        ->add_option("TABLE", options.table,
                     "measures, decays, values, weights, aggregations, methods, constraints, weight spaces, "
                     "uncertainties, networks, compressions, keys or criteria; default: all")
        ->check(is_table);
    command->add_flag("--details", options.details, "each parameter, too (always when one table is named)");
    command->add_flag("--plot", options.plot, "each value function's curve, too, with typical parameters");
    auto* markdown = command->add_flag("--markdown", options.markdown, "as the reference page");
    auto* json = command->add_flag("--json", options.json, "for scripts");
    auto* schema = command->add_flag("--json-schema", options.json_schema, "the JSON Schema of a study, for editors");
    markdown->excludes(json)->excludes(schema);
    json->excludes(schema);
    return command;
}

int no_command(const CLI::App& app, const std::string& instead) {
    std::vector<std::string> commands;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        commands.push_back(command->get_name());
    const bool none = instead.empty() || instead.front() == '-';
    const std::string text = none ? fmt::format("a command is missing: {}", fmt::join(commands, ", "))
                                  : layers::unknown("command", instead, commands);
    fmt::print(stderr, "{}\nRun with --help for more information.\n", shown_on_terminal(text));
    return usage_error;
}

} // namespace

std::variant<Options, int> read_options(int argc, const char* const* argv) {
    Options options;
    CLI::App app{"zonerank ranks candidate zones on a map: one study file in, a ranked GeoTIFF and GeoJSON out.",
                 "zonerank"};
    app.set_version_flag("--version", fmt::format("zonerank {}", version));
    app.require_subcommand(1);
    CLI::App* run_command = add_run(app, options);
    CLI::App* measure_command = add_measure(app, options);
    CLI::App* explain_command = add_explain(app, options);
    CLI::App* connect_command = add_connect(app, options);
    CLI::App* check_command = app.add_subcommand(
        "check", "everything but the computing: what would be read, the grid, memory, every problem");
    add_reading_options(*check_command, options);
    add_tile_option(*check_command, options);
    CLI::App* list_command = add_list(app, options);
    for (CLI::App* command :
         {run_command, measure_command, explain_command, connect_command, check_command, list_command})
        command->set_version_flag("--version", fmt::format("zonerank {}", version));
    app.footer("Example: zonerank run examples/mirpur/study.yaml\nExit code: 0 done, 1 something in the files is "
               "wrong, 2 wrong usage.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        if (e.get_name() == "RequiredError" && app.get_subcommands().empty())
            return no_command(app, argc > 1 ? argv[1] : "");
        return app.exit(e) == 0 ? ok : usage_error;
    }
    options.command = app.get_subcommands().front()->get_name();
    return options;
}

} // namespace zonerank::engine
