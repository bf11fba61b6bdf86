// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/program_manual.hpp"

#include "engine/commands/commands.hpp"
#include "engine/manual/completion.hpp"
#include "engine/reference.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank;

static const engine::ManualOption& option(const engine::Manual& manual, const std::string& command,
                                          const std::string& name) {
    const auto found = std::ranges::find(manual.commands, command, &engine::ManualCommand::name);
    REQUIRE(found != manual.commands.end());
    const auto named = std::ranges::find_if(found->options, [&](const engine::ManualOption& o) {
        return std::ranges::find(o.names, name) != o.names.end();
    });
    REQUIRE(named != found->options.end());
    return *named;
}

TEST_CASE("program_manual: all commands in the table's order, with options as the command line has them") {
    const engine::Manual manual = engine::program_manual();
    REQUIRE(manual.commands.size() == engine::commands().size());
    for (std::size_t i = 0; i < manual.commands.size(); ++i) {
        CHECK(manual.commands[i].name == engine::commands()[i].name);
        CHECK(manual.commands[i].summary == engine::commands()[i].summary);
    }
    CHECK(option(manual, "run", "--threads").names == std::vector<std::string>{"-t", "--threads"});
    CHECK(option(manual, "run", "--threads").value == "THREADS");
    CHECK(option(manual, "run", "--tile").help.ends_with("(default: 512)"));
    CHECK(option(manual, "run", "--quiet").value.empty());
    CHECK(option(manual, "run", "STUDY").is_argument());
    CHECK(option(manual, "run", "STUDY").required);
    CHECK_FALSE(option(manual, "list", "TABLE").required);
}

TEST_CASE("program_manual: the words that options take") {
    const engine::Manual manual = engine::program_manual();
    CHECK(option(manual, "completion", "SHELL").choices ==
          std::vector<std::string>(engine::shells().begin(), engine::shells().end()));
    CHECK(option(manual, "list", "TABLE").choices.size() == engine::reference().size());
    CHECK(option(manual, "run", "--threads").choices.empty());
}
