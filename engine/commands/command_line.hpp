// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/commands/commands.hpp"

#include <memory>
#include <vector>

namespace zonerank::engine {

/// The table of commands as a CLI::App, which can be walked for its commands, their options,
/// help and choices (include CLI/CLI.hpp for that), and parsed.
struct Program {
    std::shared_ptr<CLI::App> app;
    std::vector<Work> works; ///< in the order of commands(), once the app has parsed
};
Program program();

/// `zonerank <command> ...`: results to stdout, everything else to stderr, an Error
/// as one line. Returns 0, 1 for what the user's files hold, 2 for how the program
/// was called, 130 when `stop` was set.
int command_line(int argc, const char* const* argv, const std::atomic<bool>& stop);

} // namespace zonerank::engine
