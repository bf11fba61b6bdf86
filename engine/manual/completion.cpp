// SPDX-License-Identifier: Apache-2.0
#include "engine/manual/completion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cassert>
#include <utility>
#include <vector>

namespace zonerank::engine {

std::span<const std::string_view> shells() {
    static constexpr std::array<std::string_view, 3> all{"bash", "zsh", "fish"};
    return all;
}

namespace {

std::string replaced(std::string_view text, std::string_view characters, std::string_view before) {
    std::string result;
    for (const char c : text) {
        if (characters.find(c) != characters.npos)
            result += before;
        result += c;
    }
    return result;
}

/// A script with what its places stand for.
std::string filled(std::string_view script, const std::vector<std::pair<std::string, std::string>>& places) {
    std::string text(script);
    for (const auto& [place, content] : places)
        text.replace(text.find(place), place.size(), content);
    return text;
}

/// In single quotes, of which none may stand in them (POSIX shells).
std::string quoted(std::string_view text) {
    std::string result = "'";
    for (const char c : text)
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
}

std::vector<std::string> command_names(const Manual& manual) {
    std::vector<std::string> names;
    for (const ManualCommand& command : manual.commands)
        names.push_back(command.name);
    return names;
}

// ---- bash

/// What completes from a list of words; those with blanks in them stay whole.
std::string bash_reply(const std::vector<std::string>& words) {
    return fmt::format("_zonerank_words {}", quoted(fmt::format("{}", fmt::join(words, "\n"))));
}

std::string bash_command(const ManualCommand& command) {
    std::vector<std::string> options, argument_words;
    std::string values;
    for (const ManualOption& option : command.options) {
        if (option.is_argument())
            argument_words.insert(argument_words.end(), option.choices.begin(), option.choices.end());
        else
            options.insert(options.end(), option.names.begin(), option.names.end());
        if (!option.is_argument() && !option.value.empty())
            values += fmt::format("            {}) {}return ;;\n", fmt::join(option.names, "|"),
                                  option.choices.empty() ? "" : bash_reply(option.choices) + "; ");
    }
    const std::string otherwise =
        argument_words.empty() ? "" : fmt::format("            *) {} ;;\n", bash_reply(argument_words));
    const std::string before = values.empty() ? "" : fmt::format("        case $previous in\n{}        esac\n", values);
    return fmt::format("    {})\n{}        case $current in\n            -*) {} ;;\n{}        esac ;;\n", command.name,
                       before, bash_reply(options), otherwise);
}

constexpr std::string_view bash_script =
    R"sh(# Completes zonerank in bash. To use it at once: source <(zonerank completion bash)
_zonerank_words() {
    local word
    while IFS= read -r word; do
        [[ $word == "$current"* ]] && COMPREPLY+=("$(printf %q "$word")")
    done <<< "$1"
}
_zonerank() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' word
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
            @any@) command=$word; break ;;
        esac
    done
    COMPREPLY=()
    case $command in
    '') @first@ ;;
@commands@    esac
}
complete -o default -F _zonerank zonerank
)sh";

std::string bash(const Manual& manual) {
    std::vector<std::string> first = command_names(manual);
    std::string commands;
    for (const ManualCommand& command : manual.commands)
        commands += bash_command(command);
    const std::string any = fmt::format("{}", fmt::join(first, "|"));
    first.insert(first.end(), {"--help", "--version"});
    return filled(bash_script, {{"@any@", any}, {"@first@", bash_reply(first)}, {"@commands@", commands}});
}

// ---- zsh

/// In brackets, or behind a colon.
std::string zsh_text(std::string_view text) {
    return replaced(text, "[]:\\", "\\");
}

std::string zsh_values(const ManualOption& option) {
    if (option.choices.empty())
        return "_files";
    std::vector<std::string> words;
    for (const std::string& choice : option.choices)
        words.push_back(replaced(choice, " ", "\\"));
    return fmt::format("({})", fmt::join(words, " "));
}

std::string zsh_option(const ManualOption& option) {
    const std::string value =
        option.value.empty() ? "" : fmt::format(":{}:{}", zsh_text(option.value), zsh_values(option));
    std::string text;
    for (const std::string& name : option.names)
        text += fmt::format("        {} \\\n", quoted(fmt::format("({}){}[{}]{}", fmt::join(option.names, " "), name,
                                                                  zsh_text(option.help), value)));
    return text;
}

std::string zsh_command(const ManualCommand& command) {
    std::string text;
    int place = 0;
    for (const ManualOption& option : command.options)
        text += !option.is_argument()
                    ? zsh_option(option)
                    : fmt::format("        {} \\\n",
                                  quoted(fmt::format("{}:{}:{}", ++place, option.names.front(), zsh_values(option))));
    return fmt::format("    {})\n        _arguments \\\n{}        && return ;;\n", command.name, text);
}

constexpr std::string_view zsh_script = R"sh(#compdef zonerank
# Completes zonerank in zsh: a file _zonerank in a folder of $fpath.
_zonerank() {
    local -a commands
    commands=(
@names@    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    shift words
    (( CURRENT-- ))
    case $words[1] in
@commands@    esac
}
_zonerank "$@"
)sh";

std::string zsh(const Manual& manual) {
    std::string names, commands;
    for (const ManualCommand& command : manual.commands) {
        names += fmt::format("        {}\n", quoted(command.name + ":" + zsh_text(command.summary)));
        commands += zsh_command(command);
    }
    return filled(zsh_script, {{"@names@", names}, {"@commands@", commands}});
}

// ---- fish

std::string fish_quoted(std::string_view text) {
    return "'" + replaced(text, "'\\", "\\") + "'";
}

/// The words as one argument, of which each line is one.
std::string fish_choices(const std::vector<std::string>& choices) {
    std::vector<std::string> words;
    for (const std::string& choice : choices)
        words.push_back(choice.find(' ') == choice.npos ? choice : "\"" + choice + "\"");
    return choices.empty() ? "" : fmt::format(" -x -a {}", fish_quoted(fmt::format("{}", fmt::join(words, " "))));
}

std::string fish_option(const std::string& command, const ManualOption& option) {
    std::string names;
    for (const std::string& name : option.names)
        if (!option.is_argument())
            names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    const std::string values = !option.choices.empty()                        ? fish_choices(option.choices)
                               : option.value.empty() || option.is_argument() ? ""
                                                                              : " -r";
    if (names.empty() && values.empty())
        return "";
    return fmt::format("complete -c zonerank -n '__fish_seen_subcommand_from {}'{}{} -d {}\n", command, names, values,
                       fish_quoted(option.help));
}

std::string fish(const Manual& manual) {
    std::string text = "# Completes zonerank in fish: a file zonerank.fish in ~/.config/fish/completions.\n";
    for (const ManualCommand& command : manual.commands)
        text += fmt::format("complete -c zonerank -f -n __fish_use_subcommand -a {} -d {}\n", command.name,
                            fish_quoted(command.summary));
    for (const ManualCommand& command : manual.commands)
        for (const ManualOption& option : command.options)
            text += fish_option(command.name, option);
    return text;
}

} // namespace

std::string completion(const Manual& manual, std::string_view shell) {
    assert(shell == "bash" || shell == "zsh" || shell == "fish");
    return shell == "bash" ? bash(manual) : shell == "zsh" ? zsh(manual) : fish(manual);
}

} // namespace zonerank::engine
