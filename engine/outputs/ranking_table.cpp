// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/ranking_table.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/utf8.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include <sys/ioctl.h>
#include <unistd.h>

namespace zonerank::engine {

namespace {

constexpr int gap = 2, bar_width = 10, widest_name = 32, narrowest_reason = 14;

struct Column {
    std::string title;
    std::function<std::string(const SiteRow&)> cell;
    bool to_the_right = false;
    bool by_score = false; ///< coloured
    int width = 0;
};

std::string percent(double share) {
    return std::isnan(share) ? "-" : fmt::format("{:.0f} %", std::floor(100 * share + 0.5));
}

bool is_shared(std::span<const SiteRow> ranked, const SiteRow& row) {
    return std::count_if(ranked.begin(), ranked.end(), [&](const SiteRow& o) { return o.rank == row.rank; }) > 1;
}

/// "power 0.76"; a dash where there is none.
std::string farthest_text(const Ranking& ranking, const std::vector<double>& means, const SiteRow& row, int direction) {
    const std::optional<std::size_t> at = farthest(ranking, means, row, direction);
    return at ? ranking.columns[*at].name + " " + fixed(row.entries[*at].value, 2) : "-";
}

/// Lays the columns of one ranking out in a width.
class Layout {
public:
    Layout(const Ranking& ranking, std::span<const SiteRow> shown, int width)
        : m_ranking(ranking), m_shown(shown), m_left(width) {
        add("rank", true,
            [shown](const SiteRow& r) { return std::to_string(r.rank) + (is_shared(shown, r) ? "=" : " "); });
        add("site", false, [](const SiteRow& r) { return shown_on_terminal(r.name); });
        narrow(m_columns.back(), widest_name);
        add("score", true, [](const SiteRow& r) { return fixed(r.score, 3); });
        if (m_left >= bar_width + gap + 8) {
            add("", false, [](const SiteRow& r) { return bar(r.score, bar_width); });
            set_width(m_columns.back(), bar_width);
            m_columns.back().by_score = true;
        }
        add("usable", true, [](const SiteRow& r) { return percent(r.shares.usable()); });
        add_criteria();
    }

    const std::vector<Column>& columns() const { return m_columns; }

private:
    void add(std::string title, bool to_the_right, std::function<std::string(const SiteRow&)> cell) {
        m_columns.push_back({std::move(title), std::move(cell), to_the_right});
        int width = display_width(m_columns.back().title);
        for (const SiteRow& row : m_shown)
            width = std::max(width, display_width(m_columns.back().cell(row)));
        set_width(m_columns.back(), width);
    }

    void set_width(Column& column, int width) {
        m_left += column.width > 0 ? column.width + gap : 0;
        column.width = width;
        m_left -= width + gap;
    }

    void narrow(Column& column, int width) { set_width(column, std::min(column.width, width)); }

    void add_criteria() {
        int needed = 0;
        for (const MatrixColumn& column : m_ranking.columns)
            needed += std::max(display_width(column.name), 4) + gap;
        if (needed <= m_left + gap)
            add_values();
        else if (m_left >= 2 * (narrowest_reason + gap))
            add_strongest_and_weakest();
    }

    void add_values() {
        for (std::size_t i = 0; i < m_ranking.columns.size(); ++i)
            add(m_ranking.columns[i].name, true, [i](const SiteRow& r) { return fixed(r.entries[i].value, 2); });
    }

    void add_strongest_and_weakest() {
        const int half = (m_left - gap) / 2;
        const std::vector<double> means = mean_values(m_ranking);
        add("strongest", false, [this, means](const SiteRow& r) { return farthest_text(m_ranking, means, r, 1); });
        narrow(m_columns.back(), half);
        add("weakest", false, [this, means](const SiteRow& r) { return farthest_text(m_ranking, means, r, -1); });
        narrow(m_columns.back(), half);
    }

    const Ranking& m_ranking;
    std::span<const SiteRow> m_shown;
    int m_left; ///< columns of the terminal that are still free
    std::vector<Column> m_columns;
};

template <typename Cell>
std::string line(const std::vector<Column>& columns, Cell&& cell) {
    std::string text;
    for (const Column& column : columns)
        text += cell(column) + std::string(gap, ' ');
    return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
}

std::string more(std::size_t count, std::size_t shown) {
    return count > shown ? fmt::format("      … and {} more in ranking.csv\n", count - shown) : "";
}

std::string unranked_part(std::span<const SiteRow> rows, int rank_width, const TableStyle& style) {
    const auto shown = rows.first(std::min(rows.size(), style.most));
    int width = 0;
    for (const SiteRow& row : shown)
        width = std::max(width, display_width(shown_on_terminal(row.name)));
    width = std::min(width, widest_name);
    std::string text = rows.empty() ? "" : style.ink.bold("without a rank") + "\n";
    for (const SiteRow& row : shown)
        text += fitted("- ", rank_width, true) + std::string(gap, ' ') + fitted(shown_on_terminal(row.name), width) +
                std::string(gap, ' ') + style.ink.dim(shown_on_terminal(row.reason)) + "\n";
    return text + more(rows.size(), shown.size());
}

} // namespace

TableStyle style_for(int descriptor) {
    TableStyle style;
    winsize size{};
    if (::isatty(descriptor) && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        style.width = size.ws_col;
    style.ink = ink_for(descriptor);
    return style;
}

std::vector<double> mean_values(const Ranking& ranking) {
    std::vector<double> means;
    for (std::size_t i = 0; i < ranking.columns.size(); ++i) {
        double sum = 0, count = 0;
        for (const SiteRow& row : ranking.rows)
            if (row.rank > 0 && !std::isnan(row.entries[i].value)) {
                sum += row.entries[i].value;
                ++count;
            }
        means.push_back(sum / count);
    }
    return means;
}

std::optional<std::size_t> farthest(const Ranking& ranking, const std::vector<double>& means, const SiteRow& row,
                                    int direction) {
    double most = -HUGE_VAL;
    std::optional<std::size_t> at;
    for (std::size_t i = 0; i < ranking.columns.size(); ++i) {
        const double lead = direction * ranking.columns[i].weight * (row.entries[i].value - means[i]);
        if (lead > most) {
            most = lead;
            at = i;
        }
    }
    return at;
}

std::string ranking_table(const Ranking& ranking, const TableStyle& style) {
    const std::span<const SiteRow> rows(ranking.rows);
    const auto first_unranked = std::find_if(rows.begin(), rows.end(), [](const SiteRow& r) { return r.rank == 0; });
    const auto ranked = rows.first(static_cast<std::size_t>(first_unranked - rows.begin()));
    const auto shown = ranked.first(std::min(ranked.size(), style.most));

    const Layout layout(ranking, shown, style.width);
    std::string text;
    if (!shown.empty())
        text += line(layout.columns(),
                     [&](const Column& c) { return style.ink.bold(fitted(c.title, c.width, c.to_the_right)); });
    for (const SiteRow& row : shown)
        text += line(layout.columns(), [&](const Column& c) {
            const std::string cell = fitted(c.cell(row), c.width, c.to_the_right);
            return c.by_score ? style.ink.scaled(cell, row.score) : cell;
        });
    text += more(ranked.size(), shown.size());
    text += !ranked.empty() && ranked.size() < rows.size() ? "\n" : "";
    return text + unranked_part(rows.subspan(ranked.size()), layout.columns().front().width, style);
}

} // namespace zonerank::engine
