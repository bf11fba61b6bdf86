// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace zonerank::rasters {

void ExactSum::add(double value, std::int64_t weight) {
    assert(weight >= 0 && weight <= std::int64_t{1} << 56);
    if (!(std::abs(value) < 0x1p34))
        throw Error("{:g} is too large to be summed", value);
    const double scaled = value * 0x1p36;
    // From 2^53 on a double is whole.
    const Wide units = std::abs(scaled) < 0x1p53 ? Wide{std::llrint(scaled)} : static_cast<Wide>(scaled);
    if (__builtin_add_overflow(m_sum, units * weight, &m_sum))
        throw Error("too many cells for one sum");
    m_weight += weight;
}

void ExactSum::add(const ExactSum& other) {
    if (__builtin_add_overflow(m_sum, other.m_sum, &m_sum))
        throw Error("too many cells for one sum");
    m_weight += other.m_weight;
}

// Whole and rest apart, so that the mean of equal values is that value.
double ExactSum::mean() const {
    if (m_weight == 0)
        return std::numeric_limits<double>::quiet_NaN();
    const Wide whole = m_sum / m_weight, rest = m_sum % m_weight;
    return (static_cast<double>(whole) + static_cast<double>(rest) / static_cast<double>(m_weight)) * 0x1p-36;
}

namespace {

constexpr std::size_t bins = 16'384;

// Order as the numbers have it.
std::uint32_t key(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

float value_of(std::uint32_t key) {
    return std::bit_cast<float>((key & 0x80000000U) != 0 ? key & 0x7fffffffU : ~key);
}

/// Where a running sum of weights reaches a share of the total.
struct Place {
    std::size_t index;   ///< of the weight that reaches it
    std::int64_t before; ///< sum of those before
};

// The last weight that is not 0 reaches whatever rounding makes of the whole.
Place reach(std::span<const std::int64_t> weights, std::int64_t before, double share) {
    Place place{0, before};
    for (std::size_t i = 0; i < weights.size(); before += weights[i++]) {
        if (weights[i] == 0)
            continue;
        place = {i, before};
        if (static_cast<double>(before + weights[i]) >= share)
            break;
    }
    return place;
}

// 7 % of 100 equal weights is 7 of them, though 0.07 is a little more in binary.
double share_of(std::int64_t total, double p) {
    return static_cast<double>(total) * p * (1 - 1e-12);
}

} // namespace

WeightedQuantile::WeightedQuantile(std::int64_t limit) : m_limit(static_cast<std::size_t>(limit)) {}

void WeightedQuantile::add(float value, std::int64_t weight) {
    assert(weight > 0 && weight <= std::numeric_limits<std::uint32_t>::max());
    if (std::isnan(value))
        throw Error("no quantile can be taken of what is not a number");
    const Entry entry{value + 0.0F, static_cast<std::uint32_t>(weight)}; // -0 becomes 0
    if (!exact())
        return count(entry);
    m_entries.push_back(entry);
    keep_limit();
}

void WeightedQuantile::add(const WeightedQuantile& other) {
    if (!other.exact() && exact())
        m_bins.resize(bins + 1);
    m_entries.insert(m_entries.end(), other.m_entries.begin(), other.m_entries.end());
    for (std::size_t i = 0; i < other.m_bins.size(); ++i)
        m_bins[i] += other.m_bins[i];
    keep_limit();
}

// Bin 0 holds 0, bin i what lies above (i - 1) / 16,384, up to i / 16,384.
void WeightedQuantile::count(const Entry& entry) {
    const float place = std::ceil(entry.value * static_cast<float>(bins));
    m_bins[static_cast<std::size_t>(std::clamp(place, 0.0F, static_cast<float>(bins)))] += entry.weight;
}

void WeightedQuantile::keep_limit() {
    if (exact() && m_entries.size() <= m_limit)
        return;
    m_bins.resize(bins + 1);
    for (const Entry& entry : m_entries)
        count(entry);
    m_entries = {};
}

double WeightedQuantile::at(double p) const {
    return exact() ? from_entries(p) : from_bins(p);
}

// A radix search: first the half of the key's bits that counts more, then the other.
double WeightedQuantile::from_entries(double p) const {
    if (m_entries.empty())
        return std::numeric_limits<double>::quiet_NaN();
    std::vector<std::int64_t> upper(1U << 16), lower(1U << 16);
    for (const Entry& entry : m_entries)
        upper[key(entry.value) >> 16] += entry.weight;
    const double share = share_of(std::accumulate(upper.begin(), upper.end(), std::int64_t{0}), p);
    const Place half = reach(upper, 0, share);
    for (const Entry& entry : m_entries)
        if (key(entry.value) >> 16 == half.index)
            lower[key(entry.value) & 0xffffU] += entry.weight;
    const std::size_t rest = reach(lower, half.before, share).index;
    return static_cast<double>(value_of(static_cast<std::uint32_t>(half.index << 16 | rest)));
}

double WeightedQuantile::from_bins(double p) const {
    const std::int64_t total = std::accumulate(m_bins.begin(), m_bins.end(), std::int64_t{0});
    return static_cast<double>(reach(m_bins, 0, share_of(total, p)).index) / static_cast<double>(bins);
}

} // namespace zonerank::rasters
