// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/study_options.hpp"

#include "engine/text/byte_size.hpp"
#include "engine/text/escape.hpp"
#include "engine/trace_file.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/memory_shares.hpp"
#include "rasters/core/trace.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace zonerank::engine {

void add_reading_options(CLI::App& command, StudyOptions& options) {
    command.add_option("-t,--threads", options.threads, "how many; default: one per core")->check(CLI::Range(1, 1024));
    command.add_flag("-q,--quiet", options.quiet, "print errors and warnings only");
    command.add_flag("--allow-network", options.allow_network, "let the study open URLs, /vsi paths and databases");
    command.add_option("--allow-driver", options.allow_drivers, "let GDAL use this driver, too (repeatable)");
}

void add_study_options(CLI::App& command, StudyOptions& options) {
    command.add_option("STUDY", options.study, "the study file (YAML)")->required();
    add_reading_options(command, options);
}

void add_tile_option(CLI::App& command, StudyOptions& options) {
    command.add_option("--tile", options.tile, "side of a tile in cells; results do not depend on it")
        ->check(CLI::Range(16, 8192))
        ->capture_default_str();
}

static void read_memory(const std::string& text, std::uint64_t& bytes) {
    try {
        bytes = parse_byte_size(text);
    } catch (const Error& e) {
        throw CLI::ValidationError("--memory", e.what());
    }
    rasters::hold_memory(bytes);
}

void add_memory_option(CLI::App& command, std::uint64_t& bytes) {
    command.add_option_function<std::string>(
        "--memory", [&bytes](const std::string& text) { read_memory(text, bytes); },
        "stay within so much, such as 2GiB, with fewer threads and smaller tiles if need be; results do not depend on "
        "it; default: the machine's");
}

void add_measuring_options(CLI::App& command, StudyOptions& options) {
    command.add_flag("--no-sync", options.no_sync,
                     "leave it to the system when results reach the disk; a power cut may then lose them");
    command.add_option("--trace", options.trace,
                       "write what ran when in each thread, for about:tracing or ui.perfetto.dev");
}

void add_json_option(CLI::App& command, bool& json, const std::string& what) {
    command.add_flag("--json", json, "for scripts: one JSON object on stdout and nothing else, with " + what);
}

static int with_trace(const std::filesystem::path& trace, const std::function<int()>& work) {
    const auto write = [&] { rasters::write_text(trace, trace_json(rasters::trace())); };
    int code = users_error;
    try {
        code = work();
    } catch (...) {
        try {
            write();
        } catch (const Error& e) { // the first error is the one to mend
            fmt::print(stderr, "{}\n", shown_on_terminal(e.what()));
        }
        throw;
    }
    write();
    return code;
}

int traced(const StudyOptions& options, const std::function<int()>& work) {
    rasters::set_sync(!options.no_sync);
    if (!options.trace.empty())
        check_trace(options.trace);
    rasters::keep_trace(!options.trace.empty());
    return options.trace.empty() ? work() : with_trace(options.trace, work);
}

} // namespace zonerank::engine
