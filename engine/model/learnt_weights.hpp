// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/model.hpp"

namespace zonerank::engine {

/// Finds the weights that follow from the sites (`Weighing::later`): of each theme's criteria
/// from the sites that have a rank, of the themes from their scores at these sites, as values.
/// `ranking` was made before, with equal weights, on which no entry of the matrix depends.
/// The model has to be told by reweigh(). Their warnings go to `problems`. Throws ErrorAt where
/// none follow.
void learn_weights(Decision& decision, const Model& model, const Ranking& ranking, layers::Problems& problems);

} // namespace zonerank::engine
