// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/batch.hpp"
#include "layers/terms/problems.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// One run of a batch.
struct BatchJob {
    std::string name, folder;   ///< its folder's name
    std::filesystem::path file; ///< of the study, from which its paths are seen
    std::string crs;            ///< those of the same share what they read; empty: not known before
    /// Its study; what is wrong with its words goes to the problems.
    std::function<layers::Node(layers::Problems&)> study;
};

struct BatchJobs {
    std::vector<BatchJob> all;
    std::filesystem::path folder;        ///< absolute
    std::string title, grid, no_ranking; ///< as in BatchSummary
    bool have_sites = false;             ///< some of them rank sites
    std::size_t sites_nowhere = 0;
};

/// What a batch has to do, in its order. Throws Error as run_batch(), before anything is run.
BatchJobs batch_jobs(const BatchOptions& options);

} // namespace zonerank::engine
