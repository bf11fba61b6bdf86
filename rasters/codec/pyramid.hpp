// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/block.hpp"
#include "rasters/codec/halving.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace zonerank::rasters {

/// A raster and its overviews: each has half the columns and rows of the one
/// before, rounded up, until one block holds all.
struct PyramidLevel {
    int cols = 0, rows = 0;

    int blocks_across() const { return blocks_over(cols); }
    int blocks_down() const { return blocks_over(rows); }
    std::size_t blocks() const {
        return static_cast<std::size_t>(blocks_across()) * static_cast<std::size_t>(blocks_down());
    }
};

std::vector<PyramidLevel> pyramid_levels(int cols, int rows); ///< the raster itself first

/// Computes overviews while the blocks of the raster pass by, in any order. The
/// result doesn't depend on the order. Memory holds the blocks of overviews of
/// which only a part is there. Safe from several threads.
/// T: float, std::uint8_t, std::uint16_t, std::uint64_t.
template <typename T>
class Pyramid {
public:
    /// Gets each block of each level once, null for one without any data: in the
    /// thread that brought its last part, with no lock held. The cells are for the
    /// time of the call alone.
    using Passed = std::function<void(std::size_t level, BlockIndex, const BlockView<T>*)>;

    Pyramid(int cols, int rows, Halving how, Passed passed);

    const std::vector<PyramidLevel>& levels() const { return m_levels; }

    /// A block of the raster itself, null when it has no data; each once.
    void add(BlockIndex index, const BlockView<T>* block) { pass(0, index, block); }

private:
    /// A block of an overview that waits for some of the four that it is made of.
    struct Partial {
        std::array<BlockBuffer<T>, 4> quarters; ///< row by row, each halved; empty without data
        int missing = 0;
    };
    using Partials = std::unordered_map<std::int64_t, std::unique_ptr<Partial>>;

    void pass(std::size_t level, BlockIndex index, const BlockView<T>* block);
    void pass_joined(std::size_t level, BlockIndex index, const Partial& whole);
    Partial& partial(std::size_t level, BlockIndex index);
    std::unique_ptr<Partial> done(std::size_t level, BlockIndex index);

    std::vector<PyramidLevel> m_levels;
    Halving m_how;
    Passed m_passed;
    std::mutex m_mutex;
    std::vector<Partials> m_partials; ///< by level
};

} // namespace zonerank::rasters
