// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/node.hpp"

#include <string>

namespace zonerank::engine {

/// Of a study's `criteria` the one of that name, in its theme and without its weight;
/// the others' weights and aggregations left out. Throws Error with the nearest name.
layers::Node one_criterion(const layers::Node& criteria, const std::string& name);

/// Whether a text in the tree, at whatever depth, is this name.
bool mentions(const layers::Node& tree, const std::string& name);

} // namespace zonerank::engine
