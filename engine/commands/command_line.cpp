// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/command_line.hpp"

#include "engine/commands/json_output.hpp"
#include "engine/commands/stopping.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/ink.hpp"
#include "engine/text/version.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/core/undo.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
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
                        "is wrong, 2 wrong usage, 130 stopped.");
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
int parse_and_run(int argc, const char* const* argv, const std::atomic<bool>& stop, bool& json) {
    const Program all = program();
    try {
        all.app->parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        if (e.get_name() == "RequiredError" && all.app->get_subcommands().empty())
            return no_command(argc > 1 ? argv[1] : "");
        return all.app->exit(e) == 0 ? ok : usage_error;
    }
    CLI::App* const asked = all.app->get_subcommands().front();
    const CLI::Option* const flag = asked->get_option_no_throw("--json");
    json = flag && flag->count() > 0;
    const auto row = std::ranges::find(commands(), asked->get_name(), &Command::name);
    return all.works[static_cast<std::size_t>(row - commands().begin())](stop);
}

int failed(const layers::Mark& mark, const std::string& text, bool json, const std::atomic<bool>& stop) {
    if (stop && !last_word())
        return interrupted;
    const std::string place = mark.file ? to_string(mark) + ": " : "";
    fmt::print(stderr, "{}{}\n", shown_on_terminal(place), ink_for(STDERR_FILENO).red(shown_on_terminal(text)));
    if (json)
        print_json(failure_json(mark, text));
    return stop ? interrupted : users_error;
}

} // namespace

int command_line(int argc, const char* const* argv, const std::atomic<bool>& stop) {
    bool json = false;
    try {
        const int code = parse_and_run(argc, argv, stop, json);
        // What CLI prints is flushed already, and its failure told to nobody.
        if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
            throw Error("what was to be printed can't be written");
        return code;
    } catch (const layers::ErrorAt& e) {
        return failed(stop ? layers::Mark{} : e.mark, stop ? stopped_line(false, rasters::kept_words()) : e.what(),
                      json, stop);
    } catch (const Error& e) {
        return failed({}, stop ? stopped_line(false, rasters::kept_words()) : e.what(), json, stop);
    } catch (const std::bad_alloc&) {
        return failed({}, "out of memory; try fewer --threads or a smaller --tile", json, stop);
    } catch (const std::exception& e) {
        return failed({}, fmt::format("unexpected: {}", e.what()), json, stop);
    }
}

} // namespace zonerank::engine
