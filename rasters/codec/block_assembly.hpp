// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/block.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace zonerank::rasters {

/// Makes whole blocks of tiles of any size that come in any order, and passes
/// each on as soon as its last cell is there, in the thread that brought it.
/// Memory holds the blocks of which only a part is there. A tile that covers a
/// whole block is passed on as it is, without a copy.
/// Tiles don't overlap. Safe from several threads.
/// T: float, std::uint8_t, std::uint16_t, std::uint64_t.
template <typename T>
class BlockAssembly {
public:
    /// The cells are for the time of the call alone. Not called by two at once for
    /// one block.
    using Finished = std::function<void(BlockIndex, const BlockView<T>&)>;

    BlockAssembly(int cols, int rows, Finished finished);

    void write(const Raster<T>& tile); ///< what reaches over the edge is left out

    /// Passes on the blocks that lack cells, which have no data; a block of which
    /// there is no cell at all isn't passed on. Once, after all tiles.
    void close();

private:
    struct Partial {
        explicit Partial(BlockIndex i) : index(i), cells(block_cells, memory_no_data<T>) {}
        BlockIndex index;
        BlockBuffer<T> cells;
        std::atomic<long long> written = 0;
    };

    Window of(BlockIndex index) const; ///< cells of the raster
    Partial& partial(BlockIndex index);
    std::unique_ptr<Partial> taken(BlockIndex index);
    void add(BlockIndex index, const Raster<T>& tile);

    Window m_window;
    Finished m_finished;
    std::mutex m_mutex;
    std::unordered_map<std::int64_t, std::unique_ptr<Partial>> m_partials;
};

} // namespace zonerank::rasters
