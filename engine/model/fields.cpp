// SPDX-License-Identifier: Apache-2.0
#include "engine/model/fields.hpp"

#include <algorithm>
#include <functional>

namespace zonerank::engine {

using rasters::Grid;

std::vector<std::size_t> add_fields(Graph& graph, const Model& model, const std::string& key) {
    constexpr double cells_of_a_tile = 262144; // whose solving costs about as much as its scoring
    std::vector<std::size_t> added;
    for (const layers::SolvedField& field : model.fields()) // one after the other: each takes much memory
        added.push_back(graph.add({"field",
                                   field.name,
                                   key_of({key, "field", field.name}),
                                   added.empty() ? added : std::vector{added.back()},
                                   5 * field.cells / cells_of_a_tile,
                                   {},
                                   field.solve}));
    return added;
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
