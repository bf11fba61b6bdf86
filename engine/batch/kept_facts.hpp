// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/batch_jobs.hpp"
#include "engine/batch/common_facts.hpp"
#include "engine/batch/input_hashes.hpp"

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>

namespace zonerank::engine {

/// A hash of all that the common facts of these jobs follow from: this version, which data may be opened, each job's
/// expanded study (or what is wrong with it) and what its inputs hold. None where that can't be known, as with a server
/// that tells nothing. Throws Error "stopped".
std::optional<std::string> signature_of_facts(const std::vector<BatchJob>& jobs, const rasters::Access& access,
                                              InputHashes& hashes, const std::atomic<bool>& stop);

/// The facts that a file holds, when they follow from just that; what can't be read is none.
std::optional<CommonFacts> read_facts(const std::filesystem::path& file, const std::string& signature);

/// Takes the place of what was there; numbers come back as they were. Facts that are no finite numbers are not kept.
void write_facts(const std::filesystem::path& file, const std::string& signature, const CommonFacts& common);

} // namespace zonerank::engine
