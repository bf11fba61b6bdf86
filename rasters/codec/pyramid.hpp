// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/block.hpp"
#include "rasters/codec/halving.hpp"
#include "rasters/core/archive.hpp"

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

/// Where a part of a raster comes in an order in which all parts of a square of 2 x 2, of 4 x 4 and so on
/// come together (Morton's, 1966), by its column and row among the parts.
std::uint64_t order_in_squares(std::uint32_t col, std::uint32_t row);

/// What is wrong with a part of a raster that brings what another has brought.
inline constexpr const char* same_ground = "another part has the same ground";

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

    /// Puts the quarters that wait for others.
    void put(ArchiveOut& out) const;
    /// Adds quarters that the pyramid of another part of the same raster has put; blocks whose last
    /// they are pass on. Parts come in any order. The least waits, a few blocks a level, when they come
    /// by order_in_squares(); row by row it is a row of quarters, and in no order most of them.
    /// Not while others add. Throws Error for a quarter that is there, and for a damaged file.
    void take(ArchiveIn& in);

private:
    /// A block of an overview that waits for some of the four that it is made of.
    struct Partial {
        explicit Partial(BlockIndex i) : index(i) {}
        BlockIndex index;
        std::array<BlockBuffer<T>, 4> quarters; ///< row by row, each halved; empty without data
        int missing = 0;
    };
    using Partials = std::unordered_map<std::int64_t, std::unique_ptr<Partial>>;
    /// A Partial in an archive; the quarters of `held` follow.
    struct Waiting {
        std::uint32_t level;
        BlockIndex index;
        std::int32_t came;  ///< quarters, with data or without
        std::uint32_t held; ///< those with data, a bit each
    };

    void pass(std::size_t level, BlockIndex index, const BlockView<T>* block);
    void pass_joined(std::size_t level, BlockIndex index, const Partial& whole);
    Partial& partial(std::size_t level, BlockIndex index);
    std::unique_ptr<Partial> done(std::size_t level, BlockIndex index, int came = 1);
    std::vector<Waiting> waiting() const;
    void take(const Waiting& part, ArchiveIn& in);

    std::vector<PyramidLevel> m_levels;
    Halving m_how;
    Passed m_passed;
    std::mutex m_mutex;
    std::vector<Partials> m_partials; ///< by level
};

} // namespace zonerank::rasters
