// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/plan/plan.hpp"
#include "rasters/core/files.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Where the units of a plan leave what they have found, until the run is put together: beside the
/// results `out/mirpur` the folder `out/mirpur.plan`, with `plan.json` and in `units` a part and a marker
/// for each unit that is done. A part is there as a whole or not at all: it is written under another name,
/// closed and renamed, and its marker (signature, part, size, SHA-256) comes last. A unit may be done twice
/// at once, by any machine that shares the disk: parts are named after their bytes. Safe from several threads.
class PlanFolder {
public:
    /// `path`: of the folder, or of the plan.json in it. Nothing is looked at yet.
    explicit PlanFolder(std::filesystem::path path);

    static std::filesystem::path beside(const std::filesystem::path& results); ///< "out/mirpur.plan"

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path plan_file() const { return m_path / "plan.json"; }
    std::filesystem::path units() const { return m_path / "units"; }
    std::filesystem::path results() const; ///< where the run's results go. Throws Error unless it ends in ".plan"

    // What can't be read just now may be whole: it throws rasters::Unreadable, and nothing is removed.

    std::optional<Plan> plan() const; ///< none: there is none, or one of another version, or damaged, to be replaced
    bool exists() const;              ///< whether a plan is in it
    bool is_empty() const;            ///< nothing of any unit is there, regions of fields included
    bool is_begun() const;            ///< one of zonerank's, or what is left of one who was killed before

    /// As long as what is returned lives: one who makes or removes it, or many that do units or put them together.
    /// Throws Error when another is at work, where nothing can be written or locked, and for a folder of another's:
    /// without a plan of ours, but with other files. Nothing is put into that. Who shares the lock finds a plan, or it
    /// is an Error; who is alone has the folder made.
    rasters::FileDescriptor lock(bool alone) const;

    /// Makes the folder, replaces the plan, and removes what none of its units has left and what is left
    /// of killed processes. The caller has locked it alone. Throws Error for a folder of another's.
    void replace_plan(const Plan& plan) const;

    /// Whether a part and its marker are there, of this signature and size; of a region, whether it is
    /// solved and nothing around it has changed since. Removes a region's file that is damaged.
    bool is_done(const PlannedUnit& unit) const;
    /// The same of all units of a plan, looking at each field once.
    std::vector<bool> done(const Plan& plan) const;
    /// Where the regions of a field leave what they have found; `unit`: one of them, or the field's.
    std::filesystem::path regions(const PlannedUnit& unit) const;
    /// Whether the part's bytes are those that were written, too.
    bool is_whole(const PlannedUnit& unit) const;
    /// What it has left. Throws Error unless it is done.
    std::filesystem::path part(const PlannedUnit& unit) const;

    /// Has `write` make the part at the path that it gets, and puts it in place with its marker.
    void keep(const PlannedUnit& unit, const std::function<void(const std::filesystem::path&)>& write) const;

    void drop(const PlannedUnit& unit) const; ///< it is not done any more
    void forget() const;                      ///< all units. Throws Error as lock(). The caller has locked it alone

    /// All that is ours, and the folder unless another has put something there, too. The caller has locked it alone,
    /// and gives that lock away.
    void remove(rasters::FileDescriptor lock = {}) const;

    /// The results are in place: no unit of the plan begins any more. Whoever gives away the last lock removes the
    /// folder: false where units are at work still, which nobody waits for.
    bool end(rasters::FileDescriptor lock) const;
    /// Gives a lock away. Whether that has removed the folder, of a plan that is over.
    bool leave(rasters::FileDescriptor lock) const;

private:
    struct Marker {
        std::string signature, part, sha256;
        std::uint64_t bytes = 0;
    };

    void remove_with(rasters::FileDescriptor lock) const;
    bool is_marked(const PlannedUnit& unit) const;
    std::filesystem::path marker_file(const PlannedUnit& unit) const { return units() / (unit.id + ".json"); }
    std::optional<Marker> marker(const PlannedUnit& unit) const;
    void clear_others(const Plan& plan) const;

    std::filesystem::path m_path;
};

} // namespace zonerank::engine
