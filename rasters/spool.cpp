// SPDX-License-Identifier: Apache-2.0
#include "rasters/spool.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace zonerank::rasters {

namespace {

// Scratch space reads as zeros where nothing was written, and must then mean no
// data: floats are kept there with the bits of -9999 flipped.
template <typename T>
T flipped(T value) {
    if constexpr (std::is_same_v<T, float>)
        return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) ^
                                    std::bit_cast<std::uint32_t>(file_no_data<float>));
    else
        return value;
}

template <typename T>
T filed(T value) {
    if constexpr (std::is_same_v<T, float>)
        if (std::isnan(value))
            return file_no_data<T>;
    return value;
}

} // namespace

template <typename T>
Spool<T>::Spool(const std::filesystem::path& folder, int cols, int rows)
    : m_cols(cols), m_rows(rows),
      m_scratch(folder, sizeof(T) * static_cast<std::uint64_t>(cols) * static_cast<std::uint64_t>(rows)) {}

template <typename T>
std::uint64_t Spool<T>::offset(int col, int row) const {
    return sizeof(T) *
           (static_cast<std::uint64_t>(row) * static_cast<std::uint64_t>(m_cols) + static_cast<std::uint64_t>(col));
}

template <typename T>
void Spool<T>::write(int col, int row, std::span<const T> cells) {
    std::vector<T> bits(cells.size());
    std::transform(cells.begin(), cells.end(), bits.begin(), [](T value) { return flipped(filed(value)); });
    m_scratch.write(bits.data(), bits.size() * sizeof(T), offset(col, row));
}

template <typename T>
void Spool<T>::read(int col, int row, std::span<T> cells) const {
    m_scratch.read(cells.data(), cells.size_bytes(), offset(col, row));
    for (T& cell : cells)
        cell = flipped(cell);
}

template <typename T>
template <typename Visit>
void Spool<T>::for_each_value(Visit&& visit) const {
    std::vector<T> cells(static_cast<std::size_t>(m_cols));
    for (int row = 0; row < m_rows; ++row) {
        read(0, row, cells);
        for (const T cell : cells)
            if (cell != file_no_data<T>)
                visit(static_cast<double>(cell));
    }
}

// Two passes: the deviations are taken from the mean itself, so that values far
// from zero lose no digits.
template <typename T>
Statistics Spool<T>::statistics() const {
    Statistics s;
    double sum = 0, squares = 0;
    for_each_value([&](double value) {
        s.min = std::min(s.min, value);
        s.max = std::max(s.max, value);
        sum += value;
        s.count += 1;
    });
    if (s.count == 0)
        return s;
    s.mean = sum / s.count;
    for_each_value([&](double value) { squares += (value - s.mean) * (value - s.mean); });
    s.stddev = std::sqrt(squares / s.count);
    s.valid_percent = 100 * s.count / (static_cast<double>(m_cols) * m_rows);
    return s;
}

template class Spool<float>;
template class Spool<std::uint8_t>;
template class Spool<std::uint16_t>;
template class Spool<std::uint64_t>;

} // namespace zonerank::rasters
