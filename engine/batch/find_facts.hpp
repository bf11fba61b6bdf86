// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/batch_jobs.hpp"
#include "engine/batch/common_facts.hpp"
#include "engine/batch/input_hashes.hpp"
#include "layers/vectors/shared_inputs.hpp"

#include <atomic>

namespace zonerank::engine {

/// Finds the facts of all jobs' maps together, then the weights that follow from all their sites, and
/// has each job's study hold them. A job that can't be measured is left out, whole: asked for its study in its turn, it
/// throws Error, for it would be scored by facts that are not its own. Those found of all jobs are kept in the batch's
/// folder, if that is there, and not looked for again while what they follow from is the same (see kept_facts.hpp).
/// Throws Error for what weights can't follow from, and "stopped".
void use_common_facts(BatchJobs& jobs, const BatchOptions& options, InputHashes& hashes, layers::Sharing& sharing,
                      const std::atomic<bool>& stop);

} // namespace zonerank::engine
