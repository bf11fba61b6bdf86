// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/decision_matrix.hpp"
#include "engine/decision/ranking.hpp"
#include "engine/model/model.hpp"

namespace zonerank::engine {

/// The sites that have a rank as alternatives, best first, with the study's criteria
/// and weights. The sense of a criterion is that of its value function between the
/// least and the greatest measurement; where it is flat there, beyond them.
DecisionMatrix alternatives(const Ranking& ranking, const Model& model);

} // namespace zonerank::engine
