// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/solved/block_file.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace zonerank::rasters {

/// Blocks that are wanted again soon: those used last, up to so many bytes. Safe from any
/// thread; a block that two want at once may be read twice.
class KeptBlocks {
public:
    using Block = std::vector<float, BufferAllocator<float>>;
    using Read = std::function<Block()>;

    explicit KeptBlocks(std::uint64_t memory) : m_memory(memory) {}

    /// What `read` gives, or gave; never null.
    std::shared_ptr<const Block> block(std::uint64_t number, const Read& read);

private:
    using Used = std::list<std::pair<std::uint64_t, std::shared_ptr<const Block>>>;

    void keep(std::uint64_t number, const std::shared_ptr<const Block>& block);

    std::uint64_t m_memory, m_taken = 0; ///< bytes
    std::mutex m_mutex;
    Used m_used; ///< the last first
    std::map<std::uint64_t, Used::iterator> m_places;
};

/// A raster in the blocks of a file: squares, row by row, whole ones at the edges, too, with
/// numbers that follow each other. Read window by window, from any thread.
class StoredRaster {
public:
    static constexpr int side = 256; ///< of blocks

    static std::uint64_t blocks(const Grid& grid); ///< of a raster over it

    /// Writes one from what `values` gives for windows of the grid; asked once for each
    /// block, from several threads. The same bytes each time. Throws what `values` throws, and Error naming the file.
    static void write(BlockFileOut& file, std::uint64_t first, const Grid& grid,
                      const std::function<Tile(Window)>& values);

    /// `memory`: bytes of blocks in RAM. Throws Error naming the file when a block is missing.
    StoredRaster(std::shared_ptr<const BlockFileIn> file, std::uint64_t first, const Grid& grid, std::uint64_t memory);

    /// The very bits that were written; NaN outside the grid. Throws Error naming a file that is damaged.
    Tile read(Window window) const;

private:
    KeptBlocks::Block block(std::uint64_t number) const;

    std::shared_ptr<const BlockFileIn> m_file;
    std::uint64_t m_first;
    Window m_extent;
    mutable KeptBlocks m_kept;
};

} // namespace zonerank::rasters
