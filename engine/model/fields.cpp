// SPDX-License-Identifier: Apache-2.0
#include "engine/model/fields.hpp"

#include <algorithm>
#include <functional>

namespace zonerank::engine {

using rasters::Grid;

double cost_of(const layers::SolvedField& field) {
    constexpr double cells_of_a_tile = 262144;
    return 5 * field.cells / cells_of_a_tile;
}

std::vector<Grid> friction_grids(const Model& model) {
    std::vector<Grid> grids;
    for (const layers::SolvedField& field : model.fields())
        for (const Grid& grid : field.grids)
            if (std::ranges::find(grids, grid) == grids.end())
                grids.push_back(grid);
    std::ranges::stable_sort(grids, std::greater{}, &Grid::cell);
    return grids;
}

} // namespace zonerank::engine
