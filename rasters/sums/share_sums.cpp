// SPDX-License-Identifier: Apache-2.0
#include "rasters/sums/share_sums.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace zonerank::rasters {

static std::size_t cells_of(const Tiling& tiling) {
    return static_cast<std::size_t>(tiling.side()) * static_cast<std::size_t>(tiling.side());
}

ShareSums::ShareSums(const Grid& grid, std::uint64_t memory, std::filesystem::path scratch)
    : m_tiling(grid, waiting_side),
      m_blocks(m_tiling.size(), cells_of(m_tiling) * sizeof(std::int64_t), memory, std::move(scratch)),
      m_adding(m_tiling.size()) {}

// The power of two that keeps the sum of all within 2^62.
void ShareSums::expect(double total) {
    int exponent = 0;
    std::frexp(total, &exponent);
    m_unit = std::ldexp(1, 61 - exponent);
}

void ShareSums::add_row(double weight, std::span<const float> minutes, const Decay& decay, std::int64_t* sums) const {
    static thread_local std::vector<double> shares;
    static thread_local std::vector<std::size_t> cells;
    shares.clear();
    cells.clear();
    for (std::size_t i = 0; i < minutes.size(); ++i)
        if (!std::isnan(minutes[i])) {
            cells.push_back(i);
            shares.push_back(static_cast<double>(minutes[i]));
        }
    decay(shares);
    const double units = weight * m_unit;
    for (std::size_t i = 0; i < cells.size(); ++i)
        sums[cells[i]] += std::llround(shares[i] * units);
}

void ShareSums::add(double weight, const Tile& minutes, const Decay& decay) {
    m_tiling.each(minutes.window(), [&](std::size_t tile) {
        const std::scoped_lock lock(m_adding[tile]);
        const PagedTiles::Pin block(m_blocks, tile, true);
        auto* sums = block.as<std::int64_t>();
        if (block.fresh())
            std::fill_n(sums, cells_of(m_tiling), 0);
        each_row_of_block(m_tiling, tile, sums, minutes.window(), [&](std::int64_t* to, Cell first, int cols) {
            add_row(weight, std::span(&minutes[first], static_cast<std::size_t>(cols)), decay, to);
        });
    });
}

void ShareSums::show(std::size_t tile, Tile& out) const {
    const Window shared = intersection(m_tiling.window(tile), out.window());
    for (int row = shared.row; row < shared.row + shared.rows; ++row)
        std::fill_n(&out[{shared.col, row}], shared.cols, 0.0F);
    if (!m_blocks.has(tile))
        return;
    const PagedTiles::Pin block(m_blocks, tile, false);
    each_row_of_block(m_tiling, tile, block.as<const std::int64_t>(), out.window(),
                      [&](const std::int64_t* from, Cell first, int cols) {
                          float* to = &out[first];
                          for (int i = 0; i < cols; ++i)
                              to[i] = static_cast<float>(static_cast<double>(from[i]) / m_unit);
                      });
}

Tile ShareSums::sums(Window window) const {
    Tile out(window, no_data);
    m_tiling.each(window, [&](std::size_t tile) { show(tile, out); });
    return out;
}

} // namespace zonerank::rasters
