// SPDX-License-Identifier: Apache-2.0
#include "engine/text/escape.hpp"

#include "engine/text/utf8.hpp"

#include <fmt/format.h>

#include <charconv>

namespace zonerank::engine {

static constexpr std::string_view replacement = "\xEF\xBF\xBD";

static bool xml_can_hold(const Character& c) {
    const bool control = c.code < 0x20 && c.code != '\t' && c.code != '\n' && c.code != '\r';
    return c.valid && !control && c.code != 0xFFFE && c.code != 0xFFFF;
}

std::string escape_xml(std::string_view text) {
    std::string result;
    for_each_character(text, [&](const Character& c, std::string_view bytes) {
        switch (c.code) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        case '\'':
            result += "&#39;";
            break;
        default:
            result += xml_can_hold(c) ? bytes : replacement;
        }
    });
    return result;
}

std::string json_string(std::string_view text) {
    std::string result = "\"";
    for_each_character(text, [&](const Character& c, std::string_view bytes) {
        if (!c.valid)
            result += replacement;
        else if (c.code == '"' || c.code == '\\')
            (result += '\\') += bytes;
        else if (c.code == '\n')
            result += "\\n";
        else if (c.code == '\t')
            result += "\\t";
        else if (c.code < 0x20 || c.code == 0x7F)
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(c.code));
        else
            result += bytes;
    });
    return result += '"';
}

static bool is_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

std::string guarded_formula(std::string_view text) {
    const unsigned char first = text.empty() ? 'a' : static_cast<unsigned char>(text.front());
    const bool formula =
        first == '=' || first == '+' || first == '@' || first < 0x20 || (first == '-' && !is_number(text));
    return fmt::format("{}{}", formula ? "'" : "", valid_utf8(text));
}

std::string csv_field(std::string_view text) {
    const std::string safe = guarded_formula(text);
    const bool spaces = !safe.empty() && (safe.front() == ' ' || safe.back() == ' ');
    if (safe.find_first_of(",;\"\r\n\t") == safe.npos && !spaces)
        return safe;
    std::string quoted = "\"";
    for (const char c : safe)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted += '"';
}

static bool turns_writing(char32_t code) {
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E ||
           code == 0x200F || code == 0x061C;
}

static std::string picture(char32_t control) {
    const unsigned char last = static_cast<unsigned char>(control == 0x7F ? 0xA1 : 0x80 + control);
    return {'\xE2', '\x90', static_cast<char>(last)};
}

std::string shown_on_terminal(std::string_view text) {
    std::string result;
    for_each_character(text, [&](const Character& c, std::string_view bytes) {
        if (!c.valid)
            result += replacement;
        else if (c.code < 0x20 || c.code == 0x7F)
            result += picture(c.code);
        else if ((c.code >= 0x80 && c.code < 0xA0) || turns_writing(c.code) || c.code == 0x2028 || c.code == 0x2029)
            result += fmt::format("<U+{:04X}>", static_cast<unsigned>(c.code));
        else
            result += bytes;
    });
    return result;
}

} // namespace zonerank::engine
