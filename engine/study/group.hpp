// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/weights.hpp"
#include "layers/terms/params.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Weights of one group, from its members' `weight:` or its own `weights:`.
struct Group {
    std::string what; ///< "theme 'labor'", "criteria"
    std::vector<std::string> members;
    std::vector<std::optional<DirectWeight>> beside;
    std::optional<layers::Choice> weights;
    layers::Mark mark;
    bool of_themes = false; ///< has scores, but no measurements to weigh by
};

/// Equal weights when none are given, or one is wrong, which was told. Throws Error
/// when they are given in both places, or for some members only, and as the
/// weighting method does. Weights that follow from the sites wait (`Weighing::later`);
/// those of themes take their scores.
Weighing weigh(const Group& group);

} // namespace zonerank::engine
