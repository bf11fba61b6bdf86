// SPDX-License-Identifier: Apache-2.0
#include "engine/manual/man_page.hpp"

#include "engine/text/version.hpp"
#include "engine/text/wording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>

namespace zonerank::engine {

std::string escape_roff(std::string_view text) {
    std::string safe;
    bool starts = true; // a dot or an apostrophe here would be a request
    for (const char c : text) {
        if (starts && (c == '.' || c == '\''))
            safe += "\\&";
        starts = c == '\n';
        safe += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
    }
    return safe;
}

namespace {

std::string section(std::string_view title) {
    return fmt::format(".SH {}\n", title);
}

std::string item(const std::string& tag, const std::string& text) {
    return fmt::format(".TP\n{}\n{}\n", tag, escape_roff(capitalised(text)));
}

std::string bold(const std::string& text) {
    return "\\fB" + escape_roff(text) + "\\fR";
}

std::string option_tag(const ManualOption& option) {
    std::string tag;
    for (const std::string& name : option.names)
        tag += (tag.empty() ? "" : ", ") + (option.is_argument() ? "\\fI" + escape_roff(name) + "\\fR" : bold(name));
    return option.is_argument() || option.value.empty() ? tag : tag + " \\fI" + escape_roff(option.value) + "\\fR";
}

std::string option_text(const ManualOption& option) {
    return option.choices.empty() ? option.help : fmt::format("{} ({})", option.help, fmt::join(option.choices, ", "));
}

/// Lines as they are.
std::string verbatim(const std::string& text) {
    return text.empty() ? "" : fmt::format(".PP\n.nf\n{}\n.fi\n", escape_roff(text));
}

std::string command_text(const ManualCommand& command) {
    std::string text =
        fmt::format(".SS {}\n{}.\n", bold(command.synopsis()), escape_roff(capitalised(command.summary)));
    for (const ManualOption& option : command.options)
        text += item(option_tag(option), option_text(option) + ".");
    return text + verbatim(command.footer);
}

std::string list(std::string_view title, const std::vector<NamedMeaning>& rows) {
    std::string text = section(title);
    for (const NamedMeaning& row : rows)
        text += item(bold(row.name), row.meaning + ".");
    return text;
}

std::string files_text() {
    std::string text = section("FILES") + "A run's folder holds, whole or not at all:\n";
    for (const OutputFile& file : output_file_table())
        text += item(bold(file.name), file.what + (file.when.empty() ? "." : fmt::format(" (with {}).", file.when)));
    return text;
}

constexpr std::string_view examples = R"(zonerank check study.yaml
zonerank run study.yaml
zonerank explain study.yaml Jatlan
zonerank verify out
zonerank diff out-before out --map change.tif
zonerank list values --plot)";

} // namespace

std::string man_page(const Manual& manual) {
    std::string text = fmt::format(".TH ZONERANK 1 \"\" \"zonerank {}\" \"User Commands\"\n", escape_roff(version));
    text += section("NAME") + "zonerank \\- rank candidate zones on a map\n";
    text += section("SYNOPSIS");
    for (const ManualCommand& command : manual.commands)
        text += fmt::format("{}{}\n", text.ends_with("SYNOPSIS\n") ? "" : ".br\n", bold(command.synopsis()));
    text += section("DESCRIPTION") + escape_roff(manual.summary) + "\n";
    text += section("COMMANDS");
    for (const ManualCommand& command : manual.commands)
        text += command_text(command);
    text += files_text();
    text += list("EXIT STATUS", exit_codes()) + list("ENVIRONMENT", environment());
    return text + section("EXAMPLES") + ".nf\n" + escape_roff(examples) + "\n.fi\n";
}

} // namespace zonerank::engine
