// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/batch.hpp"
#include "engine/model/file_states.hpp"
#include "layers/terms/problems.hpp"

#include <filesystem>
#include <functional>
#include <memory>
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
    /// Throws Error where what its study says was found in an input that is another now. To be called between reading
    /// the inputs of a run and its end, which see to it that they stay what they are.
    std::function<void()> check = [] {};
};

/// What a batch found once, when it began: districts, whose sites are whose, what all districts have in common.
struct BatchInputs {
    FileStates states;

    /// Throws Error naming the one that is another now: what was found is not true of it any more.
    void check() const { states.check_all("while the batch ran; run it again"); }
};

struct BatchJobs {
    std::vector<BatchJob> all;
    std::filesystem::path folder;        ///< absolute
    std::string title, grid, no_ranking; ///< as in BatchSummary
    bool have_sites = false;             ///< some of them rank sites
    std::size_t sites_nowhere = 0;
    std::shared_ptr<BatchInputs> found_in = std::make_shared<BatchInputs>(); ///< also of each job
};

/// What a batch has to do, in its order. Throws Error as run_batch(), before anything is run.
BatchJobs batch_jobs(const BatchOptions& options);

} // namespace zonerank::engine
