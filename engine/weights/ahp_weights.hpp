// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/weight_reading.hpp"

namespace zonerank::engine {

/// Analytic hierarchy process as a study writes it: judgements of pairs as for
/// read_judgements(), and beside them
///   method: eigenvector | geometric mean | column mean
///   people: {Planner: {power vs highway: 2}, Utility: {csv: file}}   instead of judgements
///   by: judgements | priorities      what of the people is averaged
///   importance: {Planner: 2, Utility: 1}
/// `by: judgements` takes the geometric mean of each pair over those who judged it, then
/// weights; `by: priorities` weights of each person, then their geometric mean (Forman
/// and Peniwati 1998). Pairs that nobody judged are filled in, which a warning tells.
/// The details have all three methods' weights, the figures of consistency, the worst
/// three judgements and what would mend them. Throws Error as ahp() does, with whose
/// judgements it was.
Weighing ahp_weights(const layers::Node& body, Members members);

} // namespace zonerank::engine
