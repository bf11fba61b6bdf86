// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/block_encoder.hpp"
#include "rasters/codec/cog_layout.hpp"
#include "rasters/codec/pyramid.hpp"
#include "rasters/core/archive.hpp"
#include "rasters/core/files.hpp"

#include <filesystem>
#include <memory>
#include <vector>

namespace zonerank::rasters {

/// The packed blocks of a map and its overviews in scratch space, until all are
/// there and the file can be laid out. Packs in the thread that brings a block,
/// with no lock held. Blocks without data are stored once, but each becomes a tile of
/// its own: a TIFF has no tiles of no bytes, which are known to GDAL alone.
/// T: float, std::uint8_t, std::uint16_t, std::uint64_t.
template <typename T>
class TileSpool {
public:
    /// Throws Error naming the folder when nothing can be written there.
    TileSpool(const std::filesystem::path& folder, std::vector<PyramidLevel> levels, const Packing& packing);

    /// Null: a block without data. Safe from several threads, each block once.
    /// Throws Error on a full disk.
    void add(std::size_t level, BlockIndex index, const BlockView<T>* block);

    /// Puts all tiles that are there, in the order of the map.
    void put(ArchiveOut& out) const;
    /// Adds tiles that another spool of the same map has put, by their places in the archive's file,
    /// which has to stay: memory grows by no more than 16 bytes a tile. Not while others add.
    /// Throws Error for a tile that is there, and for a damaged file.
    void take(ArchiveIn& in);

    bool has(std::size_t level, BlockIndex index) const { return tile(level, index).bytes > 0; }
    std::vector<TileSizes> sizes() const; ///< by level

    /// Writes all tiles, from there on, as a cloud-optimised GeoTIFF has them after its
    /// head; with as many threads as TBB has here. All blocks are there. Throws Error.
    /// `watch` sees all bytes in order, from one thread at a time.
    void copy_to(OutputFile& file, std::uint64_t at, const Watch& watch) const;

private:
    struct Tile {
        std::uint64_t at = 0;
        std::uint32_t bytes = 0;  ///< 0: not yet there
        std::uint32_t source = 0; ///< 0: scratch space; or 1 + the number of one of the files

        friend bool operator==(const Tile&, const Tile&) = default;
    };
    /// A tile in an archive; their bytes follow the list of all.
    struct Listed {
        std::uint32_t level, number, bytes; ///< 0 bytes: without data
    };
    /// Tiles that lie side by side in the file.
    struct Stretch {
        std::uint64_t at = 0, bytes = 0;
        std::vector<Tile> tiles;
    };

    std::size_t number(std::size_t level, BlockIndex index) const;
    const Tile& tile(std::size_t level, BlockIndex index) const { return m_tiles[level][number(level, index)]; }
    Tile packed(const BlockView<T>& block, const Packing& packing);
    void read(const Tile& tile, std::span<std::byte> bytes) const;
    std::vector<Listed> list() const;
    std::vector<Stretch> stretches(std::uint64_t at) const;
    Bytes copy(const Stretch& stretch, OutputFile& file) const;

    std::vector<PyramidLevel> m_levels;
    Packing m_packing;
    Scratch m_scratch;
    std::vector<std::vector<Tile>> m_tiles; ///< by level, row by row
    std::vector<std::shared_ptr<const InputFile>> m_sources;
    Tile m_empty;
};

} // namespace zonerank::rasters
