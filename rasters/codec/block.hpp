// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/core/simd.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace zonerank::rasters {

/// Files that we write are stored in square blocks of this many cells a side,
/// whatever tiles they were computed in.
inline constexpr int block_side = 512;
inline constexpr std::size_t block_cells = std::size_t{block_side} * block_side;

/// What stands for no data in a file: -9999 in floats (in LERC nothing but NaN), 0 in classes.
template <typename T>
inline constexpr T file_no_data = std::is_same_v<T, float> ? T(-9999) : T(0);

/// What stands for it in memory: NaN in floats, 0 in classes.
template <typename T>
inline constexpr T memory_no_data = std::is_same_v<T, float> ? T(no_data) : T(0);

/// Whether a value in memory is data: -9999 is a number like others there.
/// Floats are looked at as bits: of comparisons of floats compilers make jumps.
template <typename T>
ZONERANK_INLINE inline bool is_known(T value) {
    if constexpr (std::is_same_v<T, float>) {
        return (std::bit_cast<std::uint32_t>(value) & 0x7FFF'FFFFU) <= 0x7F80'0000U;
    } else {
        return value != 0;
    }
}

/// `value` where `known`, else 0. By bits, too, lest the arithmetic behind the
/// value is made conditional, which keeps it from being done many at a time.
ZONERANK_INLINE inline double or_zero(bool known, double value) {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) & (std::uint64_t{0} - known));
}

/// A block among the blocks of a raster.
struct BlockIndex {
    int col = 0, row = 0;

    std::int64_t key() const { return (std::int64_t{row} << 32) | col; } ///< for maps

    friend bool operator==(const BlockIndex&, const BlockIndex&) = default;
};

/// The cells of one whole block, wherever they are. Cells past the raster's edge
/// have no data.
template <typename T>
struct BlockView {
    const T* cells = nullptr;
    std::ptrdiff_t stride = block_side; ///< cells from one row to the next

    const T* row(int row) const { return cells + row * stride; }
};

/// Memory for a block, its cells not set.
template <typename T>
using BlockBuffer = std::vector<T, BufferAllocator<T>>;

/// How many blocks cover so many cells.
constexpr int blocks_over(int cells) {
    return (cells + block_side - 1) / block_side;
}

} // namespace zonerank::rasters
