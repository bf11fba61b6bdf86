// SPDX-License-Identifier: Apache-2.0
#include "engine/report/display_maps.hpp"

#include "engine/outputs/maps.hpp"
#include "engine/report/blob.hpp"
#include "rasters/core/buffers.hpp"
#include "rasters/core/parallel.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace zonerank::engine {

using rasters::Window;

namespace {

int divided_up(int a, int b) {
    return a / b + (a % b != 0);
}

DisplayGrid by_step(const rasters::Grid& grid, int step) {
    return {step, (step - 1) / 2, divided_up(grid.cols, step), divided_up(grid.rows, step)};
}

/// Which of the gathered pixels along one side shows the cell nearest to the middle of each coarser one.
std::vector<std::size_t> nearest_gathered(const DisplayGrid& from, int gathered, const DisplayGrid& to, int pixels) {
    std::vector<std::size_t> nearest;
    for (int i = 0; i < pixels; ++i) {
        const int beyond = i * to.step + to.first - from.first;
        nearest.push_back(static_cast<std::size_t>(std::clamp((beyond + from.step / 2) / from.step, 0, gathered - 1)));
    }
    return nearest;
}

std::vector<std::uint8_t> thinned(const std::vector<std::uint8_t>& pixels, const DisplayGrid& from,
                                  const DisplayGrid& to) {
    const std::vector<std::size_t> cols = nearest_gathered(from, from.cols, to, to.cols);
    std::vector<std::uint8_t> kept;
    kept.reserve(to.pixels());
    for (const std::size_t row : nearest_gathered(from, from.rows, to, to.rows))
        for (const std::size_t col : cols)
            kept.push_back(pixels[row * static_cast<std::size_t>(from.cols) + col]);
    return kept;
}

/// As bytes; outside the area nothing is told, whether a window brought it or not.
void gather_values(const float* values, std::span<const std::int32_t> cells, const std::uint8_t* states,
                   std::uint8_t* bytes) {
    const std::int32_t* at = cells.data();
    const std::size_t count = cells.size();
    rasters::vectorised([&]() ZONERANK_INLINE {
        for (std::size_t i = 0; i < count; ++i) {
            const float value = values[at[i]];
            const float above = value > 0 ? value : 0, within = above < 1 ? above : 1; // NaN: as 0
            const auto level = static_cast<int>(within * display_levels + 0.5F);
            const bool told = (value == value) & (states[i] != 0);
            bytes[i] = static_cast<std::uint8_t>(told ? level : display_no_data);
        }
    });
}

std::size_t bytes_of(const DisplayMaps::Shown& shown) {
    std::size_t bytes = shown.state.size();
    for (const auto& criterion : shown.criteria)
        bytes += criterion ? criterion->size() : 0;
    return bytes;
}

/// Of the first pixel that shows a cell from `cell` on, across or down.
int pixel_from(const DisplayGrid& grid, int cell) {
    return divided_up(std::max(cell - grid.first, 0), grid.step);
}

} // namespace

DisplayGrid display_grid(const rasters::Grid& grid, std::size_t most_pixels) {
    const double cells = static_cast<double>(grid.cols) * grid.rows;
    int step = std::max(1, static_cast<int>(std::sqrt(cells / static_cast<double>(most_pixels))));
    while (by_step(grid, step).pixels() > most_pixels)
        ++step;
    return by_step(grid, step);
}

std::size_t most_display_pixels(std::size_t maps) {
    constexpr std::size_t most = 300'000, most_bytes = std::size_t{32} << 20;
    return std::min(most, most_bytes / std::max<std::size_t>(maps, 1));
}

DisplayMaps::DisplayMaps(const Model& model, std::size_t most_pixels)
    : m_model(model), m_criteria(model.decision().criteria.size()) {
    const auto on_map = std::ranges::count_if(model.decision().criteria, &Criterion::on_map);
    const std::size_t usual = most_display_pixels(static_cast<std::size_t>(on_map) + 1);
    m_grid = display_grid(model.grid(), most_pixels ? most_pixels : usual);
    m_state.assign(m_grid.pixels(), 0);
    for (std::size_t i = 0; i < m_criteria.size(); ++i)
        if (model.decision().criteria[i].on_map())
            m_criteria[i].assign(m_grid.pixels(), display_no_data);
}

void DisplayMaps::add(const Evaluation& evaluation) {
    count(evaluation);
    gather(evaluation);
}

