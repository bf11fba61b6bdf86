// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/scored_draw.hpp"

#include "rasters/core/simd.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

ScoredDraw::ScoredDraw(const SmaaInput& input)
    : m_in(&input), m_columns(input.values.size()), m_row(input.criteria), m_scores(input.sites) {
    for (std::size_t i = 0; i < input.sites; ++i)
        for (std::size_t j = 0; j < input.criteria; ++j)
            m_columns[j * input.sites + i] = input.values[i * input.criteria + j];
    for (const UncertainCriterion& uncertain : input.uncertain) {
        std::vector<double>& values = m_certain.emplace_back();
        for (const double measurement : uncertain.measurements)
            values.push_back(uncertain.value(measurement));
    }
}

void ScoredDraw::measure(Purpose purpose, std::uint64_t number) {
    if (m_in->uncertain.empty())
        return;
    Draw draw(m_in->seed, purpose, number);
    for (std::size_t u = 0; u < m_in->uncertain.size(); ++u) {
        const UncertainCriterion& uncertain = m_in->uncertain[u];
        double* column = m_columns.data() + uncertain.criterion * m_in->sites;
        for (std::size_t i = 0; i < m_in->sites; ++i) {
            const double moved = uncertain.value(uncertain.drawn(draw, i)) - m_certain[u][i];
            const double given = m_in->values[i * m_in->criteria + uncertain.criterion];
            if (!std::isnan(moved))
                column[i] = std::clamp(given + moved, 0.0, 1.0);
        }
    }
}

void ScoredDraw::sum_up(std::span<const double> weights) {
    rasters::vectorised([&]() ZONERANK_INLINE {
        double* scores = m_scores.data();
        const std::size_t count = m_scores.size();
        for (std::size_t i = 0; i < count; ++i)
            scores[i] = 0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            const double weight = weights[j];
            const double* column = m_columns.data() + j * count;
            for (std::size_t i = 0; i < count; ++i)
                scores[i] += weight * column[i];
        }
    });
}

void ScoredDraw::ask_scorer(std::span<const double> weights) {
    for (std::size_t i = 0; i < m_scores.size(); ++i) {
        for (std::size_t j = 0; j < m_row.size(); ++j)
            m_row[j] = m_columns[j * m_scores.size() + i];
        m_scores[i] = m_in->score(m_row, weights);
    }
}

std::span<const double> ScoredDraw::scores(std::span<const double> weights) {
    m_in->score ? ask_scorer(weights) : sum_up(weights);
    return m_scores;
}

} // namespace zonerank::engine
