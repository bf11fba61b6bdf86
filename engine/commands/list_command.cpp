// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/program_manual.hpp"
#include "engine/commands/telling.hpp"
#include "engine/manual/reference_page.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/reference.hpp"
#include "layers/terms/problems.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace zonerank::engine {

namespace {

struct Options {
    std::string table;
    bool markdown = false, json = false, json_schema = false, details = false, plot = false;
};

/// What is wrong with a table's name; empty: nothing.
std::string is_table(const std::string& name) {
    std::vector<std::string> known;
    for (const ReferenceTable& table : reference())
        known.push_back(table.name);
    return std::ranges::find(known, name) == known.end() ? layers::unknown("table", name, known) : "";
}

std::string listed(const Options& options) {
    if (options.json_schema)
        return study_schema();
    std::vector<ReferenceTable> tables = reference();
    if (!options.table.empty())
        std::erase_if(tables, [&](const ReferenceTable& table) { return table.name != options.table; });
    if (options.markdown)
        return options.table.empty() ? reference_page(program_manual(), tables) : reference_markdown(tables);
    return options.json ? reference_json(tables)
                        : reference_text(tables, options.details || !options.table.empty(),
                                         style_for(STDOUT_FILENO).width, options.plot ? plots_here() : Plots::none);
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    command
        .add_option("TABLE", options->table,
                    "measures, decays, values, weights, aggregations, methods, constraints, weight spaces, "
                    "uncertainties, networks, compressions, keys or criteria; default: all")
        ->check(is_table);
    command.add_flag("--details", options->details, "each parameter, too (always when one table is named)");
    command.add_flag("--plot", options->plot, "each value function's curve, too, with typical parameters");
    auto* markdown = command.add_flag("--markdown", options->markdown, "as the reference page");
    auto* json =
        command.add_flag("--json", options->json, "for scripts: one JSON object on stdout, an array for each table");
    auto* schema = command.add_flag("--json-schema", options->json_schema, "the JSON Schema of a study, for editors");
    markdown->excludes(json)->excludes(schema);
    json->excludes(schema);
    return [options](const std::atomic<bool>&) {
        fmt::print("{}", listed(*options));
        return ok;
    };
}

} // namespace

Command list_command() {
    return {"list", "what a study can name, from the program's own tables", declare};
}

} // namespace zonerank::engine
