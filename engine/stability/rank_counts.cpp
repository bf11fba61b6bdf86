// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/rank_counts.hpp"

#include "rasters/core/simd.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace zonerank::engine {

namespace {

constexpr double step = 0x1p-38; // 10 million weights of 1 are below 2^63 of them

// In how many draws a is ahead of b, and b of a.
struct Ahead {
    std::uint32_t a = 0, b = 0;
};

ZONERANK_INLINE inline Ahead compared(const std::int16_t* a, const std::int16_t* b) {
    std::int16_t less = 0, more = 0;
    for (std::size_t d = 0; d < RankCounts::block; ++d) {
        less = static_cast<std::int16_t>(less + (a[d] < b[d]));
        more = static_cast<std::int16_t>(more + (a[d] > b[d]));
    }
    return {static_cast<std::uint32_t>(less), static_cast<std::uint32_t>(more)};
}

template <typename T, typename Fold>
void fold(std::vector<T>& to, const std::vector<T>& from, Fold&& how) {
    std::ranges::transform(to, from, to.begin(), how);
}

} // namespace

RankCounts::RankCounts(std::size_t sites, std::size_t criteria, std::size_t ranks, bool pairs)
    : at_rank(sites * ranks), ahead(pairs ? sites * sites : 0), best(sites, std::numeric_limits<std::int32_t>::max()),
      worst(sites, 0), rank_sum(sites), first(sites), weights_of_first(sites * criteria), m_sites(sites),
      m_criteria(criteria), m_ranks(ranks), m_drawn(sites), m_recent(pairs ? sites * block : 0) {}

void RankCounts::sum_weights(std::size_t site, std::span<const double> weights) {
    for (std::size_t j = 0; j < m_criteria; ++j)
        weights_of_first[site * m_criteria + j] += std::llround(weights[j] / step);
}

void RankCounts::keep(std::size_t site, std::int32_t rank) {
    const auto place = static_cast<std::size_t>(rank) - 1;
    if (place < m_ranks)
        ++at_rank[site * m_ranks + place];
    best[site] = std::min(best[site], rank);
    worst[site] = std::max(worst[site], rank);
    rank_sum[site] += static_cast<std::uint64_t>(rank);
}

void RankCounts::add(std::span<const double> scores, std::span<const double> weights) {
    m_rank(scores, m_drawn);
    for (std::size_t i = 0; i < m_sites; ++i) {
        keep(i, m_drawn[i]);
        if (m_drawn[i] == 1) {
            ++first[i];
            sum_weights(i, weights);
        }
    }
    for (std::size_t i = 0; i < (ahead.empty() ? 0 : m_sites); ++i)
        m_recent[i * block + m_count] = static_cast<std::int16_t>(m_drawn[i]);
    ++m_count;
}

// Draws that are not there leave zeros in each row: nobody is ahead in them.
void RankCounts::close() {
    if (ahead.empty() || m_count == 0)
        return;
    constexpr std::size_t near = 32; // rows that stay in the nearest cache
    rasters::vectorised([&]() ZONERANK_INLINE {
        for (std::size_t from = 0; from < m_sites; from += near)
            for (std::size_t i = 0; i < m_sites; ++i)
                for (std::size_t k = std::max(from, i + 1); k < std::min(from + near, m_sites); ++k) {
                    const Ahead of = compared(m_recent.data() + i * block, m_recent.data() + k * block);
                    ahead[i * m_sites + k] += of.a;
                    ahead[k * m_sites + i] += of.b;
                }
    });
    std::ranges::fill(m_recent, std::int16_t{0});
    m_count = 0;
}

void RankCounts::add(const RankCounts& other) {
    fold(at_rank, other.at_rank, std::plus<>());
    fold(ahead, other.ahead, std::plus<>());
    fold(best, other.best, [](auto a, auto b) { return std::min(a, b); });
    fold(worst, other.worst, [](auto a, auto b) { return std::max(a, b); });
    fold(rank_sum, other.rank_sum, std::plus<>());
    fold(first, other.first, std::plus<>());
    fold(weights_of_first, other.weights_of_first, std::plus<>());
}

} // namespace zonerank::engine
