// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal/zonal.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/simd.hpp"

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

namespace {

constexpr std::size_t most_at_once = 2048; ///< units below 2^51 then add up to less than 2^62

struct Units {
    std::int64_t sum = 0;
    bool fits = false; ///< every value was a number and small enough
};

// In 64 bits: a double below 2^51 that is added to 3 * 2^51 leaves its nearest
// whole number in the low bits.
ZONERANK_INLINE inline Units sum_of(const float* value, const float* end) {
    constexpr double whole = 0x1.8p52;
    std::uint64_t sum = 0; // of values that are too large it is nonsense, and not used
    unsigned large = 0;
    for (; value < end; ++value) {
        const double v = static_cast<double>(*value);
        large |= !(v > -0x1p15 && v < 0x1p15);
        sum += std::bit_cast<std::uint64_t>(v * 0x1p36 + whole) - std::bit_cast<std::uint64_t>(whole);
    }
    return {static_cast<std::int64_t>(sum), large == 0};
}

Units small_units(std::span<const float> values) {
    constexpr std::size_t few = 24; // for which the choice of a processor's loop costs more than it saves
    const float *first = values.data(), *end = first + values.size();
    if (values.size() < few)
        return sum_of(first, end);
    Units units;
    vectorised([&]() ZONERANK_INLINE { units = sum_of(first, end); });
    return units;
}

} // namespace

void ExactSum::add(std::span<const float> values, std::int64_t weight) {
    for (; values.size() > most_at_once; values = values.subspan(most_at_once))
        add(values.first(most_at_once), weight);
    const Units units = small_units(values);
    if (!units.fits) {
        for (const float value : values)
            add(static_cast<double>(value), weight);
        return;
    }
    if (__builtin_add_overflow(m_sum, Wide{units.sum} * weight, &m_sum))
        throw Error("too many cells for one sum");
    m_weight += weight * static_cast<std::int64_t>(values.size());
}

void ExactSum::add(const ExactSum& other) {
    if (__builtin_add_overflow(m_sum, other.m_sum, &m_sum))
        throw Error("too many cells for one sum");
    m_weight += other.m_weight;
}

void ExactSum::put(ArchiveOut& out) const {
    out.put(m_sum);
    out.put(m_weight);
}

void ExactSum::take(ArchiveIn& in) {
    in.add(m_sum);
    in.add(m_weight);
    in.require(m_weight >= 0);
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

// Where a running sum of weights reaches a share of the total: at the last weight
// that is not 0, whatever rounding makes of the whole.
std::size_t reach(std::span<const std::int64_t> weights, double share) {
    std::size_t place = 0;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < weights.size() && (sum == 0 || static_cast<double>(sum) < share); ++i) {
        sum += weights[i];
        place = weights[i] != 0 ? i : place;
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

void WeightedQuantile::add(std::span<const float> values, std::int64_t weight) {
    for (const float value : values)
        add(value, weight);
}

void WeightedQuantile::add(const WeightedQuantile& other) {
    if (!other.exact() && exact())
        m_bins.resize(bins + 1);
    m_entries.insert(m_entries.end(), other.m_entries.begin(), other.m_entries.end());
    for (std::size_t i = 0; i < other.m_bins.size(); ++i)
        m_bins[i] += other.m_bins[i];
    keep_limit();
}

WeightedQuantile::Entries WeightedQuantile::sorted() const {
    Entries entries = m_entries;
    std::ranges::sort(entries, {}, [](const Entry& e) {
        return std::uint64_t{std::bit_cast<std::uint32_t>(e.value)} << 32 | e.weight; // no value is below 0
    });
    return entries;
}

void WeightedQuantile::put(ArchiveOut& out) const {
    const Entries entries = sorted();
    out.put_list(entries);
    out.put(exact());
    if (!exact())
        out.put_sums(m_bins);
}

void WeightedQuantile::take(ArchiveIn& in) {
    Entries entries;
    in.get_list(entries);
    in.require(std::ranges::all_of(entries, [](const Entry& e) { return !std::isnan(e.value) && e.weight > 0; }));
    m_entries.insert(m_entries.end(), entries.begin(), entries.end());
    if (in.get<std::uint8_t>() == 0) {
        m_bins.resize(bins + 1);
        in.add_sums(m_bins);
    }
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

// Halves the sample by value again and again, and goes on in the half in which the
// running weight reaches the share.
double WeightedQuantile::from_entries(double p) const {
    if (m_entries.empty())
        return std::numeric_limits<double>::quiet_NaN();
    Entries entries = m_entries;
    const auto weight_of = [](auto from, auto to) {
        return std::accumulate(from, to, std::int64_t{0},
                               [](std::int64_t sum, const Entry& e) { return sum + e.weight; });
    };
    auto first = entries.begin(), last = entries.end();
    double left = share_of(weight_of(first, last), p);
    while (last - first > 1) {
        const auto middle = first + (last - first) / 2;
        std::nth_element(first, middle, last, [](const Entry& a, const Entry& b) { return a.value < b.value; });
        const auto lower = static_cast<double>(weight_of(first, middle));
        if (lower >= left) {
            last = middle;
        } else {
            left -= lower;
            first = middle;
        }
    }
    return static_cast<double>(first->value);
}

double WeightedQuantile::from_bins(double p) const {
    const std::int64_t total = std::accumulate(m_bins.begin(), m_bins.end(), std::int64_t{0});
    return static_cast<double>(reach(m_bins, share_of(total, p))) / static_cast<double>(bins);
}

} // namespace zonerank::rasters
