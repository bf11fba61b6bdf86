// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/files.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

namespace zonerank::rasters {

/// Blocks of memory of one size, by number. What is not in use goes to scratch space
/// on disk, the longest unused first, as soon as all take up more than `memory` bytes.
/// Safe from any thread.
class PagedTiles {
public:
    /// Nothing is taken, nor opened, before it is needed.
    PagedTiles(std::size_t tiles, std::size_t bytes_each, std::uint64_t memory, std::filesystem::path scratch);
    PagedTiles(const PagedTiles&) = delete;
    PagedTiles& operator=(const PagedTiles&) = delete;
    ~PagedTiles();

    bool has(std::size_t tile) const; ///< whether it has been taken ever

    /// From now on so many bytes are in RAM, but for those in use.
    void keep(std::uint64_t memory);

    /// A block while this lives: it stays where it is.
    class Pin {
    public:
        Pin(PagedTiles& tiles, std::size_t tile, bool to_change);
        Pin(const Pin&) = delete;
        Pin& operator=(const Pin&) = delete;
        ~Pin();
        bool fresh() const { return m_fresh; } ///< has never been taken before: its bytes are whatever they were

        template <typename T>
        T* as() const {
            return static_cast<T*>(m_block);
        }

    private:
        PagedTiles& m_tiles;
        std::size_t m_tile;
        bool m_fresh;
        void* m_block;
    };

private:
    static constexpr std::uint64_t nowhere = std::numeric_limits<std::uint64_t>::max();
    struct Tile {
        void* block = nullptr;
        std::uint64_t on_disk = nowhere;
        std::uint32_t pins = 0;
        bool changed = false; ///< since it was written to the disk
        std::list<std::size_t>::iterator unused{};
    };

    void* pin(std::size_t tile, bool to_change);
    void unpin(std::size_t tile);
    void make_room(std::uint64_t bytes);
    void put_out(std::size_t tile);
    void write(Tile& tile);

    std::size_t m_bytes;
    std::uint64_t m_memory, m_taken = 0; ///< bytes
    std::filesystem::path m_folder;
    std::unique_ptr<Scratch> m_scratch;
    std::vector<Tile> m_tiles;
    std::list<std::size_t> m_unused; ///< of those in memory, the longest unused first
    mutable std::mutex m_mutex;
};

} // namespace zonerank::rasters
