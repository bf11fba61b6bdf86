// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/records/map_difference.hpp"
#include "engine/records/past_run.hpp"
#include "engine/records/rank_changes.hpp"
#include "engine/records/study_difference.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A file of the one run, the other or both, whose content or name differs.
struct FileChange {
    std::string layer; ///< of an input; empty: an output
    std::string path;
    std::string what; ///< "content changed", "added", "gone", "renamed to ..."
    std::uint64_t bytes_before = 0, bytes_after = 0;
};

/// A weight of the whole study, 0 .. 1; none where a run does not have the criterion.
struct WeightChange {
    std::string criterion;
    std::optional<double> before, after;

    double change() const { return after.value_or(0) - before.value_or(0); }
};

/// How something was done: the program's version, the grid, an aggregation, a way of weighing.
struct MethodChange {
    std::string what, before, after; ///< empty: not there
};

struct GroundChange {
    std::string name; ///< a state or a constraint
    std::optional<PastGround> before, after;
};

/// What changed between two runs, in the order in which people ask.
struct RunDifference {
    PastRun before, after;
    std::vector<FileChange> inputs;
    std::vector<StudyChange> study;
    std::string study_unread;          ///< why the studies could not be compared; empty: they were
    std::vector<WeightChange> weights; ///< of all criteria, also those whose weight is what it was
    std::vector<MethodChange> methods;
    std::vector<SiteChange> sites;                 ///< all, also those that did not move
    std::string sites_unread;                      ///< why the rankings could not be compared
    std::vector<GroundChange> states, constraints; ///< all
    MapComparison map;
    std::vector<FileChange> outputs;

    bool weights_differ() const;
    bool same() const; ///< nothing of all this differs
};

struct DifferenceOptions {
    std::optional<std::filesystem::path> map{}; ///< write the map of changes there
    std::function<bool()> stopped = [] { return false; };
};

/// Reads rankings and suitability maps where they lie beside the manifests; of maps only a few tiles at a
/// time, and none at all where both manifests have the same hash. Throws Error for files that can't be
/// read, a map that can't be written, and "stopped".
RunDifference difference_of(PastRun before, PastRun after, const DifferenceOptions& options);

} // namespace zonerank::engine
