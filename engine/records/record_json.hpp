// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/records/run_difference.hpp"
#include "engine/records/verification.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace zonerank::engine {

/// For scripts: {as_was, study_folder, version, files: [{kind, layer, path, state, bytes, bytes_then}]}.
nlohmann::ordered_json verification_json(const PastRun& run, const Verification& verification);

/// For scripts: {same, before, after, inputs, study, weights, methods, sites, states, constraints,
/// suitability, outputs}. Scores, weights and changes as they are, 0 .. 1; what is not there is null.
nlohmann::ordered_json difference_json(const RunDifference& runs);

} // namespace zonerank::engine
