// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/command_line.hpp"

#include <csignal>
#include <ctime>

static std::atomic<bool> stop = false;
static std::atomic<std::time_t> asked = 0;
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::time_t>::is_always_lock_free,
              "a signal handler may only touch lock-free atomics");

/// Asked to stop, a run clears its folder away; asked again, it ends at once, and the
/// next run clears it. A terminal and the program that started us may both pass on one
/// and the same key: what comes within a second or two is one request.
static void ask_to_stop(int signal) {
    const std::time_t now = std::time(nullptr);
    if (!stop.exchange(true))
        asked = now;
    else if (now - asked >= 2)
        std::signal(signal, SIG_DFL), std::raise(signal);
}

int main(int argc, char** argv) {
    std::signal(SIGINT, ask_to_stop);
    std::signal(SIGTERM, ask_to_stop);
    return zonerank::engine::command_line(argc, argv, stop);
}
