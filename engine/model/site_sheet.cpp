// SPDX-License-Identifier: Apache-2.0
#include "engine/model/site_sheet.hpp"

#include "engine/model/alternatives.hpp"
#include "engine/model/enough.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

namespace {

std::vector<double> values_of(const SiteRow& row) {
    std::vector<double> values;
    for (const MatrixEntry& entry : row.entries)
        values.push_back(entry.value);
    return values;
}

/// Composes one site's sheet.
class Sheet {
public:
    Sheet(const Ranking& ranking, std::size_t row, const Model& model)
        : m_ranking(ranking), m_model(model), m_site(ranking.rows[row]), m_values(values_of(m_site)) {
        m_out.ranking = &ranking;
        m_out.row = row;
        m_out.ranked =
            static_cast<std::size_t>(std::ranges::count_if(ranking.rows, [](const SiteRow& r) { return r.rank > 0; }));
    }

    SiteSheet operator()(const SiteTally& tally) {
        add_constraints(tally);
        if (!std::isnan(m_site.score))
            add_criteria();
        if (m_site.rank > 0)
            add_others();
        else if (!std::isnan(m_site.score))
            m_out.would_rank = 1 + static_cast<int>(std::ranges::count_if(m_ranking.rows, [this](const SiteRow& r) {
                                   return r.rank > 0 && r.score > m_site.score;
                               }));
        return std::move(m_out);
    }

private:
    const Decision& decision() const { return m_model.decision(); }
    const SiteRow& ranked(std::size_t i) const { return m_ranking.rows[i]; }

    void add_constraints(const SiteTally& tally) {
        const double usable = m_site.shares.usable(), total = total_weight(tally);
        for (std::size_t i = 0; i < tally.excluded_by.size(); ++i)
            if (tally.excluded_by[i] > 0)
                m_out.constraints.push_back({m_model.constraints()[i].name, m_model.constraints()[i].label,
                                             static_cast<double>(tally.excluded_by[i]) / total,
                                             usable + static_cast<double>(tally.freed_by[i]) / total});
        std::ranges::stable_sort(m_out.constraints, std::greater(), &SheetConstraint::excluded);
    }

    /// Of the whole site, in the tally's unit, when some of it is excluded: what no cell covers has no state there.
    double total_weight(const SiteTally& tally) const {
        const auto excluded = static_cast<double>(tally.by_state[static_cast<std::size_t>(State::excluded)]);
        return excluded / m_site.shares.excluded;
    }

    double score_with(std::size_t criterion, double value) const {
        std::vector<double> values = m_values;
        values[criterion] = value;
        return decision().score(values);
    }

    /// 0 of what is left out: it adds nothing to the score.
    static double part(const SiteRow& row, std::size_t criterion) {
        const double part = row.entries[criterion].part;
        return std::isnan(part) ? 0 : part;
    }

    double over(const SiteRow& other, std::size_t criterion) const {
        return m_ranking.contributions ? part(m_site, criterion) - part(other, criterion)
                                       : m_site.score - score_with(criterion, other.entries[criterion].value);
    }

    double over_mean(std::size_t criterion) const {
        double sum = 0, count = 0;
        for (std::size_t i = 0; i < m_out.ranked; ++i) {
            const double value = ranked(i).entries[criterion].value;
            if (!m_ranking.contributions && std::isnan(value))
                continue;
            sum += m_ranking.contributions ? part(ranked(i), criterion) : value;
            ++count;
        }
        return m_ranking.contributions ? part(m_site, criterion) - sum / count
                                       : m_site.score - score_with(criterion, sum / count);
    }

    void add_criteria() {
        for (std::size_t i = 0; i < m_values.size(); ++i) {
            SheetCriterion c;
            if (!std::isnan(m_values[i]))
                c.part = m_ranking.contributions ? m_site.entries[i].part : m_site.score - score_with(i, 0);
            if (m_out.ranked > 0) {
                c.over_winner = over(ranked(0), i);
                c.over_mean = over_mean(i);
            }
            m_out.criteria.push_back(c);
        }
    }

