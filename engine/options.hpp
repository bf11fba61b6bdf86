// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace zonerank::engine {

/// Exit codes.
inline constexpr int ok = 0, users_error = 1, usage_error = 2, interrupted = 130;

/// What the command line says; options of other commands are left as they are here.
struct Options {
    std::string command; ///< run, measure, explain, connect, check, list
    std::filesystem::path study, output, trace;
    std::string criterion, site;
    std::optional<std::string> expected;
    unsigned threads = 0;
    int tile = 512;
    bool quiet = false, sites_only = false, allow_network = false, overwrite = false, no_sync = false;
    std::vector<std::string> allow_drivers;
    std::string table;
    bool markdown = false, json_schema = false, json = false, details = false, plot = false;

    rasters::Access access() const { return {allow_network, allow_drivers}; }
};

/// Reads the command line, or prints help, the version or what is wrong with it; then
/// an exit code is all there is.
std::variant<Options, int> read_options(int argc, const char* const* argv);

} // namespace zonerank::engine
