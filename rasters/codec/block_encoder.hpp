// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/block.hpp"
#include "rasters/codec/compression.hpp"

#include <cstdint>
#include <string>

namespace zonerank::rasters {

/// How the blocks of a map are packed.
struct Packing {
    enum class Kind { zstd, deflate, lerc };
    Kind kind = Kind::zstd;
    int level = 0; ///< of zstd 1 to 22, of deflate 1 to 12; 0: as good as it gets for the time
    /// Of lerc, which packs floats only (other maps get zstd): no cell is off by more,
    /// and none gains or loses its data.
    double max_error = 0;
};

/// What a TIFF tells of blocks so packed, by its own numbers.
struct BlockFormat {
    std::uint16_t compression = 0, predictor = 1;
    std::uint16_t sample_bits = 0, sample_format = 0;
    std::uint32_t lerc_version = 0; ///< 0: not LERC
    std::string no_data;            ///< as GDAL writes it
};

/// T: float, std::uint8_t, std::uint16_t, std::uint64_t.
template <typename T>
BlockFormat block_format(const Packing& packing);

/// Packs a block into `packed`. The same bytes for the same cells on every processor.
/// From any thread.
template <typename T>
void encode(const BlockView<T>& block, const Packing& packing, Bytes& packed);

} // namespace zonerank::rasters
