// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/scored_draw.hpp"

#include "engine/stability/score_ranks.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace zonerank::engine {

namespace {

constexpr std::size_t block = 128; ///< sites whose scores stay in registers, or nearly

/// The greatest; below all if none is a number.
double greatest(std::span<const double> scores) {
    constexpr std::size_t lanes = 32;
    std::array<double, lanes> most;
    most.fill(-std::numeric_limits<double>::infinity());
    const std::size_t whole = scores.size() / lanes * lanes;
    rasters::vectorised([&]() ZONERANK_INLINE {
        for (std::size_t i = 0; i < whole; i += lanes)
            for (std::size_t k = 0; k < lanes; ++k)
                most[k] = scores[i + k] > most[k] ? scores[i + k] : most[k];
    });
    for (const double score : scores.subspan(whole))
        most[0] = score > most[0] ? score : most[0];
    return *std::ranges::max_element(most);
}

} // namespace

ScoredDraw::ScoredDraw(const SmaaInput& input)
    : m_in(&input), m_given(input.values.size()), m_drawn(input.uncertain.empty() ? 0 : input.sites),
      m_row(input.criteria), m_scores(input.sites) {
    for (std::size_t i = 0; i < input.sites; ++i)
        for (std::size_t j = 0; j < input.criteria; ++j)
            m_given[j * input.sites + i] = input.values[i * input.criteria + j];
    m_columns = m_given;
    for (const UncertainCriterion& uncertain : input.uncertain) {
        m_certain.push_back(uncertain.measurements);
        uncertain.value(m_certain.back());
    }
}

void ScoredDraw::measure(Purpose purpose, std::uint64_t number) {
    if (m_in->uncertain.empty())
        return;
    Draw draw(m_in->seed, purpose, number);
    for (std::size_t u = 0; u < m_in->uncertain.size(); ++u) {
        const UncertainCriterion& uncertain = m_in->uncertain[u];
        uncertain.draw(draw, m_drawn);
        uncertain.value(m_drawn);
        const std::size_t begin = uncertain.criterion * m_in->sites, count = m_in->sites;
        const double *given = m_given.data() + begin, *drawn = m_drawn.data(), *certain = m_certain[u].data();
        double* column = m_columns.data() + begin;
        rasters::vectorised([&]() ZONERANK_INLINE {
            for (std::size_t i = 0; i < count; ++i) {
                const double moved = drawn[i] - certain[i], sum = given[i] + moved;
                const double kept = sum < 0 ? 0 : sum > 1 ? 1 : sum;
                column[i] = moved == moved ? kept : given[i];
            }
        });
    }
}

void ScoredDraw::sum_up(std::size_t begin, std::size_t end, std::span<const double> weights) {
    rasters::vectorised([&]() ZONERANK_INLINE {
        double* scores = m_scores.data();
        const std::size_t count = m_scores.size();
        for (std::size_t i = begin; i < end; ++i)
            scores[i] = 0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            const double weight = weights[j];
            const double* column = m_columns.data() + j * count;
            for (std::size_t i = begin; i < end; ++i)
                scores[i] += weight * column[i];
        }
    });
}

void ScoredDraw::ask_scorer(std::size_t begin, std::size_t end, std::span<const double> weights) {
    for (std::size_t i = begin; i < end; ++i) {
        for (std::size_t j = 0; j < m_row.size(); ++j)
            m_row[j] = m_columns[j * m_scores.size() + i];
        m_scores[i] = m_in->score(m_row, weights);
    }
}

void ScoredDraw::score(std::size_t begin, std::size_t end, std::span<const double> weights) {
    m_in->score ? ask_scorer(begin, end, weights) : sum_up(begin, end, weights);
}

std::span<const double> ScoredDraw::scores(std::span<const double> weights) {
    score(0, m_scores.size(), weights);
    return m_scores;
}

bool ScoredDraw::first(std::size_t site, std::span<const double> weights) {
    score(site, site + 1, weights);
    const std::int64_t own = score_steps(m_scores[site]);
    for (std::size_t begin = 0; begin < m_scores.size(); begin += block) {
        const std::size_t end = std::min(begin + block, m_scores.size());
        score(begin, end, weights);
        const double best = greatest(std::span(m_scores).subspan(begin, end - begin));
        if (std::isfinite(best) && score_steps(best) > own)
            return false;
    }
    return true;
}

} // namespace zonerank::engine
