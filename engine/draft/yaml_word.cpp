// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/yaml_word.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace zonerank::engine {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_plain(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || std::string_view("_./-+ ()").find(c) != std::string_view::npos;
}

/// Words that YAML takes for something else than text, and those of OGR's conditions.
constexpr std::array meant_otherwise{"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
constexpr std::array in_conditions{
    "and", "or",     "not",    "in",       "is",     "null",  "like",   "ilike", "between", "select", "from", "where",
    "as",  "case",   "cast",   "distinct", "limit",  "order", "on",     "join",  "union",   "all",    "by",   "desc",
    "asc", "escape", "exists", "group",    "hidden", "left",  "offset", "outer", "then",    "end",    "else", "when"};

} // namespace

std::string yaml_word(std::string_view text) {
    const bool starts = !text.empty() && (is_letter(text.front()) || text.front() == '/' || text.starts_with("./") ||
                                          text.starts_with("../"));
    const bool plain = starts && text.back() != ' ' && std::ranges::all_of(text, is_plain) &&
                       std::ranges::find(meant_otherwise, lower_case(text)) == meant_otherwise.end();
    return plain ? std::string(text) : json_string(text);
}

std::string comment_text(std::string_view text, std::size_t most) {
    const std::string shown = shown_on_terminal(text);
    return most > 0 && display_width(shown) > static_cast<int>(most) ? fitted(shown, static_cast<int>(most)) : shown;
}

std::string where_text(std::string_view value) {
    std::string quoted = "'";
    for (const char c : value)
        quoted += c == '\'' ? "''" : std::string(1, c);
    return quoted + "'";
}

std::string where_field(std::string_view name) {
    const bool plain =
        !name.empty() && (is_letter(name.front()) || name.front() == '_') &&
        std::ranges::all_of(name, [](char c) { return is_letter(c) || c == '_' || (c >= '0' && c <= '9'); }) &&
        std::ranges::find(in_conditions, lower_case(name)) == in_conditions.end();
    if (plain)
        return std::string(name);
    std::string quoted = "\"";
    for (const char c : name)
        quoted += c == '"' ? "\\\"" : std::string(1, c);
    return quoted + "\"";
}

} // namespace zonerank::engine
