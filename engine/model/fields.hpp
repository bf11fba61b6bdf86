// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/graph.hpp"
#include "engine/model/model.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// A unit for each of the model's fields; their numbers.
std::vector<std::size_t> add_fields(Graph& graph, const Model& model, const std::string& key);

/// The grids of friction that a model's measures travel over, each once, the coarsest first.
std::vector<rasters::Grid> friction_grids(const Model& model);

} // namespace zonerank::engine
