// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/buffers.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// How a block's bytes are packed. Deflate is with zlib's frame, LZW is TIFF's own.
enum class Compression { none, deflate, lzw, zstd };

/// Bytes in memory that is kept for the next; what resize() adds is not set.
using Bytes = std::vector<std::byte, BufferAllocator<std::byte>>;

/// Unpacks all of `packed` to the front of `bytes` and returns how many that are; the rest
/// may be overwritten. Throws Error when they are damaged or more than fit. From any thread.
std::size_t decompress(Compression compression, std::span<const std::byte> packed, std::span<std::byte> bytes);

/// Packs into `packed`, which becomes as large as it has to be. Levels are those of the
/// format: 1 to 12 of deflate, 1 to 22 of zstd; lzw isn't written. From any thread.
void compress(Compression compression, int level, std::span<const std::byte> bytes, Bytes& packed);

} // namespace zonerank::rasters
