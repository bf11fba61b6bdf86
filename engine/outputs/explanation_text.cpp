// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/explanation.hpp"
#include "engine/outputs/sheet_words.hpp"
#include "engine/outputs/ways_up_text.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

using Table = std::vector<std::vector<std::string>>;

std::string signed_text(double difference) {
    if (std::isnan(difference))
        return "-";
    return std::abs(difference) < least_shown ? "0" : fmt::format("{:+.3f}", difference);
}

class Text {
public:
    Text(const Explanation& e, int width)
        : m_e(e), m_sheet(e.sheet), m_columns(e.ranking.columns), m_site(e.sheet.site()), m_width(width) {}

    std::string operator()() const {
        std::string text = headline() + score_table() + ground();
        if (m_site.rank > 0)
            text += ways_up_text(m_sheet, m_width) + rivals_text(m_sheet, m_width) + certainty();
        return text + industries();
    }

private:
    static std::string name(const SiteRow& row) { return shown_on_terminal(row.name); }
    const SiteRow& row(std::size_t i) const { return m_e.ranking.rows[i]; }
    std::string name() const { return name(m_site); }
    std::string headline() const {
        if (m_site.rank == 0)
            return paragraph(unranked(), m_width, "");
        std::string text =
            fmt::format("{} is {}{} of {} ranked sites, with a score of {} (0 useless, 1 ideal)", name(),
                        ordinal(m_site.rank), shared() ? " (shared)" : "", m_sheet.ranked, fixed(m_site.score, 3));
        for (const Beside& beside : m_sheet.rivals)
            text += distance(row(beside.rival));
        return paragraph(text + "." + (m_sheet.ranked > 1 ? stands_out() : only_one()), m_width, "");
    }

    bool shared() const {
        return std::ranges::count_if(m_e.ranking.rows, [this](const SiteRow& r) { return r.rank == m_site.rank; }) > 1;
    }

    std::string only_one() const { return " It is the only one with a rank: there is nothing to compare it with."; }

    std::string distance(const SiteRow& other) const {
        const double lead = m_site.score - other.score;
        return fmt::format("; {} {} {}", fixed(std::abs(lead), 3), lead > 0 ? "ahead of" : "behind", name(other));
    }

    std::string unranked() const {
        std::string text = fmt::format("{} has no rank: {}.", name(), shown_on_terminal(m_site.reason));
        if (m_sheet.would_rank > 0)
            text += fmt::format(" On the ground that is usable it scores {}, which would be {} of {}.",
                                fixed(m_site.score, 3), ordinal(m_sheet.would_rank), m_sheet.ranked + 1);
        return text;
    }

    std::vector<double> over_mean(double sign) const {
        std::vector<double> figures;
        for (const SheetCriterion& c : m_sheet.criteria)
            figures.push_back(std::isnan(c.over_mean) ? 0 : sign * c.over_mean);
        return figures;
    }

    /// What it has that the mean site hasn't, and the reverse: two criteria at most.
    std::string outstanding(double sign) const {
        const std::vector<double> figures = over_mean(sign);
        std::vector<std::string> words;
        for (const std::size_t i : most_first(figures))
            if (words.size() < 2 && figures[i] >= 10 * least_shown)
                words.push_back(fmt::format("{} ({})", m_columns[i].name, measured(m_site, i)));
        return listed(words);
    }

    std::string stands_out() const {
        const std::string good = outstanding(1), bad = outstanding(-1);
        std::string text = good.empty() ? "" : " Beside the average site it gains most by " + good;
        if (!bad.empty())
            text += (text.empty() ? " Beside the average site it loses most by " : ", and loses most by ") + bad;
        return text.empty() ? "" : text + ".";
    }

    std::string measured(const SiteRow& site, std::size_t i) const {
        return measurement_text(m_columns[i], site.entries[i]);
    }

    bool beside_winner() const { return m_sheet.ranked > 0 && m_sheet.row != 0; }
    bool beside_mean() const { return m_sheet.ranked > (m_site.rank > 0 ? 1 : 0); }

