// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/records/run_difference.hpp"

#include <string>

namespace zonerank::engine {

/// What changed between two runs, as people read it, lines of at most `width` columns where words allow
/// it: inputs, study, weights, methods, then sites and ground. Control characters are shown, not sent.
std::string difference_text(const RunDifference& runs, int width);

} // namespace zonerank::engine
