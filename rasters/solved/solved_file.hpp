// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/solved/block_file.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::rasters {

// What was solved, as a file: numbers and rasters, read in the order in which they were
// put, by who has the same key. As BlockFileOut and BlockFileIn.

/// For one thread.
class SolvedOut {
public:
    SolvedOut(const std::filesystem::path& path, std::string_view key); ///< throws Error naming it, and so do all

    void put(double number);
    /// A raster over a grid, as StoredRaster::write().
    void put(const Grid& grid, const std::function<Tile(Window)>& values);
    void close();

private:
    BlockFileOut m_file;
    std::vector<std::byte> m_head;
    std::uint64_t m_blocks = 0;
};

/// For one thread; what it hands out is for any.
class SolvedIn {
public:
    /// Throws Error naming the file, also when it has another key.
    SolvedIn(const std::filesystem::path& path, std::string_view key);

    double number(); ///< throws Error naming the file where no number is next
    /// A raster's values by windows: NaN outside the grid, with so many bytes in RAM. Throws
    /// Error naming the file where no raster over this grid is next; its values do where it is damaged.
    std::function<Tile(Window)> raster(const Grid& grid, std::uint64_t memory = std::uint64_t{1} << 26);

private:
    void expect(std::string_view bytes, std::string_view what);

    std::shared_ptr<const BlockFileIn> m_file;
    std::size_t m_at = 0; ///< in the head
    std::uint64_t m_blocks = 0;
};

} // namespace zonerank::rasters
