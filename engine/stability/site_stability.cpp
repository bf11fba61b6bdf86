// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/site_stability.hpp"

#include "engine/stability/first_place.hpp"
#include "engine/stability/score_ranks.hpp"
#include "rasters/core/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

namespace {

std::vector<int> ranks_of(std::span<const double> scores) {
    std::vector<std::int32_t> ranks(scores.size());
    ScoreRanks rank;
    rank(scores, ranks);
    return {ranks.begin(), ranks.end()};
}

class Report {
public:
    Report(const StabilityInput& input, const rasters::Course& course)
        : m_in(input), m_matrix(*input.matrix),
          m_course(course), m_table{m_matrix.rows(), m_matrix.columns(), m_matrix.values, m_matrix.weights} {
        for (std::size_t i = 0; i < m_matrix.rows(); ++i)
            m_scores.push_back(input.score(m_matrix.valued(i), m_matrix.weights));
        m_ranks = ranks_of(m_scores);
        m_out.exact = input.additive && std::ranges::none_of(m_matrix.values, [](double v) { return std::isnan(v); });
    }

    SiteStability operator()() {
        draw();
        m_out.sites.resize(m_matrix.rows());
        rasters::Advance advance(m_course.stretch(0.7, 1), static_cast<double>(m_matrix.rows()));
        rasters::in_parallel(m_matrix.rows(), [&](std::size_t i) {
            m_out.sites[i].rank = m_ranks[i];
            if (m_out.exact)
                find_exact(i, m_out.sites[i]);
            advance.add(1);
        });
        if (m_out.exact)
            m_out.ranges = stay_ranges(m_table, 0);
        if (m_matrix.rows() <= SiteStability::most_pairs)
            m_out.reversals = rank_reversals(m_matrix.rows(), [this](std::span<const std::size_t> left) {
                std::vector<double> scores;
                for (const std::size_t i : left)
                    scores.push_back(m_in.score(m_matrix.valued(i), m_matrix.weights));
                return ranks_of(scores);
            });
        return std::move(m_out);
    }

private:
    void draw() {
        const bool many = m_matrix.rows() > SiteStability::most_pairs;
        SmaaInput input{.sites = m_matrix.rows(),
                        .criteria = m_matrix.columns(),
                        .values = m_matrix.values,
                        .weights = m_in.weights,
                        .uncertain = m_in.uncertain,
                        .draws = m_in.draws,
                        .seed = m_in.seed,
                        .ranks = many ? SiteStability::most_ranks : 0,
                        .pairs = !many};
        if (!m_out.exact)
            input.score = m_in.score;
        m_out.smaa = smaa(input, m_course.stretch(0, 0.7));
    }

    void find_exact(std::size_t site, SitePlace& figures) const {
        std::vector<std::size_t> below;
        for (std::size_t i = 0; i < m_ranks.size(); ++i)
            if (m_ranks[i] > m_ranks[site])
                below.push_back(i);
        figures.to_lose = change_to_lose(m_table, site, below);
        if (const auto ahead = next_ahead(site)) {
            figures.to_rise = change_to_pass(m_table, *ahead, site);
            figures.to_rise.rival = ahead;
            figures.to_first = change_to_first(m_table, site);
        }
        figures.greatest_lead = greatest_lead(m_table, *m_in.weights, site);
        for (std::size_t i = 0; i < m_ranks.size(); ++i)
            if (dominates(m_table, i, site)) {
                ++figures.dominated_by_count;
                if (!figures.dominated_by)
                    figures.dominated_by = i;
            }
    }

    std::optional<std::size_t> next_ahead(std::size_t site) const {
        std::optional<std::size_t> next;
        for (std::size_t i = 0; i < m_ranks.size(); ++i)
            if (m_ranks[i] < m_ranks[site] && (!next || m_ranks[i] > m_ranks[*next]))
                next = i;
        return next;
    }

    const StabilityInput& m_in;
    const DecisionMatrix& m_matrix;
    const rasters::Course& m_course;
    WeightedTable m_table;
    std::vector<double> m_scores;
    std::vector<int> m_ranks;
    SiteStability m_out;
};

} // namespace

SiteStability site_stability(const StabilityInput& input, const rasters::Course& course) {
    return Report(input, course)();
}

} // namespace zonerank::engine
