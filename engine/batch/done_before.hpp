// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/input_hashes.hpp"
#include "engine/study/study.hpp"

#include <filesystem>

namespace zonerank::engine {

/// Whether a folder holds the results of this study as they would be computed again: by this version, of the same
/// expanded study of the same file's name, from all of its inputs with the same content and no others, and all outputs
/// are there with their size. What can't be read is not; nor what can't be known: databases and servers without the
/// network, servers that tell nothing.
bool done_before(const std::filesystem::path& folder, const Study& study, InputHashes& hashes);

/// Clears away what a run of these results that was killed when they were in place has left beside them, as a
/// next run would: its folder with the earlier results, and its plan. What another is at work on stays.
void clear_strays(const std::filesystem::path& folder);

} // namespace zonerank::engine
