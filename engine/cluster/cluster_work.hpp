// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/cluster/scripts.hpp"
#include "engine/plan/plan.hpp"

#include <filesystem>
#include <vector>

namespace zonerank::engine {

/// The units of a plan, stage by stage.
std::vector<StageUnits> stages_of(const Plan& plan);

/// Throws Error unless plan and study lie below the mount: pods see nothing else.
void check_mount(const ClusterWork& work, const std::filesystem::path& study);

} // namespace zonerank::engine
