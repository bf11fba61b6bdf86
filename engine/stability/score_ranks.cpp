// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/score_ranks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace zonerank::engine {

namespace {

constexpr int whose_bits = 22, digit_bits = 8, key_bits = 64;
constexpr std::int64_t top = (std::int64_t{1} << 41) - 1; ///< steps of a score just below 2

// One stable pass by the digit at `shift`; whether there was anything to do.
bool pass(std::span<const std::uint64_t> from, std::span<std::uint64_t> to, int shift) {
    std::array<std::uint32_t, 1 << digit_bits> place{};
    const auto digit = [shift](std::uint64_t key) { return key >> shift & ((1 << digit_bits) - 1); };
    for (const std::uint64_t key : from)
        ++place[digit(key)];
    if (place[digit(from[0])] == from.size())
        return false;
    std::uint32_t sum = 0;
    for (std::uint32_t& count : place)
        sum += std::exchange(count, sum);
    for (const std::uint64_t key : from)
        to[place[digit(key)]++] = key;
    return true;
}

} // namespace

std::int64_t score_steps(double score) {
    constexpr std::int64_t below_all = -(std::int64_t{1} << 40) - 1;
    return std::isnan(score) ? below_all : std::llround(score * 0x1p40);
}

// Least significant digit first; few keys sort faster by comparing.
void ScoreRanks::sort() {
    constexpr std::size_t few = 64;
    if (m_keys.size() < few) {
        std::ranges::sort(m_keys);
        return;
    }
    m_other.resize(m_keys.size());
    for (int shift = whose_bits; shift < key_bits; shift += digit_bits)
        if (pass(m_keys, m_other, shift))
            m_keys.swap(m_other);
}

void ScoreRanks::operator()(std::span<const double> scores, std::span<std::int32_t> ranks) {
    m_keys.resize(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i)
        m_keys[i] = static_cast<std::uint64_t>(top - score_steps(scores[i])) << whose_bits | i;
    sort();
    std::int32_t rank = 0;
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        if (i == 0 || m_keys[i] >> whose_bits != m_keys[i - 1] >> whose_bits)
            rank = static_cast<std::int32_t>(i + 1);
        ranks[m_keys[i] & ((1 << whose_bits) - 1)] = rank;
    }
}

} // namespace zonerank::engine
