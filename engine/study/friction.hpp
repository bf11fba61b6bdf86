// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/friction_spec.hpp"
#include "layers/terms/node.hpp"
#include "layers/terms/problems.hpp"

namespace zonerank::engine {

/// Reads a study's `friction`; what is wrong goes to `problems`, at its place.
layers::FrictionSpec read_friction(const layers::Node& node, layers::Problems& problems);

} // namespace zonerank::engine