    std::string score_table() const {
        if (m_sheet.criteria.empty())
            return "";
        Table rows{{"criterion", "it has", "worth", "", "weight", m_e.ranking.contributions ? "adds" : "without it"}};
        if (beside_winner())
            rows[0].push_back("to the first");
        if (beside_mean())
            rows[0].emplace_back("to the mean");
        std::vector<double> parts;
        for (const SheetCriterion& c : m_sheet.criteria)
            parts.push_back(std::isnan(c.part) ? 0 : c.part);
        for (const std::size_t i : most_first(parts))
            rows.push_back(score_row(i));
        if (m_e.ranking.contributions)
            rows.push_back(sum_row());
        return "\nWhere its score comes from\n" + aligned(rows, "  ") + paragraph(score_legend(), m_width);
    }

    std::vector<std::string> score_row(std::size_t i) const {
        const SheetCriterion& c = m_sheet.criteria[i];
        const double worth = m_site.entries[i].value;
        const double effect = m_e.ranking.contributions ? c.part : -c.part;
        std::vector<std::string> cells{m_columns[i].name,
                                       measured(m_site, i),
                                       fixed(worth, 2),
                                       bar(worth, 8),
                                       fmt::format("{:.1f} %", 100 * m_columns[i].weight),
                                       m_e.ranking.contributions ? fixed(effect, 3) : signed_text(effect)};
        if (beside_winner())
            cells.push_back(signed_text(c.over_winner));
        if (beside_mean())
            cells.push_back(signed_text(c.over_mean));
        return cells;
    }

    std::vector<std::string> sum_row() const {
        double winner = 0, mean = 0;
        for (const SheetCriterion& c : m_sheet.criteria)
            winner += c.over_winner, mean += c.over_mean;
        std::vector<std::string> cells{"together", "", "", "", "100.0 %", fixed(m_site.score, 3)};
        if (beside_winner())
            cells.push_back(signed_text(winner));
        if (beside_mean())
            cells.push_back(signed_text(mean));
        return cells;
    }

    std::string score_legend() const {
        const std::string sum = "worth: 0 useless, 1 ideal. adds: weight x worth; the parts add up to the score.";
        const std::string other =
            fmt::format("worth: 0 useless, 1 ideal. without it: what the score would change by if the criterion were "
                        "worth nothing here; the study's score ({}) is no sum, so these do not add up.",
                        m_e.aggregation);
        const std::string first =
            beside_winner() ? fmt::format(" to the first: how much it leads (+) or trails (-) {} by.", name(row(0)))
                            : "";
        return (m_e.ranking.contributions ? sum : other) + first +
               (beside_mean() ? " to the mean: the same beside the mean of the ranked sites." : "") +
               (lacks_data() ? " no data: its worth is what the study assumes." : "");
    }

    bool lacks_data() const {
        return std::ranges::any_of(
            m_site.entries, [](const MatrixEntry& e) { return std::isnan(e.measurement) && !std::isnan(e.value); });
    }

    std::string ground() const {
        const StateShares& s = m_site.shares;
        std::string text = fmt::format("{} ha, of which {} usable", with_thousands(std::llround(m_site.area_ha)),
                                       percent_text(s.usable()));
        if (s.assumed > 0)
            text += fmt::format(" ({} with something assumed where data lack)", percent_text(s.assumed));
        for (const auto& [share, word] : {std::pair{s.excluded, "excluded"},
                                          {s.unknown, "not known for lack of data"},
                                          {s.outside, "outside the area"}})
            if (share > 0)
                text += fmt::format(", {} {}", percent_text(share), word);
        return "\nIts ground\n" + paragraph(text + ".", m_width) + excluded() + enough_ground();
    }

    std::string excluded() const {
        Table rows{{"excluded by", "of the site", "usable without this constraint"}};
        for (const SheetConstraint& c : m_sheet.constraints)
            rows.push_back({c.label.empty() ? c.name : shown_on_terminal(c.label), percent_text(c.excluded),
                            percent_text(c.usable_without)});
        return rows.size() == 1 ? "" : aligned(rows, "  ");
    }

