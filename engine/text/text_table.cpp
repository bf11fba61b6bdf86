// SPDX-License-Identifier: Apache-2.0
#include "engine/text/text_table.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string_view>

namespace zonerank::engine {

static bool numeric(const std::string& text) {
    return text.find_first_not_of("0123456789.,-+% ") == text.npos;
}

std::vector<std::string> wrapped(const std::string& text, int width) {
    std::vector<std::string> lines(1);
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        std::string& line = lines.back();
        if (line.empty())
            line = word;
        else if (display_width(line) + 1 + display_width(word) <= width)
            line += " " + word;
        else
            lines.push_back(word);
    }
    return lines;
}

static std::string sentence_wrapped(const std::string& line, int width) {
    const std::size_t start = line.find_first_not_of(' ');
    if (display_width(line) <= width || start == line.npos || line.find("  ", start) != line.npos)
        return line + "\n";
    const std::string indent(start, ' ');
    std::string text;
    for (const std::string& part : wrapped(line, width - static_cast<int>(start) - 2))
        text += fmt::format("{}{}{}\n", indent, text.empty() ? "" : "  ", part);
    return text;
}

std::string sentences_wrapped(const std::string& lines, int width) {
    std::istringstream each(lines);
    std::string text;
    for (std::string line; std::getline(each, line);)
        text += sentence_wrapped(line, width);
    return text;
}

namespace {

using Row = std::vector<std::string>;

struct Layout {
    std::vector<int> widths;
    std::vector<bool> right; ///< columns of numbers
};

Layout layout_of(const std::vector<Row>& rows) {
    Layout layout;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        layout.widths.resize(std::max(layout.widths.size(), rows[r].size()), 0);
        layout.right.resize(layout.widths.size(), true);
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            layout.widths[c] = std::max(layout.widths[c], display_width(rows[r][c]));
            layout.right[c] = layout.right[c] && (r == 0 || numeric(rows[r][c]));
        }
    }
    return layout;
}

std::string line(const Row& row, const Layout& layout, const std::string& indent) {
    std::string text = indent;
    for (std::size_t c = 0; c < row.size(); ++c) {
        const std::string gap(static_cast<std::size_t>(std::max(layout.widths[c] - display_width(row[c]), 0)), ' ');
        text += (layout.right[c] ? gap + row[c] : row[c] + gap) + "  ";
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

std::string rule(const Layout& layout, const std::string& indent) {
    Row dashes;
    for (const int width : layout.widths) {
        dashes.emplace_back();
        for (int i = 0; i < width; ++i)
            dashes.back() += "─";
    }
    return line(dashes, layout, indent);
}

/// Rows whose last cell is too long, split into several.
std::vector<Row> broken(const std::vector<Row>& rows, int last_width) {
    std::vector<Row> result;
    for (const Row& row : rows) {
        const std::vector<std::string> lines = wrapped(row.back(), last_width);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            Row part = i == 0 ? row : Row(row.size());
            part.back() = lines[i];
            result.push_back(std::move(part));
        }
    }
    return result;
}

} // namespace

std::string aligned(const std::vector<Row>& given, const std::string& indent, int width) {
    if (given.empty())
        return "";
    std::vector<Row> rows = given;
    for (Row& row : rows)
        for (std::string& cell : row)
            cell = shown_on_terminal(cell);
    Layout layout = layout_of(rows);
    int before = static_cast<int>(indent.size());
    for (std::size_t c = 0; c + 1 < layout.widths.size(); ++c)
        before += layout.widths[c] + 2;
    constexpr int least = 20; // columns of a text that can still be read
    if (width > 0 && before + layout.widths.back() > width) {
        rows = broken(rows, std::max(width - before, least));
        layout = layout_of(rows);
    }
    std::string text;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        text += line(rows[r], layout, indent);
        if (r == 0)
            text += rule(layout, indent);
    }
    return text;
}

std::string bar(double share, int width) {
    constexpr std::string_view eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const int steps = std::isnan(share) ? 0 : static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * width * 8));
    std::string text;
    for (int i = 0; i < steps / 8; ++i)
        text += "█";
    return text.append(eighths[steps % 8]);
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
