// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/block_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace zonerank::rasters {

double Statistics::stddev() const {
    return count > 0 ? std::sqrt(squares / count) : 0;
}

void Statistics::add(const Statistics& others) {
    if (others.count == 0)
        return;
    const double both = count + others.count, apart = others.mean - mean;
    min = std::min(min, others.min);
    max = std::max(max, others.max);
    squares += others.squares + apart * apart * (count * others.count / both);
    mean += apart * (others.count / both);
    count = both;
}

namespace {

// The upper half of a row is added to the lower, until one is left: the order is the
// same whatever the processor does at once, and little is lost on the way.
template <int half = block_side / 2>
ZONERANK_INLINE inline double sum_of(double* values) {
    for (int i = 0; i < half; ++i)
        values[i] += values[i + half];
    if constexpr (half > 1)
        return sum_of<half / 2>(values);
    else
        return values[0];
}

// Whole numbers in the order of the values: the least of those is found many at a time.
template <typename T>
ZONERANK_INLINE inline auto ordered(T value) {
    if constexpr (std::is_same_v<T, float>) {
        const auto bits = std::bit_cast<std::int32_t>(value);
        return bits ^ ((bits >> 31) & 0x7FFF'FFFF);
    } else {
        return value;
    }
}

template <typename T>
double from_ordered(T value) {
    if constexpr (std::is_same_v<T, std::int32_t>)
        return static_cast<double>(std::bit_cast<float>(value ^ ((value >> 31) & 0x7FFF'FFFF)));
    else
        return static_cast<double>(value);
}

template <typename T>
ZONERANK_INLINE inline double sum_of_squares(const T* row, double mean) {
    double squares[block_side];
    for (int i = 0; i < block_side; ++i) {
        const double apart = static_cast<double>(row[i]) - mean;
        squares[i] = or_zero(is_known(row[i]), apart * apart);
    }
    return sum_of(squares);
}

// Two passes over a row, which is near: the deviations are taken from its mean itself.
template <typename T>
ZONERANK_INLINE inline Statistics of_row(const T* row) {
    using Order = decltype(ordered(T{}));
    constexpr Order lowest = std::numeric_limits<Order>::min(), highest = std::numeric_limits<Order>::max();
    double values[block_side];
    std::uint32_t count = 0;
    for (int i = 0; i < block_side; ++i) {
        values[i] = or_zero(is_known(row[i]), static_cast<double>(row[i]));
        count += is_known(row[i]);
    }
    Order least = highest, most = lowest;
    for (int i = 0; i < block_side; ++i) {
        const Order known = Order{0} - Order{is_known(row[i])}, order = ordered(row[i]);
        least = std::min(least, (order & known) | (highest & ~known));
        most = std::max(most, (order & known) | (lowest & ~known));
    }
    if (count == 0)
        return {};
    const double mean = sum_of(values) / count;
    return {static_cast<double>(count), from_ordered(least), from_ordered(most), mean, sum_of_squares(row, mean)};
}

// Sums of small whole numbers are exact in any order.
template <typename T>
ZONERANK_INLINE inline Statistics of_small(const T* row) {
    using Sum = std::conditional_t<sizeof(T) == 1, std::uint32_t, std::uint64_t>;
    Sum sum = 0, squares = 0;
    std::uint32_t count = 0;
    T below_least = std::numeric_limits<T>::max(), most = 0;
    for (int i = 0; i < block_side; ++i) {
        sum += row[i];
        squares += Sum{row[i]} * row[i];
        count += row[i] != 0;
    }
    for (int i = 0; i < block_side; ++i) {
        below_least = std::min(below_least, static_cast<T>(row[i] - 1)); // no data becomes the largest
        most = std::max(most, row[i]);
    }
    if (count == 0)
        return {};
    const std::uint64_t all = count, total = sum;
    return {static_cast<double>(count), static_cast<double>(below_least) + 1, static_cast<double>(most),
            static_cast<double>(total) / count, static_cast<double>(all * squares - total * total) / count};
}

} // namespace

template <typename T>
Statistics statistics(const BlockView<T>& block) {
    Statistics result;
    vectorised([&]() ZONERANK_INLINE {
        for (int row = 0; row < block_side; ++row)
            if constexpr (sizeof(T) <= 2)
                result.add(of_small(block.row(row)));
            else
                result.add(of_row(block.row(row)));
    });
    return result;
}

template Statistics statistics(const BlockView<float>&);
template Statistics statistics(const BlockView<std::uint8_t>&);
template Statistics statistics(const BlockView<std::uint16_t>&);
template Statistics statistics(const BlockView<std::uint64_t>&);

} // namespace zonerank::rasters
