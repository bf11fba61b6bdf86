// SPDX-License-Identifier: Apache-2.0
#include "rasters/sums/travel_sums.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"
#include "rasters/sums/sums_field.hpp"
#include "rasters/travel/roads_by_block.hpp"

#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace zonerank::rasters {

namespace {

Grid part_of(Grid grid, const Window& w) {
    grid.west += w.col;
    grid.north += w.row;
    grid.cols = w.cols;
    grid.rows = w.rows;
    return grid;
}

int reach_in_cells(const Grid& grid, const TravelSumOptions& options) {
    constexpr int margin = 6; // of roads that are joined in a cell, and of rims
    const double cells = options.limit_minutes * options.fastest / grid.cell;
    return margin + static_cast<int>(std::min(std::ceil(cells), 0x1p29));
}

std::vector<TravelWait> waits_in(std::span<const TravelWait> all, const Window& part) {
    std::vector<TravelWait> result;
    for (const TravelWait& wait : all)
        if (part.contains(wait.cell))
            result.push_back({{wait.cell.col - part.col, wait.cell.row - part.row}, wait.minutes});
    return result;
}

Window around(Cell cell, int reach) {
    return Window{cell.col, cell.row, 1, 1}.grown(reach);
}

/// Whether travel came near a side of a part of a grid beyond which the grid goes on.
/// Steps lead two cells far at most.
bool reached_rim(const TravelTimes& minutes, const Window& part, const Window& grid) {
    constexpr int wide = 2;
    const auto reached = [&](const Window& strip) {
        return minutes.came_to(strip) &&
               std::ranges::any_of(minutes.times(strip).values(), [](float t) { return !std::isnan(t); });
    };
    return (part.row > grid.row && reached({0, 0, part.cols, wide})) ||
           (part.row + part.rows < grid.row + grid.rows && reached({0, part.rows - wide, part.cols, wide})) ||
           (part.col > grid.col && reached({0, 0, wide, part.rows})) ||
           (part.col + part.cols < grid.col + grid.cols && reached({part.cols - wide, 0, wide, part.rows}));
}

void check(const TravelWeight& w, const Window& grid) {
    if (!grid.contains(w.cell) || !(w.weight >= 0 && std::isfinite(w.weight)))
        throw Error("a weight of {:g} at column {}, row {}: it has to be a number of 0 or more, on the grid", w.weight,
                    w.cell.col, w.cell.row);
}

// One for each cell, in the order of blocks, so that neighbours in time share memory.
std::vector<TravelWeight> merged(const Tiling& tiling, std::vector<TravelWeight> all) {
    const auto place = [&](const TravelWeight& w) { return std::tuple(tiling.of(w.cell), w.cell.row, w.cell.col); };
    std::ranges::sort(all, [&](const TravelWeight& a, const TravelWeight& b) {
        return std::tuple(place(a), a.weight) < std::tuple(place(b), b.weight);
    });
    std::vector<TravelWeight> result;
    for (const TravelWeight& w : all)
        if (!result.empty() && result.back().cell == w.cell)
            result.back().weight += w.weight;
        else
            result.push_back(w);
    std::erase_if(result, [](const TravelWeight& w) { return w.weight == 0; });
    return result;
}

double total_of(std::span<const TravelWeight> weights) {
    double total = 0;
    for (const TravelWeight& w : weights)
        total += w.weight;
    return total;
}

/// Adds what each weight means to the cells in its reach.
class Summing {
public:
    Summing(const Grid& grid, std::span<const RoadStep> roads, const Decay& decay, const TravelSumOptions& options,
            TravelSums::Field& field)
        : m_grid(grid), m_roads(field.tiling, roads), m_decay(decay), m_options(options), m_field(field) {}

    void add(const TravelWeight& from) {
        int reach = reach_in_cells(m_grid, m_options);
        for (;; reach = 2 * reach) {
            const Window part = intersection(around(from.cell, reach), m_grid.window());
            const TravelTimes minutes = solve(from.cell, part);
            if (!reached_rim(minutes, part, m_grid.window()))
                return add(from.weight, minutes, part);
        }
    }

private:
    TravelTimes solve(Cell from, const Window& part) const;
    void add(double weight, const TravelTimes& minutes, const Window& part);

