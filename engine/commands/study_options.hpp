// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/commands/commands.hpp"
#include "rasters/access.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What the commands that read a study have in common.
struct StudyOptions {
    std::filesystem::path study, trace;
    unsigned threads = 0; ///< 0: one per core
    int tile = 512;       ///< cells to a side; results do not depend on it
    bool quiet = false, json = false, allow_network = false, no_sync = false;
    std::vector<std::string> allow_drivers;

    rasters::Access access() const { return {allow_network, allow_drivers}; }
};

/// --threads, --quiet, --allow-network, --allow-driver. The options have to outlive the app,
/// here and below.
void add_reading_options(CLI::App& command, StudyOptions& options);

/// STUDY, and the same.
void add_study_options(CLI::App& command, StudyOptions& options);

/// --tile
void add_tile_option(CLI::App& command, StudyOptions& options);

/// --memory, in bytes (0: the machine's), which holds for the whole process as soon as it is read.
void add_memory_option(CLI::App& command, std::uint64_t& bytes);

/// --no-sync and --trace, which `traced` keeps.
void add_measuring_options(CLI::App& command, StudyOptions& options);

/// --json, for scripts: `what` the object on stdout holds.
void add_json_option(CLI::App& command, bool& json, const std::string& what);

/// Runs `work` as --no-sync and --trace ask. What the threads did is written however the
/// run ends, if that was asked for. Throws Error when a trace can't be written there.
int traced(const StudyOptions& options, const std::function<int()>& work);

} // namespace zonerank::engine
