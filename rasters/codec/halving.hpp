// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/block.hpp"

namespace zonerank::rasters {

/// What a cell of twice the side takes from the four that it covers. Those
/// without data are left out; without any it has none.
enum class Halving {
    mean, ///< computed in double; of floats only
    mode, ///< the most frequent; of equally frequent ones the first, row by row
    first ///< the north-western, with or without data: of bit masks, which have no middle
};

/// Halves a block's resolution into a quarter of another one, whose rows start
/// `stride` cells apart. The same bits on every processor.
/// T: float, std::uint8_t, std::uint16_t, std::uint64_t.
template <typename T>
void halve(const BlockView<T>& block, Halving how, T* to, std::ptrdiff_t stride = block_side);

} // namespace zonerank::rasters
