// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/batch.hpp"
#include "engine/batch/batch_jobs.hpp"
#include "engine/batch/batch_words.hpp"
#include "engine/batch/done_before.hpp"
#include "engine/batch/memory_budget.hpp"
#include "engine/model/prepared.hpp"
#include "layers/vectors/shared_inputs.hpp"

#include <atomic>
#include <mutex>
#include <string>

namespace zonerank::engine {

/// The runs of a batch's districts, which share what they read. From any thread.
class DistrictRuns {
public:
    /// All live longer.
    DistrictRuns(const BatchOptions& options, layers::Sharing& sharing, BatchWords& words,
                 const std::atomic<bool>& stop);

    /// Runs a district's study unless its results are there already, in a folder below that of the batch. What becomes
    /// of it, also if it can't be done, which is told; still waiting when it was stopped.
    BatchRow operator()(const BatchJob& job, const std::filesystem::path& folder,
                        const std::function<void(const Progress&)>& progress);

    /// Of what they read.
    InputHashes& hashes() { return m_hashes; }

private:
    bool compute(const BatchJob& job, const std::filesystem::path& folder,
                 const std::function<void(const Progress&)>& progress);
    bool is_done(const std::filesystem::path& folder, const BatchJob& job, const layers::Node& study);
    void begin(const BatchJob& job);
    void refuse(const BatchJob& job, const layers::Problems& problems);

    const BatchOptions& m_options;
    layers::Sharing& m_sharing;
    BatchWords& m_words;
    const std::atomic<bool>& m_stop;
    MemoryBudget m_memory;
    std::mutex m_mutex; ///< of what follows
    InputHashes m_hashes;
    std::string m_crs; ///< of the latest that began
    bool m_begun = false;
};

} // namespace zonerank::engine
