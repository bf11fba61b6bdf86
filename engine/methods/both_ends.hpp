// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/method.hpp"

#include <span>

namespace zonerank::engine {

/// A ranking by the mean of two places: counted from the top, 1 being the best, and from the
/// bottom, 1 being the last, which is turned round. As many of both, one at least.
Outcome from_both_ends(std::span<const int> from_top, std::span<const int> from_bottom);

} // namespace zonerank::engine
