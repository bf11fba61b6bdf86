// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/commands.hpp"

#include <CLI/CLI.hpp>
#include <doctest/doctest.h>

#include <set>

using namespace zonerank;

TEST_CASE("every command has a name of its own, tells what it does, and can be declared") {
    std::set<std::string> names;
    for (const engine::Command& command : engine::commands()) {
        CHECK(names.insert(command.name).second);
        CHECK(!command.summary.empty());
        CHECK(command.summary.back() != '.');
        CLI::App app;
        CHECK(static_cast<bool>(command.declare(app)));
        for (const CLI::Option* option : app.get_options())
            CHECK_MESSAGE(!option->get_description().empty(), command.name, " ", option->get_name());
    }
    CHECK(names.contains("run"));
}
