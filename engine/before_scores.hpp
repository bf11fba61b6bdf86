// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "engine/tile_sum.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace zonerank::engine {

/// How the units of a run are cut, and kept.
struct Cutting {
    std::string key;                 ///< begins those of the units
    int tile = 512;                  ///< cells to a side
    const KeptUnits* kept = nullptr; ///< null: nothing is kept on the disk

    std::vector<rasters::Window> blocks(const Model& model) const; ///< as kept, or all of the map
};

/// Adds units that solve the model's fields, one after the other; the last of them.
std::vector<std::size_t> add_fields(Prepared& prepared, const Cutting& cutting);

/// Adds units that find what has to be known before those of a stage: fields are solved, facts over the map
/// found for value functions, then weights that follow from the sites. What is kept already is taken from
/// there, the rest is kept. The units to wait for.
std::vector<std::size_t> add_before(Stage stage, Prepared& prepared, const Cutting& cutting);

/// Adds what does one kept unit of the stages before Stage::score.
void add_unit_before_scores(const PlannedUnit& unit, Prepared& prepared, const Cutting& cutting,
                            const std::vector<std::size_t>& after);

} // namespace zonerank::engine
