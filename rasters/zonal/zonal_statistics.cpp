// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal/zonal_statistics.hpp"

#include "rasters/zonal/coverage.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>

namespace zonerank::rasters {

namespace {

constexpr double per_cell = 1 << coverage_bits;

/// A number in the order of its bits, with its weight.
struct Ordered {
    std::uint32_t key;
    float weight;
};

std::uint32_t key_of(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value + 0.0F); // -0 becomes 0
    return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

double value_of(std::uint32_t key) {
    return static_cast<double>(std::bit_cast<float>((key & 0x80000000U) != 0 ? key & 0x7fffffffU : ~key));
}

// By 11 bits at a time, which beats comparing from a hundred numbers on. Equal ones
// stay as they came, and are summed in that order: so the weights decide, too.
void sort(std::vector<Ordered>& numbers) {
    constexpr int bits = 11;
    constexpr std::uint32_t most = (1U << bits) - 1;
    std::vector<Ordered> other(numbers.size());
    std::array<std::size_t, most + 1> places{};
    for (int shift = 0; shift < 32; shift += bits) {
        places.fill(0);
        for (const Ordered& n : numbers)
            ++places[n.key >> shift & most];
        std::size_t sum = 0;
        for (std::size_t& place : places)
            place = std::exchange(sum, sum + place);
        for (const Ordered& n : numbers)
            other[places[n.key >> shift & most]++] = n;
        numbers.swap(other);
    }
}

/// A number that occurs, and the stretch of the way that those equal to it take.
struct Place {
    double value, from, to;
};

// Weights are multiples of 2^-24 below 2: their sums are exact in any order. Equal
// numbers count by their mean weight, so that their order doesn't matter.
std::vector<Place> places_of(const std::vector<Ordered>& sorted) {
    std::vector<Place> places;
    places.reserve(sorted.size());
    const auto last = static_cast<double>(sorted.size() - 1);
    double before = 0;
    for (std::size_t first = 0, end = 0; first < sorted.size(); first = end) {
        double weight = 0;
        while (end < sorted.size() && sorted[end].key == sorted[first].key)
            weight += static_cast<double>(sorted[end++].weight);
        const double each = weight / static_cast<double>(end - first);
        const auto at = [&](std::size_t i, double lower) { return static_cast<double>(i) * each + last * lower; };
        places.push_back({value_of(sorted[first].key), at(first, before), at(end - 1, before + weight - each)});
        before += weight;
    }
    return places;
}

double quantile(const std::vector<Place>& places, double p) {
    const double way = p * places.back().to;
    const auto right = std::ranges::lower_bound(places, way, {}, &Place::to);
    if (right == places.end())
        return places.back().value;
    if (right->from <= way || right == places.begin())
        return right->value;
    const auto left = right - 1;
    return left->value + (way - left->to) * (right->value - left->value) / (right->from - left->to);
}

} // namespace

void WeightedNumbers::add(std::span<const float> values, float weight) {
    for (const float value : values)
        m_entries.push_back({value, weight});
}

void WeightedNumbers::add(const WeightedNumbers& other) {
    m_entries.insert(m_entries.end(), other.m_entries.begin(), other.m_entries.end());
}

std::vector<double> WeightedNumbers::quantiles(std::span<const double> p) const {
    if (m_entries.empty())
        return std::vector<double>(p.size(), std::numeric_limits<double>::quiet_NaN());
    std::vector<Ordered> numbers(m_entries.size());
    std::ranges::transform(m_entries, numbers.begin(), [](const Entry& e) {
        return Ordered{key_of(e.value), e.weight};
    });
    sort(numbers);
    const std::vector<Place> places = places_of(numbers);
    std::vector<double> result;
    for (const double share : p)
        result.push_back(quantile(places, share));
    return result;
}

void ZonalStatistics::add(const Tile& tile, const Raster<std::int32_t>& cover) {
    const Window& window = cover.window();
    for (int row = window.row; row < window.row + window.rows; ++row) {
        const float* values = &tile[{window.col, row}];
        const std::int32_t* covers = &cover[{window.col, row}];
        for (int first = 0, end = 0; first < window.cols; first = end) {
            const bool counts = covers[first] > 0 && !std::isnan(values[first]);
            while (end < window.cols && covers[end] == covers[first] &&
                   std::isnan(values[end]) == std::isnan(values[first]))
                ++end;
            if (!counts)
                continue;
            const std::span<const float> run(values + first, values + end);
            sum.add(run, covers[first]);
            if (keeps_numbers)
                numbers.add(run, static_cast<float>(covers[first] / per_cell));
            const auto [least, most] = std::ranges::minmax(run);
            min = std::min(min, least);
            max = std::max(max, most);
        }
    }
}

void ZonalStatistics::add(const ZonalStatistics& other) {
    sum.add(other.sum);
    numbers.add(other.numbers);
    min = std::min(min, other.min);
    max = std::max(max, other.max);
}

double ZonalStatistics::cells() const {
    return static_cast<double>(sum.weight()) / per_cell;
}

} // namespace zonerank::rasters