    /// Of a site with too little usable ground: what alone would give it enough.
    std::string enough_ground() const {
        if (m_site.rank > 0 || m_site.shares.usable() >= m_e.needs_usable || m_sheet.constraints.empty())
            return "";
        std::vector<std::string> alone;
        for (const SheetConstraint& c : m_sheet.constraints)
            if (c.usable_without >= m_e.needs_usable)
                alone.push_back(fmt::format("'{}'", c.name));
        const std::string needed = fmt::format("It needs {} usable ground", percent_text(m_e.needs_usable));
        return paragraph(alone.empty() ? needed + "; lifting one constraint alone would not give it that."
                                       : fmt::format("{}; lifting {} would give it that.", needed,
                                                     alone.size() == 1 ? alone[0] : "any one of " + listed(alone)),
                         m_width);
    }

    std::string certainty() const {
        if (!m_e.stability || m_sheet.ranked < 2)
            return "";
        const Smaa& smaa = m_e.stability->smaa;
        const std::size_t i = m_sheet.row;
        const double first = smaa.share(i, 1);
        std::string text = fmt::format("{} sets of weights {} were tried. ",
                                       with_thousands(static_cast<long long>(smaa.draws)), m_e.of_space);
        if (smaa.best[i] == smaa.worst[i])
            text += fmt::format("It is {} with every one of them", ordinal(smaa.best[i]));
        else
            text += fmt::format("It is first with {} of them{}, and its rank lies between {} and {}",
                                first > 0 ? percent_text(first) : "none", as_now(), ordinal(smaa.best[i]),
                                ordinal(smaa.worst[i]));
        return "\nHow sure is its rank?\n" + paragraph(text + " (rank acceptability, SMAA-2).", m_width);
    }

    /// How often it has the rank that it has with the study's weights.
    std::string as_now() const {
        const Smaa& smaa = m_e.stability->smaa;
        const auto rank = static_cast<std::size_t>(m_site.rank);
        return rank > 1 && rank <= smaa.ranks ? fmt::format(", {} as now with {}", ordinal(m_site.rank),
                                                            percent_text(smaa.share(m_sheet.row, rank)))
                                              : "";
    }

    std::string industries() const {
        const IndustryMatrix& matrix = m_e.industries;
        if (matrix.industries.empty() || m_site.rank == 0)
            return "";
        const std::vector<std::size_t> suited = suited_industries(matrix, m_sheet.row);
        Table rows{{"industry", "score", "", "among the sites that suit it"}};
        for (const std::size_t i : suited)
            rows.push_back(industry_row(i));
        std::string text = "\nWhat it suits\n" +
                           (suited.empty() ? paragraph("None of the industries.", m_width) : aligned(rows, "  "));
        for (std::size_t i = 0; i < matrix.industries.size(); ++i)
            if (const Fit& fit = matrix.at(m_sheet.row, i); !fit.suited())
                text += paragraph(fmt::format("Not suited for {}: {}.", shown_on_terminal(matrix.industries[i].label),
                                              shown_on_terminal(fit.reason)),
                                  m_width);
        return text;
    }

    std::vector<std::string> industry_row(std::size_t i) const {
        const Fit& fit = m_e.industries.at(m_sheet.row, i);
        return {shown_on_terminal(m_e.industries.industries[i].label), fixed(fit.score, 3), bar(fit.score, 8),
                fmt::format("{} of {}", ordinal(fit.rank), suited_sites(m_e.industries, i).size())};
    }

    const Explanation& m_e;
    const SiteSheet& m_sheet;
    const std::vector<MatrixColumn>& m_columns;
    const SiteRow& m_site;
    int m_width;
};

} // namespace

std::string explanation_text(const Explanation& explanation, int width) {
    return Text(explanation, width)();
}

} // namespace zonerank::engine
