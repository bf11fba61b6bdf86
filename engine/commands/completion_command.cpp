// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/commands.hpp"
#include "engine/commands/program_manual.hpp"
#include "engine/manual/completion.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

namespace zonerank::engine {

static Work declare(CLI::App& command) {
    const auto shell = std::make_shared<std::string>();
    const std::vector<std::string> known(shells().begin(), shells().end());
    command.add_option("SHELL", *shell, "the shell to complete in")->required()->check(CLI::IsMember(known));
    command.footer(R"(For this session: source <(zonerank completion bash)
For good:  zonerank completion bash > ~/.local/share/bash-completion/completions/zonerank
           zonerank completion zsh  > a folder of $fpath, as _zonerank
           zonerank completion fish > ~/.config/fish/completions/zonerank.fish)");
    return [shell](const std::atomic<bool>&) {
        fmt::print("{}", completion(program_manual(), *shell));
        return ok;
    };
}

Command completion_command() {
    return {"completion", "a script that completes commands and options in bash, zsh or fish", declare};
}

} // namespace zonerank::engine
