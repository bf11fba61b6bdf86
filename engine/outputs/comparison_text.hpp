// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/comparison.hpp"

#include <span>
#include <string>

namespace zonerank::engine {

/// What a terminal shows of a comparison: the ranks of at most 20 sites, where methods
/// disagree in plain words, and per method what it assumes. Lines ending in \n.
std::string comparison_text(const Comparison& comparison, std::span<const Pairing> pairings);

} // namespace zonerank::engine
