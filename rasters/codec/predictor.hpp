// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace zonerank::rasters {

/// How a TIFF's samples are turned into others that compress better, by TIFF's own numbers.
enum class Predictor {
    none = 1,
    differences = 2,    ///< each less the one before it in its row (TIFF 6.0, section 14)
    floating_point = 3, ///< bytes of like weight together, then differences (Adobe, TIFF Technical Note 3)
};

/// A block of rows of pixels; `samples` values of 1, 2, 4 or 8 bytes make up a pixel.
struct BlockShape {
    std::size_t cols = 0, rows = 0, samples = 1, sample_bytes = 4;

    std::size_t row_bytes() const { return cols * samples * sample_bytes; }
    std::size_t bytes() const { return rows * row_bytes(); }
};

/// From what a block of a TIFF holds to its values in the machine's byte order. Both are of
/// shape.bytes() and may be the same memory. The predictor floating_point takes samples of 4
/// or 8 bytes. `swapped` says that the file's byte order is not the machine's.
void undo_predictor(Predictor predictor, const BlockShape& shape, bool swapped, std::span<const std::byte> stored,
                    std::span<std::byte> values);

/// The other direction, in the machine's byte order. Never the same memory.
void apply_predictor(Predictor predictor, const BlockShape& shape, std::span<const std::byte> values,
                     std::span<std::byte> stored);

/// Reverses the bytes of each number of 1, 2, 4 or 8 bytes.
void swap_bytes(std::span<std::byte> numbers, std::size_t number_bytes);

} // namespace zonerank::rasters
