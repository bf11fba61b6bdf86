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

/// Which of so many cells across or down a pixel shows. The last pixel may have less cells than its
/// `first`: it shows the last of them.
int shown_by(const DisplayGrid& grid, int pixel, int cells) {
    return std::min(pixel * grid.step + grid.first, cells - 1);
}

/// The first of so many pixels that shows a cell from `cell` on.
int pixel_from(const DisplayGrid& grid, int cell, int pixels, int cells) {
    const int pixel = std::min(divided_up(std::max(cell - grid.first, 0), grid.step), pixels - 1);
    return pixel + (shown_by(grid, pixel, cells) < cell);
}

template <std::size_t size>
void add_to(std::array<std::atomic<std::int64_t>, size>& counts, const std::array<std::int64_t, size>& more) {
    for (std::size_t i = 0; i < size; ++i)
        if (more[i] != 0)
            counts[i].fetch_add(more[i], std::memory_order_relaxed);
}

template <std::size_t size>
std::array<std::int64_t, size> loaded(const std::array<std::atomic<std::int64_t>, size>& counts) {
    std::array<std::int64_t, size> values{};
    std::ranges::transform(counts, values.begin(), [](const auto& c) { return c.load(std::memory_order_relaxed); });
    return values;
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
    add_to(m_scores, counts_of(bins));
    add_to(m_cells, cells);
}

/// Those that show one of the cells.
Window DisplayMaps::pixels_in(const Window& cells) const {
    const rasters::Grid& grid = m_model.grid();
    const auto col_from = [&](int cell) { return pixel_from(m_grid, cell, m_grid.cols, grid.cols); };
    const auto row_from = [&](int cell) { return pixel_from(m_grid, cell, m_grid.rows, grid.rows); };
    const int col = col_from(cells.col), row = row_from(cells.row);
    return {col, row, col_from(cells.col + cells.cols) - col, row_from(cells.row + cells.rows) - row};
}

void DisplayMaps::gather(const Evaluation& evaluation) {
    const Window& window = evaluation.mask.window();
    const rasters::Grid& grid = m_model.grid();
    const Window pixels = pixels_in(window);
    std::vector<std::int32_t> cells; // of the window's rows, those that are shown
    for (int x = pixels.col; x < pixels.col + pixels.cols; ++x)
        cells.push_back(shown_by(m_grid, x, grid.cols) - window.col);
    for (int y = pixels.row; y < pixels.row + pixels.rows; ++y)
        gather_row(evaluation, shown_by(m_grid, y, grid.rows), place_of(pixels.col, y), cells);
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

/// Of the pixels of each map, the states first.
template <typename Self, typename Visit>
void DisplayMaps::each_row(Self& maps, const Window& pixels, Visit&& visit) {
    const auto visit_rows = [&](auto& map) {
        for (int y = pixels.row; y < pixels.row + pixels.rows; ++y)
            visit(std::span(map).subspan(maps.place_of(pixels.col, y), static_cast<std::size_t>(pixels.cols)));
    };
    visit_rows(maps.m_state);
    for (auto& criterion : maps.m_criteria)
        if (!criterion.empty())
            visit_rows(criterion);
}

void DisplayMaps::put(rasters::ArchiveOut& out, Window part) const {
    const Window pixels = pixels_in(part);
    out.put(pixels);
    each_row(*this, pixels, [&](std::span<const std::uint8_t> row) { out.write(std::as_bytes(row)); });
    out.put_sums(loaded(m_scores));
    out.put_sums(loaded(m_cells));
}

void DisplayMaps::take(rasters::ArchiveIn& in) {
    const auto pixels = in.get<Window>();
    in.require(std::min({pixels.col, pixels.row, pixels.cols, pixels.rows}) >= 0 &&
               pixels.col <= m_grid.cols - pixels.cols && pixels.row <= m_grid.rows - pixels.rows);
    each_row(*this, pixels, [&](std::span<std::uint8_t> row) { in.read(std::as_writable_bytes(row)); });
    std::array<std::int64_t, score_bins> scores{};
    std::array<std::int64_t, 256> cells{};
    in.add_sums(scores);
    in.add_sums(cells);
    add_to(m_scores, scores);
    add_to(m_cells, cells);
}

DisplayMaps::Shown DisplayMaps::packed(const DisplayGrid& grid) const {
    Shown shown{.grid = grid, .state = {}, .criteria{}};
    shown.criteria.resize(m_criteria.size());
    const auto blob_of = [&](const Pixels& pixels) {
        return grid.step == m_grid.step ? blob(pixels, grid.cols) : blob(thinned(pixels, m_grid, grid), grid.cols);
    };
    rasters::in_parallel(m_criteria.size() + 1, [&](std::size_t i) {
        if (i == m_criteria.size())
            shown.state = blob_of(m_state);
        else if (!m_criteria[i].empty())
            shown.criteria[i] = blob_of(m_criteria[i]);
    });
    return shown;
}

DisplayMaps::Shown DisplayMaps::shown(std::size_t most_bytes) const {
    Shown shown = packed(m_grid);
    while (bytes_of(shown) > most_bytes && shown.grid.pixels() > 1) {
        // Fewer pixels are less alike, so that each takes more: a guess that is checked.
        const double larger = std::sqrt(static_cast<double>(bytes_of(shown)) / static_cast<double>(most_bytes + 1));
        const auto step = static_cast<int>(std::min(shown.grid.step * larger, 1e9));
        shown = packed(by_step(m_model.grid(), std::max(shown.grid.step + 1, step)));
    }
    return shown;
}

std::vector<std::int64_t> DisplayMaps::score_counts() const {
    const auto counts = loaded(m_scores);
    return {counts.begin(), counts.end()};
}

} // namespace zonerank::engine
