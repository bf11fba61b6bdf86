// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/params.hpp"

#include <optional>

namespace zonerank::layers {

/// What a study writes for a parameter, by the parameter's type; quantities in base units. `measurement`: the unit of
/// Type::measurement and Type::points; the unit in which the first of them is written becomes `shown`, unless
/// that has one. Throws Error: what was expected, and what was found.
Value read_parameter(const Parameter& parameter, const Node& node, const Unit& measurement, std::optional<Unit>& shown);

} // namespace zonerank::layers
