// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/weight_reading.hpp"

/// Weights that wait for the sites (see `Weighing::later`): rows of weighting_methods()
/// around the functions of engine/weights/data_weights.hpp. Each takes
/// {of: measurements | values}; once known, the details have the figures and what to
/// write to have the same weights elsewhere, and a warning says that they hold for
/// these sites alone. Throw Error for anything else in the study.
namespace zonerank::engine {

Weighing weigh_by_entropy(const layers::Node& body, Members members);
Weighing weigh_by_deviation(const layers::Node& body, Members members);
Weighing weigh_by_critic(const layers::Node& body, Members members);
Weighing weigh_by_merec(const layers::Node& body, Members members);
Weighing weigh_by_cilos(const layers::Node& body, Members members);
Weighing weigh_by_idocriw(const layers::Node& body, Members members);

/// Weights as a study repeats them, to the last bit: "{fixed: {power: 0.25, ...}}".
std::string as_fixed(const Weights& weights, Members members);

} // namespace zonerank::engine
