// SPDX-License-Identifier: Apache-2.0
#include "rasters/sums/sums_field.hpp"

#include "rasters/core/parallel.hpp"
#include "rasters/travel/spreading.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace zonerank::rasters {

static bool is_crossed(float slowness) {
    return slowness >= 0 && slowness < unreached;
}

bool TravelSums::Field::crossed(Cell cell, float slowness) const {
    return is_crossed(slowness) || on_roads.contains(cell);
}

std::vector<TravelWeight> TravelSums::Field::on_ground(std::span<const TravelWeight> weights) const {
    const auto passes = [&](Cell cell) {
        return tiling.window().contains(cell) && crossed(cell, ground_of({cell.col, cell.row, 1, 1})[cell]);
    };
    std::vector<TravelWeight> result;
    for (const TravelWeight& w : weights)
        if (passes(w.cell))
            result.push_back(w);
        else if (const std::optional<Cell> cell = nearest_ground(w.cell, passes))
            result.push_back({*cell, w.weight});
    return result;
}

TravelSums::Field::Field(const Grid& grid, const Slowness& slowness, std::span<const RoadStep> roads,
                         const TravelSumOptions& options)
    : tiling(grid, waiting_side), ground(tiling.size(), cells() * sizeof(float), options.memory / 6, options.scratch),
      sums(grid, options.memory / 3, options.scratch), on_roads(roads) {
    lay(ground, slowness, options.course);
    if (options.relief) {
        heights.emplace(tiling.size(), cells() * sizeof(float), options.memory / 6, options.scratch);
        lay(*heights, options.relief->elevation, options.course);
    }
}

void TravelSums::Field::lay(PagedTiles& blocks, const Slowness& values, const Course& course) {
    in_parallel(tiling.size(), [&](std::size_t tile) {
        course.check();
        const Tile all = values(tiling.window(tile));
        const PagedTiles::Pin block(blocks, tile, true);
        each_row_of_block(tiling, tile, block.as<float>(), all.window(),
                          [&](float* to, Cell first, int cols) { std::copy_n(&all[first], cols, to); });
    });
}

Tile TravelSums::Field::part_of(PagedTiles& blocks, Window window) const {
    Tile out(window, no_data);
    tiling.each(window, [&](std::size_t tile) {
        const PagedTiles::Pin block(blocks, tile, false);
        each_row_of_block(tiling, tile, block.as<const float>(), window,
                          [&](const float* from, Cell first, int cols) { std::copy_n(from, cols, &out[first]); });
    });
    return out;
}

} // namespace zonerank::rasters
