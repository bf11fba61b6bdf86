// SPDX-License-Identifier: Apache-2.0
#include "engine/text/yaml_slip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace zonerank::engine {

namespace {

/// Where the closing quote stands, or the text's end.
std::size_t end_of_quote(const std::string& text, std::size_t at) {
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
        const bool pair = quote == '\'' && text[at] == quote && at + 1 < text.size() && text[at + 1] == quote;
        if (pair || (quote == '"' && text[at] == '\\'))
            ++at;
        else if (text[at] == quote)
            return at;
    }
    return text.size();
}

/// The quote or bracket that is never closed, or the bracket that closes another kind.
/// Walks through a text's quotes, comments and brackets. Outside brackets these
/// mean something only where a value can begin: `it's`, `a [b` are plain text.
class Walk {
public:
    explicit Walk(const std::string& text) : m_text(text) {}

    std::optional<YamlSlip> operator()() {
        for (; m_at < m_text.size() && !m_slip; ++m_at)
            step(m_text[m_at]);
        if (!m_slip && !m_open.empty())
            m_slip = slip(m_open.front(), fmt::format("this '{}' has no '{}'", m_text[m_open.front()],
                                                      closing(m_text[m_open.front()])));
        return m_slip;
    }

    /// The last quote that ends in that line, but begins before: most texts are shorter.
    std::optional<YamlSlip> quote_ending_in(int line) const {
        if (!m_long_quote || slip(m_long_quote->second, "").line != line)
            return std::nullopt;
        return slip(m_long_quote->first, fmt::format("this quote ends in line {}; is its own end missing?", line));
    }

private:
    static char closing(char bracket) { return bracket == '[' ? ']' : '}'; }

    YamlSlip slip(std::size_t at, std::string text) const {
        const auto begin = m_text.begin(), end = begin + static_cast<std::ptrdiff_t>(at);
        const auto line = std::count(begin, end, '\n');
        const std::size_t start = at == 0 ? m_text.npos : m_text.rfind('\n', at - 1);
        return {static_cast<int>(line) + 1, static_cast<int>(start == m_text.npos ? at + 1 : at - start),
                std::move(text)};
    }

    void step(char c) {
        const bool begins = m_begins;
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank)
            m_begins = std::string_view(",[{").find(c) != std::string_view::npos || before_blank(c);
        if (c == '\n' && m_open.empty())
            m_begins = true;
        if (c == '#' && (m_at == 0 || std::string_view(" \t\n").find(m_text[m_at - 1]) != std::string_view::npos))
            skip_line();
        else if ((c == '"' || c == '\'') && begins)
            skip_quoted();
        else if ((c == '[' || c == '{') && (begins || !m_open.empty()))
            m_open.push_back(m_at);
        else if ((c == ']' || c == '}') && !m_open.empty())
            close(c);
    }

    bool before_blank(char c) const {
        const char next = m_at + 1 < m_text.size() ? m_text[m_at + 1] : ' ';
        return (c == ':' || c == '-') && (next == ' ' || next == '\n');
    }

    void skip_line() {
        m_at = std::min(m_text.find('\n', m_at), m_text.size()) - 1;
        m_begins = true;
    }

    void skip_quoted() {
        const std::size_t start = std::exchange(m_at, end_of_quote(m_text, m_at));
        if (m_at == m_text.size())
            m_slip = slip(start, "this quote has no end");
        else if (std::string_view(m_text).substr(start, m_at - start).find('\n') != std::string_view::npos)
            m_long_quote = {start, m_at};
    }

    void close(char c) {
        const std::size_t open = m_open.back();
        m_open.pop_back();
        if (closing(m_text[open]) != c)
            m_slip = slip(
                m_at, fmt::format("this '{}' can't close the '{}' of line {}", c, m_text[open], slip(open, "").line));
    }

    const std::string& m_text;
    std::size_t m_at = 0;
    bool m_begins = true; ///< a value can begin here
    std::vector<std::size_t> m_open;
    std::optional<std::pair<std::size_t, std::size_t>> m_long_quote; ///< over more than a line
    std::optional<YamlSlip> m_slip;
};

std::size_t start_of_line(const std::string& text, int number) {
    std::size_t at = 0;
    for (int i = 1; i < number && at < text.size(); ++i)
        at = std::min(text.find('\n', at), text.size() - 1) + 1;
    return at;
}

std::string line_of(const std::string& text, int number) {
    const std::size_t start = start_of_line(text, number);
    return text.substr(start, text.find('\n', start) - start);
}

constexpr std::string_view indented_otherwise = "this line is indented otherwise than those it belongs with";

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> better{{
    {"end of map not found", indented_otherwise},
    {"end of sequence not found", indented_otherwise},
    {"end of map flow not found", "expected ',' or '}' here; a text that holds ',' or ': ' must be quoted"},
    {"end of sequence flow not found", "expected ',' or ']' here; a text that holds ',' or ': ' must be quoted"},
    {"illegal map value",
     "no value can stand here: the line is indented otherwise than those above, or a text with ': ' lacks its quotes"},
    {"illegal flow end", "this bracket closes none"},
    {"unknown token", "a text can't begin with this sign; quote it"},
    {"the referenced anchor is not defined", "aliases (*name) are not allowed in a study"},
}};

} // namespace

bool quote_ends(const std::string& text, int line, int column) {
    const std::size_t at = start_of_line(text, line) + static_cast<std::size_t>(column) - 1;
    const bool quote = at < text.size() && (text[at] == '"' || text[at] == '\'');
    return !quote || end_of_quote(text, at) < text.size();
}

YamlSlip yaml_slip(const std::string& text, int line, int column, const std::string& complaint) {
    const std::string there = line_of(text, line);
    const std::size_t indent = std::min(there.find_first_not_of(" \t"), there.size());
    if (const std::size_t tab = there.find('\t'); tab < indent)
        return {line, static_cast<int>(tab) + 1, "a line is indented by spaces, not by tabs"};
    // The slip that is made most: a bare condition ends at its first comma.
    if (there.find("where:") != there.npos && complaint.starts_with("end of map flow"))
        return {line, column, "the condition after `where:` must be quoted as a whole"};
    Walk walk(text);
    const std::optional<YamlSlip> open = walk();
    if (const auto quote = walk.quote_ending_in(line))
        return *quote;
    if (open)
        return *open;
    if (complaint.starts_with("end of") && !complaint.ends_with("flow not found") &&
        static_cast<std::size_t>(column) > indent + 1)
        return {line, column, "expected the line to end here; a text ends with its second quote"};
    const auto* known = std::ranges::find(better, complaint, &std::pair<std::string_view, std::string_view>::first);
    return {line, column, known == better.end() ? complaint : std::string(known->second)};
}

} // namespace zonerank::engine
