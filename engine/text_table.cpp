// SPDX-License-Identifier: Apache-2.0
#include "engine/text_table.hpp"

#include "engine/escape.hpp"
#include "engine/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

static bool numeric(const std::string& text) {
    return text.find_first_not_of("0123456789.,-+% ") == text.npos;
}

std::string aligned(const std::vector<std::vector<std::string>>& rows, const std::string& indent) {
    std::vector<std::size_t> widths;
    std::vector<bool> right;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        widths.resize(std::max(widths.size(), rows[r].size()), 0);
        right.resize(widths.size(), true);
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            widths[c] = std::max(widths[c], static_cast<std::size_t>(display_width(shown_on_terminal(rows[r][c]))));
            right[c] = right[c] && (r == 0 || numeric(rows[r][c]));
        }
    }
    std::string text;
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string row = indent;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            const std::string cell = shown_on_terminal(cells[c]);
            const std::string gap(widths[c] - static_cast<std::size_t>(display_width(cell)), ' ');
            row += right[c] ? gap + cell : cell + gap;
            row += "  ";
        }
        row.erase(row.find_last_not_of(' ') + 1);
        text += row + "\n";
    };
    for (std::size_t r = 0; r < rows.size(); ++r) {
        line(rows[r]);
        if (r > 0)
            continue;
        std::vector<std::string> rule;
        for (const std::size_t width : widths) {
            std::string dashes;
            for (std::size_t i = 0; i < width; ++i)
                dashes += "─";
            rule.push_back(dashes);
        }
        line(rule);
    }
    return text;
}

std::string with_thousands(long long number) {
    std::string digits = std::to_string(number);
    const std::size_t first = digits.front() == '-' ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;)
        digits.insert(at -= 3, ",");
    return digits;
}

std::string bytes_text(double bytes) {
    const char* const units[] = {"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    for (; bytes >= 1000 && unit < 4; ++unit)
        bytes /= 1000;
    return fmt::format("{:.{}f} {}", bytes, unit == 0 ? 0 : 1, units[unit]);
}

} // namespace zonerank::engine
