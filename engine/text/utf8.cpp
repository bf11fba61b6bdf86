// SPDX-License-Identifier: Apache-2.0
#include "engine/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace zonerank::engine {

namespace {

struct Range {
    char32_t first, last;
};

// Sorted; the scripts and marks that names of places are made of.
constexpr std::array no_width{
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x05BF, 0x05BF}, Range{0x05C1, 0x05C2},
    Range{0x0610, 0x061A}, Range{0x064B, 0x065F}, Range{0x0670, 0x0670}, Range{0x06D6, 0x06DC}, Range{0x06DF, 0x06E4},
    Range{0x06E7, 0x06E8}, Range{0x06EA, 0x06ED}, Range{0x08D3, 0x08E1}, Range{0x08E3, 0x0902}, Range{0x093C, 0x093C},
    Range{0x0941, 0x0948}, Range{0x094D, 0x094D}, Range{0x0981, 0x0981}, Range{0x09BC, 0x09BC}, Range{0x09C1, 0x09C4},
    Range{0x0A3C, 0x0A42}, Range{0x0E31, 0x0E31}, Range{0x0E34, 0x0E3A}, Range{0x0E47, 0x0E4E}, Range{0x1AB0, 0x1AFF},
    Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E}, Range{0x2060, 0x2064}, Range{0x2066, 0x2069},
    Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF}};

constexpr std::array wide{
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0x33FF},   Range{0x3400, 0x4DBF},
    Range{0x4E00, 0x9FFF},   Range{0xA000, 0xA4CF},   Range{0xA960, 0xA97F},   Range{0xAC00, 0xD7A3},
    Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
    Range{0x1F300, 0x1F64F}, Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t code) {
    const auto after =
        std::upper_bound(ranges.begin(), ranges.end(), code, [](char32_t c, const Range& r) { return c < r.first; });
    return after != ranges.begin() && code <= std::prev(after)->last;
}

int width_of(char32_t code) {
    return in(no_width, code) ? 0 : in(wide, code) ? 2 : 1;
}

} // namespace

Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {lead, 1, true};
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes)
        return {};
    char32_t code = lead & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xC0) != 0x80)
            return {};
        code = code << 6 | (byte(i) & 0x3F);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (code < least[bytes] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return {};
    return {code, bytes, true};
}

std::string lower_case(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
    return result;
}

bool says_utf8(std::string_view locale) {
    std::string name = lower_case(locale);
    std::erase(name, '-');
    return name.find(".utf8") != name.npos;
}

std::string valid_utf8(std::string_view text) {
    std::string result;
    for_each_character(text, [&](const Character& c, std::string_view bytes) {
        result += c.valid ? bytes : std::string_view("\xEF\xBF\xBD");
    });
    return result;
}

int display_width(std::string_view text) {
    int width = 0;
    for_each_character(text, [&](const Character& c, std::string_view) { width += width_of(c.code); });
    return width;
}

static std::string cut(std::string_view text, int width) {
    std::string result;
    int used = 0;
    while (!text.empty()) {
        const Character c = first_character(text);
        used += width_of(c.code);
        if (used > width - 1)
            break;
        result += text.substr(0, c.bytes);
        text.remove_prefix(c.bytes);
    }
    return result + "…";
}

std::string fitted(std::string_view text, int width, bool to_the_right) {
    std::string result = display_width(text) > width ? cut(text, width) : std::string(text);
    const std::string space(static_cast<std::size_t>(std::max(width - display_width(result), 0)), ' ');
    return to_the_right ? space + result : result + space;
}

} // namespace zonerank::engine
