// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/model.hpp"

#include <vector>

namespace zonerank::engine {

/// What solving a field costs, in tiles that are scored.
double cost_of(const layers::SolvedField& field);

/// The grids of friction that a model's measures travel over, each once, the coarsest first.
std::vector<rasters::Grid> friction_grids(const Model& model);

} // namespace zonerank::engine
