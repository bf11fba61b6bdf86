// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/check_json.hpp"
#include "engine/commands/study_words.hpp"
#include "engine/commands/telling.hpp"
#include "engine/output_folder.hpp"
#include "engine/outputs/memory.hpp"
#include "engine/outputs/publish.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/outputs/study_in_words.hpp"
#include "engine/text/byte_size.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace zonerank::engine {

namespace {

struct Options : StudyOptions {
    std::uint64_t memory = 0; ///< bytes; 0: the machine's
};

/// Of a limit on the command line.
void print_way(const Held& way, std::uint64_t memory) {
    fmt::print("\nWithin {} a run takes {} {}, tiles of {} cells to a side, and {} at the most\n",
               byte_size_text(memory), way.threads, way.threads == 1 ? "thread" : "threads", way.tile,
               byte_size_text(static_cast<std::uint64_t>(way.bytes)));
}

void print(const Prepared& prepared, const StudyOptions& options) {
    const int width = style_for(STDOUT_FILENO).width;
    fmt::print("{}\n{}", study_words(prepared, {.width = width, .plots = plots_here(), .ink = ink_for(STDOUT_FILENO)}),
               study_in_words(prepared, options.threads, options.tile, width));
}

int check_study(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, {}, stop);
    if (prepared->problems.ok())
        check_output(output_folder(prepared->study, std::nullopt));
    tell_warnings(*prepared, options);
    if (!prepared->problems.ok()) {
        fmt::print(stderr, "{}: {} to mend\n", options.study.string(), prepared->problems.errors().size());
        return refused(*prepared, options);
    }
    const Held way = hold(*prepared, MemoryFor::run, options.threads, options.tile, options.memory);
    Options held = options;
    held.threads = way.threads;
    held.tile = way.tile;
    if (options.json)
        print_json(check_json(*prepared, held));
    else if (!options.quiet)
        print(*prepared, held);
    if (options.memory > 0 && !options.json && !options.quiet)
        print_way(way, options.memory);
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    add_study_options(command, *options);
    add_tile_option(command, *options);
    add_memory_option(command, options->memory);
    add_json_option(
        command, options->json,
        "area, CRS, grid, memory, layers, themes, criteria as expanded, constraints, sites, errors and warnings");
    return [options](const std::atomic<bool>& stop) { return check_study(*options, stop); };
}

} // namespace

Command check_command() {
    return {"check", "everything but the computing: what would be read, the grid, memory, every problem", declare};
}

} // namespace zonerank::engine
