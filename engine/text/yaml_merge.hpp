// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/node.hpp"

namespace zonerank::engine {

/// A study laid on another: mappings merge, but not choices of another kind (one
/// key each, the keys differ, at a place of a study that holds a choice); null
/// removes, everything else replaces.
layers::Node merged(const layers::Node& base, const layers::Node& over);

/// The same for two criteria.
layers::Node merged_criterion(const layers::Node& base, const layers::Node& over);

} // namespace zonerank::engine
