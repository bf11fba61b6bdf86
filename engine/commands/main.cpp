// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/command_line.hpp"
#include "engine/commands/stopping.hpp"

#include <fmt/format.h>

#include <cstdio>

using namespace zonerank::engine;

int main(int argc, char** argv) {
    const auto tell = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
    return command_line(argc, argv, stop_on_signals(interrupted, tell));
}
