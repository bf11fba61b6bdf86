// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/stability_files.hpp"

#include <string>

namespace zonerank::engine {

/// What a stability analysis says, in a few sentences and a table of the first sites, for a
/// terminal: the words are a planner's, the field's stand in brackets.
std::string stability_text(const StabilityRecord& record);

} // namespace zonerank::engine