void DisplayMaps::count(const Evaluation& evaluation) {
    std::array<std::int64_t, 256> cells{};
    std::vector<std::uint8_t, rasters::BufferAllocator<std::uint8_t>> bins(evaluation.score.values().size());
    put_in_bins(evaluation.score.values(), bins);
    const MaskCode& code = m_model.code();
    for_each_run(evaluation.mask.values(), [&](std::size_t first, std::size_t count, Mask mask) {
        cells[state_class(code, mask)] += static_cast<std::int64_t>(count);
        if (!usable(code.state(mask)))
            std::fill_n(bins.begin() + static_cast<std::ptrdiff_t>(first), count, no_bin);
    });
    const auto scores = counts_of(bins);
    for (std::size_t i = 0; i < scores.size(); ++i)
        m_scores[i].fetch_add(scores[i], std::memory_order_relaxed);
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i] != 0)
            m_cells[i].fetch_add(cells[i], std::memory_order_relaxed);
}

void DisplayMaps::gather(const Evaluation& evaluation) {
    const Window& window = evaluation.mask.window();
    const rasters::Grid& grid = m_model.grid();
    // The last pixel of a row may have less cells than its `first`: it shows the last of them.
    const auto shown = [&](int pixel, int cells) { return std::min(pixel * m_grid.step + m_grid.first, cells - 1); };
    const auto first_in = [&](int cell, int pixels, int cells) {
        int pixel = std::min(pixel_from(m_grid, cell), pixels - 1);
        return pixel + (shown(pixel, cells) < cell);
    };
    const int first = first_in(window.col, m_grid.cols, grid.cols);
    std::vector<std::int32_t> cells; // of the window's rows, those that are shown
    for (int x = first; x < m_grid.cols && shown(x, grid.cols) < window.col + window.cols; ++x)
        cells.push_back(shown(x, grid.cols) - window.col);
    for (int y = first_in(window.row, m_grid.rows, grid.rows); y < m_grid.rows; ++y) {
        const int row = shown(y, grid.rows);
        if (row >= window.row + window.rows)
            break;
        gather_row(evaluation, row,
                   static_cast<std::size_t>(y) * static_cast<std::size_t>(m_grid.cols) +
                       static_cast<std::size_t>(first),
                   cells);
    }
}

/// Pixels from `pixel` on, which show these cells of the window's `row`.
void DisplayMaps::gather_row(const Evaluation& evaluation, int row, std::size_t pixel,
                             std::span<const std::int32_t> cells) {
    gather_states(evaluation.mask.row(row), cells, m_state.data() + pixel);
    for (std::size_t i = 0; i < m_criteria.size(); ++i)
        if (!m_criteria[i].empty())
            gather_values(evaluation.values[i].row(row).data(), cells, m_state.data() + pixel,
                          m_criteria[i].data() + pixel);
}

void DisplayMaps::gather_states(std::span<const Mask> masks, std::span<const std::int32_t> cells,
                                std::uint8_t* states) const {
    Mask last = MaskCode::outside;
    std::uint8_t state = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Mask mask = masks[static_cast<std::size_t>(cells[i])];
        if (mask != last)
            state = state_class(m_model.code(), last = mask);
        states[i] = state;
    }
}

DisplayMaps::Shown DisplayMaps::shown_by(const DisplayGrid& grid) const {
    Shown shown{.grid = grid, .state = {}, .criteria{}};
    shown.criteria.resize(m_criteria.size());
    const auto packed = [&](const Pixels& pixels) {
        return grid.step == m_grid.step ? blob(pixels, grid.cols) : blob(thinned(pixels, m_grid, grid), grid.cols);
    };
    rasters::in_parallel(m_criteria.size() + 1, [&](std::size_t i) {
        if (i == m_criteria.size())
            shown.state = packed(m_state);
        else if (!m_criteria[i].empty())
            shown.criteria[i] = packed(m_criteria[i]);
    });
    return shown;
}

DisplayMaps::Shown DisplayMaps::shown(std::size_t most_bytes) const {
    Shown shown = shown_by(m_grid);
    while (bytes_of(shown) > most_bytes && shown.grid.pixels() > 1) {
        // Fewer pixels are less alike, so that each takes more: a guess that is checked.
        const double larger = std::sqrt(static_cast<double>(bytes_of(shown)) / static_cast<double>(most_bytes + 1));
        const auto step = static_cast<int>(std::min(shown.grid.step * larger, 1e9));
        shown = shown_by(by_step(m_model.grid(), std::max(shown.grid.step + 1, step)));
    }
    return shown;
}

std::vector<std::int64_t> DisplayMaps::score_counts() const {
    std::vector<std::int64_t> counts;
    for (const auto& bin : m_scores)
        counts.push_back(bin.load(std::memory_order_relaxed));
    return counts;
}

} // namespace zonerank::engine
