// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/commands.hpp"
#include "engine/commands/program_manual.hpp"
#include "engine/manual/man_page.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace zonerank::engine {

static Work declare(CLI::App& command) {
    command.footer("Example: zonerank man | man -l -");
    return [](const std::atomic<bool>&) {
        fmt::print("{}", man_page(program_manual()));
        return ok;
    };
}

Command man_command() {
    return {"man", "the manual page, as groff reads it", declare};
}

} // namespace zonerank::engine
