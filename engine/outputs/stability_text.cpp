// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/stability_text.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/wording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

constexpr std::size_t most_rows = 12;
constexpr int width = 100;

class Text {
public:
    explicit Text(const StabilityRecord& record) : m_record(record), m_out(*record.stability), m_smaa(m_out.smaa) {}

    std::string operator()() const {
        std::vector<std::string> lines{opening(), first_place()};
        if (m_smaa.sites > 1)
            for (std::string line : {change_at_top(), closest_weight(), never_first(), reversals()})
                lines.push_back(std::move(line));
        for (const std::string& note : m_record.notes)
            lines.push_back("Note: " + note + ".");
        std::string text = "How sure is this ranking?\n";
        for (const std::string& line : lines)
            for (const std::string& part : line.empty() ? std::vector<std::string>{} : wrapped(line, width - 2))
                text += "  " + part + "\n";
        return m_smaa.sites > 1 ? text + table() : text;
    }

private:
    std::string name(std::size_t i) const { return shown_on_terminal(m_record.matrix->alternatives[i]); }
    std::string criterion(std::size_t j) const { return m_record.matrix->criteria[j]; }

    std::string opening() const {
        const std::string measured = m_record.uncertain.empty()
                                         ? ""
                                         : fmt::format(", each with other measurements of {}, too, as uncertain as "
                                                       "the study says",
                                                       fmt::join(m_record.uncertain, ", "));
        return fmt::format("{} sets of weights {} were tried{} (SMAA-2, seed {}).",
                           with_thousands(static_cast<long long>(m_smaa.draws)), m_record.of_space, measured,
                           m_record.seed);
    }

    std::string first_place() const {
        if (m_smaa.sites == 1)
            return fmt::format("{} is the only ranked site: first, whatever the weights.", name(0));
        const double share = m_smaa.share(0, 1);
        if (m_smaa.worst[0] == 1)
            return fmt::format("{} is first with every one of them.", name(0));
        return fmt::format("{} is first with {} of them (standard error {:.1f} points), and never lower than {}.",
                           name(0), percent_text(share), 100 * standard_error(share, m_smaa.draws),
                           ordinal(m_smaa.worst[0]));
    }

    std::string change_at_top() const {
        if (!m_out.exact)
            return "The smallest change of weights that changes a place is found for weighted sums without gaps "
                   "only; here the draws alone can tell.";
        const WeightChange& change = m_out.sites[0].to_lose;
        if (std::isnan(change.moved))
            return fmt::format("No change of weights puts another site ahead of {}.", name(0));
        return fmt::format("{} of weight moved {} put {} ahead of it; with less it stays first.",
                           points_text(change.moved), moves(change), name(*change.rival));
    }

    std::string moves(const WeightChange& change) const {
        std::vector<std::string> from;
        for (const WeightMove& move : change.moves)
            from.push_back(criterion(move.from));
        return change.moves.empty()
                   ? "anywhere"
                   : fmt::format("from {} to {}", fmt::join(from, ", "), criterion(change.moves.front().to));
    }

    /// The criterion whose weight alone, the others in proportion, has least way to go.
    std::string closest_weight() const {
        const StayRange* closest = nullptr;
        double least = HUGE_VAL;
        bool above = false;
        for (const StayRange& range : m_out.ranges) {
            const double weight = m_record.matrix->weights[range.criterion];
            const auto consider = [&](bool there, double way, bool up) {
                if (!there || way >= least)
                    return;
                closest = &range;
                least = way;
                above = up;
            };
            consider(range.below.has_value(), weight - range.least, false);
            consider(range.above.has_value(), range.most - weight, true);
        }
        if (closest == nullptr)
            return "";
        return fmt::format(
            "Of the single weights that of {} matters most: {} {:.1f} % (now {:.1f} %) {} is first.",
            criterion(closest->criterion), above ? "above" : "below", 100 * (above ? closest->most : closest->least),
            100 * m_record.matrix->weights[closest->criterion], name(above ? *closest->above : *closest->below));
    }

    std::string never_first() const {
        if (!m_out.exact)
            return "";
        const auto never =
            std::ranges::count_if(m_out.sites, [](const SitePlace& f) { return f.greatest_lead < -1e-9; });
        const auto worse =
            std::ranges::count_if(m_out.sites, [](const SitePlace& f) { return f.dominated_by_count > 0; });
        if (never == 0)
            return "Each site is first with some of these weights.";
        return fmt::format("{} of {} sites can't be first with any of these weights{}.", never, m_smaa.sites,
                           worse == 0
                               ? ""
                               : fmt::format("; {} of them {} worse than another on some criterion and better on "
                                             "none (dominated)",
                                             worse, worse == 1 ? "is" : "are"));
    }

    std::string reversals() const {
        if (m_smaa.sites > SiteStability::most_pairs)
            return "";
        if (m_out.reversals.empty())
            return "Leaving out any one site changes no order among the others, with these weights (no rank reversal).";
        const Reversal& first = m_out.reversals.front();
        return fmt::format("Without {}, the order of {} and {} is another (rank reversal); so it is for {} sites.",
                           name(first.without), name(first.ahead), name(first.behind), m_out.reversals.size());
    }

    std::string share_cell(std::size_t site, std::size_t rank) const {
        const double share = m_smaa.share(site, rank);
        return share > 0 ? fmt::format("{:>5} {}", percent_text(share), bar(share, 6)) : "";
    }

    std::string lost(std::size_t i) const {
        const WeightChange& change = m_out.sites[i].to_lose;
        return std::isnan(change.moved) ? "" : fmt::format("{}: {}", points_text(change.moved), name(*change.rival));
    }

    std::string risen(std::size_t i) const {
        if (m_out.sites[i].rank == 1)
            return "";
        const double moved = m_out.sites[i].to_first.moved;
        return std::isnan(moved) ? "no weights" : points_text(moved);
    }

    std::string table() const {
        const std::size_t ranks = std::min<std::size_t>(3, m_smaa.ranks);
        std::vector<std::string> head{"site"};
        for (std::size_t r = 1; r <= ranks; ++r)
            head.push_back(ordinal(static_cast<std::int32_t>(r)));
        head.insert(head.end(), {"ranks seen"});
        if (m_out.exact)
            head.insert(head.end(), {"first if moved", "loses its place"});
        std::vector<std::vector<std::string>> rows{head};
        for (std::size_t i = 0; i < std::min(m_smaa.sites, most_rows); ++i) {
            std::vector<std::string> row{name(i)};
            for (std::size_t r = 1; r <= ranks; ++r)
                row.push_back(share_cell(i, r));
            row.push_back(fmt::format("{} to {}", m_smaa.best[i], m_smaa.worst[i]));
            if (m_out.exact)
                row.insert(row.end(), {risen(i), lost(i)});
            rows.push_back(row);
        }
        const std::string more = m_smaa.sites > most_rows
                                     ? fmt::format("  … and {} more in stability/sites.csv\n", m_smaa.sites - most_rows)
                                     : "";
        return aligned(rows, "  ") + more;
    }

    const StabilityRecord& m_record;
    const SiteStability& m_out;
    const Smaa& m_smaa;
};

} // namespace

std::string stability_text(const StabilityRecord& record) {
    return Text(record)();
}

} // namespace zonerank::engine