    void add_others() {
        const DecisionMatrix matrix = alternatives(m_ranking, m_model);
        m_out.exact_weights =
            m_ranking.contributions && std::ranges::none_of(matrix.values, [](double v) { return std::isnan(v); });
        const auto ahead = std::ranges::count_if(
            m_ranking.rows, [this](const SiteRow& r) { return r.rank > 0 && r.rank < m_site.rank; });
        const auto level =
            std::ranges::count_if(m_ranking.rows, [this](const SiteRow& r) { return r.rank == m_site.rank; });
        if (ahead > 0)
            add_ways_up(static_cast<std::size_t>(ahead) - 1, matrix);
        if (static_cast<std::size_t>(ahead + level) < m_out.ranked)
            add_rival(static_cast<std::size_t>(ahead + level));
    }

    void add_ways_up(std::size_t next, const DecisionMatrix& matrix) {
        const WeightedTable table{matrix.rows(), matrix.columns(), matrix.values, matrix.weights};
        m_out.up_one = way_to(next);
        if (m_out.exact_weights)
            m_out.up_one->weights = change_to_pass(table, next, m_out.row);
        add_rival(next);
        if (next == 0)
            return;
        m_out.to_top = way_to(0);
        if (m_out.exact_weights)
            m_out.to_top->weights = change_to_first(table, m_out.row);
        add_rival(0);
    }

    void add_rival(std::size_t row) {
        Beside beside{row, {}};
        for (std::size_t i = 0; i < m_values.size(); ++i)
            beside.over.push_back(over(ranked(row), i));
        m_out.rivals.push_back(std::move(beside));
    }

    WayUp way_to(std::size_t rival) const {
        constexpr double rounding = 1e-12;
        WayUp way{.rival = rival};
        for (std::size_t i = 0; i < m_values.size(); ++i)
            way.enough.push_back(measurement_for(i, ranked(rival).score - rounding));
        return way;
    }

    bool of_classes(std::size_t i) const {
        const Criterion& c = decision().criteria[i];
        return c.on_map() && m_model.layer(i).categorical && c.site.kind != SiteRule::Kind::share;
    }

    std::optional<double> measurement_for(std::size_t i, double score) const {
        const auto enough = [&](double x) { return score_with(i, m_model.value(i, x)) >= score; };
        if (of_classes(i))
            return class_for(i, enough);
        std::optional<MeasurementRange> range = range_of(i);
        return range ? nearest_enough(*range, enough) : std::nullopt;
    }

    /// The class of least worth that is enough: the least that is asked for.
    std::optional<double> class_for(std::size_t i, const std::function<bool(double)>& enough) const {
        std::optional<double> best;
        const std::size_t codes = std::max<std::size_t>(m_ranking.columns[i].classes.size(), 256);
        for (std::size_t code = 0; code < codes; ++code) {
            const auto x = static_cast<double>(code);
            if (!std::isnan(m_model.value(i, x)) && enough(x) &&
                (!best || m_model.value(i, x) < m_model.value(i, *best)))
                best = x;
        }
        return best;
    }

    std::optional<MeasurementRange> range_of(std::size_t i) const {
        std::vector<double> known;
        for (const SiteRow& row : m_ranking.rows)
            if (row.entries.size() > i && std::isfinite(row.entries[i].measurement))
                known.push_back(row.entries[i].measurement);
        if (known.empty())
            return {};
        const auto [least, most] = std::ranges::minmax(known);
        const double own = m_site.entries[i].measurement;
        const double mean = std::accumulate(known.begin(), known.end(), 0.0) / static_cast<double>(known.size());
        MeasurementRange range{.from = std::isfinite(own) ? own : mean};
        range.scale = std::max({most - least, std::abs(range.from), 1e-9});
        if (least >= 0)
            range.least = 0;
        if (m_ranking.columns[i].unit.dimension == layers::Dimension::percent && most <= 100)
            range.most = 100;
        return range;
    }

    const Ranking& m_ranking;
    const Model& m_model;
    const SiteRow& m_site;
    std::vector<double> m_values;
    SiteSheet m_out;
};

} // namespace

SiteSheet site_sheet(const Ranking& ranking, std::size_t row, const Model& model, const SiteTally& tally) {
    return Sheet(ranking, row, model)(tally);
}

} // namespace zonerank::engine
