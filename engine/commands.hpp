// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace zonerank::engine {

/// `zonerank <command> ...`: results to stdout, everything else to stderr, an Error
/// as one line. Returns 0, 1 for what the user's files hold, 2 for how the program
/// was called, 130 when `stop` was set.
int command_line(int argc, const char* const* argv, const std::atomic<bool>& stop);

} // namespace zonerank::engine
