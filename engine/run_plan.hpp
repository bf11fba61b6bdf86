// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "engine/outputs/file_hashes.hpp"
#include "engine/plan/kept_words.hpp"
#include "engine/plan/plan_folder.hpp"
#include "engine/tile_sum.hpp"
#include "rasters/core/undo.hpp"

#include <filesystem>
#include <functional>
#include <optional>

namespace zonerank::engine {

struct RunOptions;

/// The plan of a run in one process: which of its units earlier runs have left beside the results, and
/// where it keeps its own.
class RunPlan {
public:
    /// Of a prepared study; nothing is looked at yet. References are kept.
    RunPlan(const Prepared& prepared, const RunOptions& options, const std::filesystem::path& results);
    RunPlan(const RunPlan&) = delete;
    RunPlan& operator=(const RunPlan&) = delete;
    ~RunPlan(); ///< removes a plan that it has made and of which nothing is begun

    /// Whether there is enough to lose, or something there already.
    bool is_wanted() const;

    /// Locks the folder, finds what is done, and puts the plan there. `check` is called before a unit is
    /// kept, and throws Error where it must not be. Throws Error as PlanFolder does, and where a plan that
    /// is to be finished is not one of the study as it is now.
    void open(FileHashes& hashes, std::function<void()> check);

    const KeptUnits* kept() const { return m_kept ? &*m_kept : nullptr; } ///< null: not open

    /// The results are in place: the folder goes, unless it is to be kept. False: units are at work in it still, of
    /// which the last removes it.
    bool close();

private:
    bool is_by_regions() const;
    void leave() noexcept;

    const Prepared& m_p;
    const RunOptions& m_options;
    PlanFolder m_folder;
    rasters::FileDescriptor m_lock;
    std::optional<KeptUnits> m_kept;
    std::optional<KeptWords> m_words;
    bool m_is_ours = false;              ///< no plan was there before
    std::optional<rasters::Undo> m_undo; ///< of an empty plan
};

} // namespace zonerank::engine
