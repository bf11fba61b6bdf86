// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/program_manual.hpp"

#include "engine/commands/command_line.hpp"
#include "engine/reference.hpp"

#include <CLI/CLI.hpp>

#include <cctype>

namespace zonerank::engine {

namespace {

/// "{bash,zsh,fish}" in the words that CLI11 has for what an option takes.
std::vector<std::string> words_in_braces(const std::string& type) {
    const std::size_t open = type.find('{'), close = type.find('}');
    return open == type.npos || close == type.npos ? std::vector<std::string>{}
                                                   : CLI::detail::split(type.substr(open + 1, close - open - 1), ',');
}

std::vector<std::string> table_names() {
    std::vector<std::string> names;
    for (const ReferenceTable& table : reference())
        names.push_back(table.name);
    return names;
}

/// "--allow-driver" takes a DRIVER, "--study" a STUDY: the last word of its name.
std::string value_word(const std::string& name) {
    std::string word = name.substr(name.find_last_of('-') + 1);
    for (char& c : word)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return word;
}

ManualOption option_of(const CLI::Option& option) {
    ManualOption described{.help = option.get_description(), .required = option.get_required()};
    for (const std::string& name : option.get_snames())
        described.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames())
        described.names.push_back("--" + name);
    if (described.names.empty())
        described.names.push_back(option.get_name());
    described.choices = described.names.front() == "TABLE" ? table_names() : words_in_braces(option.get_type_name());
    if (option.get_items_expected_max() > 0)
        described.value = value_word(described.names.back());
    if (!option.get_default_str().empty())
        described.help += " (default: " + option.get_default_str() + ")";
    return described;
}

ManualCommand command_of(const CLI::App& app) {
    ManualCommand command{.name = app.get_name(), .summary = app.get_description(), .footer = app.get_footer()};
    for (const CLI::Option* option : app.get_options())
        command.options.push_back(option_of(*option));
    return command;
}

} // namespace

Manual program_manual() {
    const Program all = program();
    Manual manual{.summary = all.app->get_description()};
    for (const CLI::App* command : all.app->get_subcommands([](const CLI::App*) { return true; }))
        manual.commands.push_back(command_of(*command));
    return manual;
}

} // namespace zonerank::engine
