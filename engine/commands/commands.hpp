// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <span>
#include <string>

namespace CLI {
class App;
}

namespace zonerank::engine {

/// Exit codes.
inline constexpr int ok = 0, users_error = 1, usage_error = 2, interrupted = 130;

/// What a command does once its options are read; returns the exit code. Throws Error for
/// what the user has to mend, and "stopped" when `stop` was set.
using Work = std::function<int(const std::atomic<bool>& stop)>;

/// One command of the program: a row of the table that the command line, its help and
/// every list of commands come from.
struct Command {
    std::string name;
    std::string summary; ///< what it does, as the list of commands says it
    /// Adds its options, arguments and footer. The Work that is returned keeps what they
    /// are read into.
    Work (*declare)(CLI::App& command);
};

// Each in a file of its own.
Command init_command();
Command run_command();
Command batch_command();
Command measure_command();
Command explain_command();
Command connect_command();
Command check_command();
Command view_command();
Command plan_command();
Command due_command();
Command unit_command();
Command finish_command();
Command submit_command();
Command list_command();
Command verify_command();
Command diff_command();
Command man_command();
Command completion_command();

/// All of them, in the order in which help lists them.
std::span<const Command> commands();

} // namespace zonerank::engine
