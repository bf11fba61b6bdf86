// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/files.hpp"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <type_traits>

namespace zonerank::rasters {

/// What stands for no data in a file: -9999 in floats, 0 in classes.
template <typename T>
inline constexpr T file_no_data = std::is_same_v<T, float> ? T(-9999) : T(0);

/// Of the cells with data. Summed row by row in the spool's own order, so the
/// same for any tiles they came in.
struct Statistics {
    double min = std::numeric_limits<double>::infinity();
    double max = -std::numeric_limits<double>::infinity();
    double mean = 0, stddev = 0; ///< of the whole population
    double count = 0, valid_percent = 0;
};

/// One band's cells in scratch space, row by row, for writers whose tiles come
/// in any order. A cell that is never written has no data. Columns and rows
/// count from the spool's own corner. Safe from several threads; write() and
/// read() throw Error when the disk fails.
/// T: float, std::uint8_t, std::uint16_t, std::uint64_t.
template <typename T>
class Spool {
public:
    Spool(const std::filesystem::path& folder, int cols, int rows);

    int cols() const { return m_cols; }
    int rows() const { return m_rows; }

    void write(int col, int row, std::span<const T> cells); ///< along one row; NaN becomes no data
    void read(int col, int row, std::span<T> cells) const;  ///< no data as file_no_data
    Statistics statistics() const;

private:
    std::uint64_t offset(int col, int row) const;
    template <typename Visit>
    void for_each_value(Visit&& visit) const;

    int m_cols, m_rows;
    Scratch m_scratch;
};

} // namespace zonerank::rasters
