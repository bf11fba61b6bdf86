// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/ways_up_text.hpp"

#include "engine/outputs/sheet_words.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

constexpr std::size_t most_reasons = 3;

bool any(const WayUp& way) {
    return std::ranges::any_of(way.enough, [](const auto& x) { return x.has_value(); });
}

/// One site beside those around it.
class Around {
public:
    Around(const SiteSheet& sheet, int width)
        : m_sheet(sheet), m_columns(sheet.ranking->columns), m_site(sheet.site()), m_width(width) {}

    std::string ways_up() const {
        if (!m_sheet.up_one)
            return "";
        std::string text = "\nWhat would move it up\n" + measurements();
        for (const WayUp* way : ways())
            text += none_enough(*way);
        for (const WayUp* way : ways())
            text += by_weights(*way);
        return text;
    }

    std::string rivals() const {
        std::string text = m_sheet.rivals.empty() ? "" : "\nIts nearest rivals\n";
        for (const Beside& beside : m_sheet.rivals)
            text += paragraph(compared(beside), m_width);
        return text;
    }

private:
    const SiteRow& row(std::size_t i) const { return m_sheet.ranking->rows[i]; }
    static std::string name(const SiteRow& row) { return shown_on_terminal(row.name); }
    std::string measured(const SiteRow& site, std::size_t i) const {
        return measurement_text(m_columns[i], site.entries[i]);
    }

    /// One place up, then to the top where that is more.
    std::vector<const WayUp*> ways() const {
        std::vector<const WayUp*> all{&*m_sheet.up_one};
        if (m_sheet.to_top)
            all.push_back(&*m_sheet.to_top);
        return all;
    }

    std::string goal(const WayUp& way) const {
        const SiteRow& rival = row(way.rival);
        return rival.rank == 1 ? fmt::format("level with {} at the top", name(rival))
                               : fmt::format("level with {}, {}", name(rival), ordinal(rival.rank));
    }

    std::string measurements() const {
        std::vector<const WayUp*> shown = ways();
        std::erase_if(shown, [](const WayUp* way) { return !any(*way); });
        if (shown.empty())
            return "";
        std::vector<std::vector<std::string>> rows{{"criterion", "it has"}};
        for (const WayUp* way : shown)
            rows[0].push_back(goal(*way));
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            if (std::ranges::any_of(shown, [&](const WayUp* way) { return way->enough[i].has_value(); })) {
                rows.push_back({m_columns[i].name, measured(m_site, i)});
                for (const WayUp* way : shown)
                    rows.back().push_back(enough(*way, i));
            }
        return paragraph("Any one of these changes would bring it level, if all its ground measured so and the rest "
                         "stayed as it is; a trace more, and it is ahead.",
                         m_width) +
               aligned(rows, "  ");
    }

    std::string enough(const WayUp& way, std::size_t i) const {
        if (!way.enough[i])
            return "not by this alone";
        const double now = m_site.entries[i].measurement;
        const std::string text = reached_text(m_columns[i], now, *way.enough[i]);
        if (std::isnan(now))
            return "such as " + text;
        return *way.enough[i] == now ? text + " all over" : text;
    }

    std::string none_enough(const WayUp& way) const {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            if (!way.enough[i])
                names.push_back(m_columns[i].name);
        if (!any(way))
            return paragraph(fmt::format("No criterion alone would bring it {}, whatever it measured.", goal(way)),
                             m_width);
        const bool shown = &way != &*m_sheet.up_one || names.empty();
        return shown ? ""
                     : paragraph(fmt::format("{} alone would not do, whatever {} measured.", listed(names),
                                             names.size() == 1 ? "it" : "they"),
                                 m_width);
    }

    std::string by_weights(const WayUp& way) const {
        if (!m_sheet.exact_weights)
            return &way != &*m_sheet.up_one ? ""
                                            : paragraph("Which weights would do it can be told for weighted sums "
                                                        "without gaps in the data only.",
                                                        m_width);
        if (std::isnan(way.weights.moved))
            return paragraph(fmt::format("No other weights bring it {}.", goal(way)), m_width);
        return paragraph(fmt::format("Or other weights: moving {} (of 100 points in all) brings it {}; no smaller "
                                     "change does.",
                                     moves_text(way.weights), goal(way)),
                         m_width);
    }

    /// One by one if they are few; else their sum and the largest, since all go to one criterion.
    std::string moves_text(const WeightChange& change) const {
        constexpr std::size_t few = 3;
        std::vector<std::string> moves;
        std::vector<WeightMove> largest = change.moves;
        std::ranges::stable_sort(largest, std::greater<>(), &WeightMove::amount);
        for (const WeightMove& move : change.moves)
            moves.push_back(fmt::format("{} from {} to {}", points_text(move.amount), m_columns[move.from].name,
                                        m_columns[move.to].name));
        if (moves.size() <= few)
            return moves.empty() ? "a trace anywhere" : listed(moves);
        moves.clear();
        for (std::size_t i = 0; i < few; ++i)
            moves.push_back(fmt::format("{} from {}", points_text(largest[i].amount), m_columns[largest[i].from].name));
        moves.push_back(fmt::format("the rest from {} others", largest.size() - few));
        return fmt::format("{} to {}, {},", points_text(change.moved), m_columns[largest.front().to].name,
                           listed(moves));
    }

    /// "A, 4th, is 0.001 ahead. A wins by ...; B makes up by ....": whoever is ahead first.
    std::string compared(const Beside& beside) const {
        const SiteRow& other = row(beside.rival);
        const bool ahead = other.score > m_site.score;
        const double sign = ahead ? -1 : 1;
        const std::string wins = because(beside, sign), makes_up = because(beside, -sign);
        std::string text = fmt::format("{}, {}, is {} {}.", name(other), ordinal(other.rank),
                                       fixed(std::abs(other.score - m_site.score), 3), ahead ? "ahead" : "behind");
        if (!wins.empty())
            text += fmt::format(" {} wins by {}.", name(ahead ? other : m_site), wins);
        if (!makes_up.empty())
            text += fmt::format(" {} is better in {}.", name(ahead ? m_site : other), makes_up);
        return text;
    }

    /// "power 0.051 (7.6 km against 13.4 km), ...": what counts most for one of the two.
    std::string because(const Beside& beside, double sign) const {
        const SiteRow &leader = sign > 0 ? m_site : row(beside.rival), &trailer = sign > 0 ? row(beside.rival) : m_site;
        std::vector<double> leads;
        for (const double over : beside.over)
            leads.push_back(std::isnan(over) ? 0 : sign * over);
        std::vector<std::string> reasons;
        for (const std::size_t i : most_first(leads))
            if (leads[i] >= least_shown && reasons.size() < most_reasons)
                reasons.push_back(fmt::format("{} {:.3f} ({} against {})", m_columns[i].name, leads[i],
                                              measured(leader, i), measured(trailer, i)));
        return listed(reasons);
    }

    const SiteSheet& m_sheet;
    const std::vector<MatrixColumn>& m_columns;
    const SiteRow& m_site;
    int m_width;
};

} // namespace

std::string ways_up_text(const SiteSheet& sheet, int width) {
    return Around(sheet, width).ways_up();
}

std::string rivals_text(const SiteSheet& sheet, int width) {
    return Around(sheet, width).rivals();
}

} // namespace zonerank::engine
