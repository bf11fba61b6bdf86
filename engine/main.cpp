// SPDX-License-Identifier: Apache-2.0
#include "engine/commands.hpp"

#include <csignal>

static std::atomic<bool> stop = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

int main(int argc, char** argv) {
    const auto ask_to_stop = [](int signal) {
        stop = true;
        std::signal(signal, SIG_DFL); // asked twice, stop at once
    };
    std::signal(SIGINT, ask_to_stop);
    std::signal(SIGTERM, ask_to_stop);
    return zonerank::engine::command_line(argc, argv, stop);
}
