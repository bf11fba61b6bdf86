// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/cluster/scripts.hpp"

#include <filesystem>
#include <vector>

namespace zonerank::engine {

/// Puts scripts into a folder, which is made, and removes what is there of stages and lists that they don't have: of
/// an earlier plan. Throws Error, before anything is written, when a file of their names is there that zonerank has
/// not written.
void leave_scripts(const std::filesystem::path& folder, const std::vector<Script>& scripts);

} // namespace zonerank::engine
