// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/command_line.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/version.hpp"
#include "layers/terms/problems.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <new>

namespace zonerank::engine {

Program program() {
    const std::string says = fmt::format("zonerank {}", version);
    Program program{std::make_shared<CLI::App>(
                        "zonerank ranks candidate zones on a map: one study file in, a ranked GeoTIFF and GeoJSON out.",
                        "zonerank"),
                    {}};
    program.app->set_version_flag("--version", says);
    program.app->require_subcommand(1);
    for (const Command& command : commands()) {
        CLI::App* app = program.app->add_subcommand(command.name, command.summary);
        program.works.push_back(command.declare(*app));
        app->set_version_flag("--version", says);
    }
    // Afterwards, for a command takes the footer over that there is.
    program.app->footer("Example: zonerank run examples/mirpur/study.yaml\nExit code: 0 done, 1 something in the files "
                        "is wrong, 2 wrong usage.");
    return program;
}

namespace {

int no_command(const std::string& instead) {
    std::vector<std::string> names;
    for (const Command& command : commands())
        names.push_back(command.name);
    const bool none = instead.empty() || instead.front() == '-';
    const std::string text = none ? fmt::format("a command is missing: {}", fmt::join(names, ", "))
                                  : layers::unknown("command", instead, names);
    fmt::print(stderr, "{}\nRun with --help for more information.\n", shown_on_terminal(text));
    return usage_error;
}

/// The command that was asked for, run; help, the version or what is wrong with the words otherwise.
int parse_and_run(int argc, const char* const* argv, const std::atomic<bool>& stop) {
    const Program all = program();
    try {
        all.app->parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        if (e.get_name() == "RequiredError" && all.app->get_subcommands().empty())
            return no_command(argc > 1 ? argv[1] : "");
        return all.app->exit(e) == 0 ? ok : usage_error;
    }
    for (std::size_t i = 0; i < commands().size(); ++i)
        if (all.app->got_subcommand(commands()[i].name))
            return all.works[i](stop);
    return usage_error;
}

} // namespace

int command_line(int argc, const char* const* argv, const std::atomic<bool>& stop) {
    try {
        return parse_and_run(argc, argv, stop);
    } catch (const layers::ErrorAt& e) {
        fmt::print(stderr, "{}\n", shown_on_terminal(fmt::format("{}: {}", to_string(e.mark), e.what())));
    } catch (const Error& e) {
        fmt::print(stderr, "{}\n", stop ? "stopped; nothing was written" : shown_on_terminal(e.what()));
    } catch (const std::bad_alloc&) {
        fmt::print(stderr, "out of memory; try fewer --threads or a smaller --tile\n");
    } catch (const std::exception& e) {
        fmt::print(stderr, "unexpected: {}\n", shown_on_terminal(e.what()));
    }
    return stop ? interrupted : users_error;
}

} // namespace zonerank::engine