    const Grid& m_grid;
    RoadsByBlock m_roads;
    const Decay& m_decay;
    const TravelSumOptions& m_options;
    TravelSums::Field& m_field;
};

/// Of the memory half is for ground and sums, half for as many solves as there are threads.
std::uint64_t memory_of_a_solve(const TravelSumOptions& options) {
    return options.memory / 2 / static_cast<std::uint64_t>(tbb::this_task_arena::max_concurrency());
}

TravelTimes Summing::solve(Cell from, const Window& part) const {
    const Grid grid = part_of(m_grid, part);
    const Cell begin{from.col - part.col, from.row - part.row};
    const auto moved = [&](Tile (TravelSums::Field::*all)(Window) const) -> Slowness {
        return [&, all](Window w) {
            Tile tile = (m_field.*all)({w.col + part.col, w.row + part.row, w.cols, w.rows});
            tile.place(w);
            return tile;
        };
    };
    const TravelStart start{.cell = begin, .at = grid.centre(begin)};
    TravelOptions options{.method = m_options.method, .limit_minutes = m_options.limit_minutes};
    options.tell_beyond = false;
    options.memory = memory_of_a_solve(m_options);
    options.kept = options.memory;
    options.scratch = m_options.scratch;
    options.course = m_options.course.silent();
    if (m_options.relief)
        options.relief = std::make_shared<const Relief>(Relief{
            moved(&TravelSums::Field::heights_of), m_options.relief->speed, waits_in(m_options.relief->waits, part)});
    return travel_times(grid, moved(&TravelSums::Field::ground_of), std::span(&start, 1), m_roads.within(part),
                        options);
}

void Summing::add(double weight, const TravelTimes& minutes, const Window& part) {
    m_field.tiling.each(part, [&](std::size_t tile) {
        const Window here = intersection(m_field.tiling.window(tile), part),
                     there{here.col - part.col, here.row - part.row, here.cols, here.rows};
        if (!minutes.came_to(there))
            return;
        Tile times = minutes.times(there);
        times.place(here);
        m_field.sums.add(weight, times, m_decay);
    });
}

} // namespace

Tile TravelSums::sums(Window window) const {
    const Field& field = *m_field;
    Tile out = field.sums.sums(window);
    const Tile ground = field.ground_of(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col)
            if (const Cell cell{col, row}; !field.crossed(cell, ground[cell]))
                out[cell] = no_data;
    return out;
}

TravelSums travel_sums(const Grid& grid, const Slowness& slowness, std::span<const RoadStep> roads,
                       std::span<const TravelWeight> weights, const Decay& decay, const TravelSumOptions& options) {
    for (const TravelWeight& w : weights)
        check(w, grid.window());
    const auto field = std::make_shared<TravelSums::Field>(grid, slowness, roads, options);
    const std::vector<TravelWeight> places = merged(field->tiling, field->on_ground(weights));
    field->sums.expect(total_of(places));
    Summing summing(grid, roads, decay, options, *field);
    Advance advance(options.course, static_cast<double>(places.size()));
    in_parallel(places.size(), [&](std::size_t i) {
        summing.add(places[i]);
        advance.add(1);
    });
    field->heights.reset();
    field->ground.keep(options.kept / 3);
    field->sums.keep(options.kept / 3 * 2);
    return TravelSums(field);
}

double cells_in_reach(const Grid& grid, const TravelSumOptions& options) {
    const double side = 2.0 * reach_in_cells(grid, options) + 1;
    return std::min(side, static_cast<double>(grid.cols)) * std::min(side, static_cast<double>(grid.rows));
}

std::optional<Cell> nearest_ground(Cell from, const std::function<bool(Cell)>& passes) {
    std::optional<Cell> nearest;
    int least = cells_to_ground * cells_to_ground + 1;
    for (int y = -cells_to_ground; y <= cells_to_ground; ++y)
        for (int x = -cells_to_ground; x <= cells_to_ground; ++x)
            if (const Cell cell{from.col + x, from.row + y}; x * x + y * y < least && passes(cell)) {
                nearest = cell;
                least = x * x + y * y;
            }
    return nearest;
}

} // namespace zonerank::rasters
