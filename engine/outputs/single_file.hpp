// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"

#include <filesystem>

namespace zonerank::engine {

/// Throws Error when a command's file could not be written in the end, or would take
/// the place of one that the study reads or that may not be replaced.
void check_single_file(const Prepared& prepared, const std::filesystem::path& output, bool overwrite);

} // namespace zonerank::engine
