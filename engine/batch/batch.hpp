// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/districts.hpp"
#include "engine/batch/summary.hpp"
#include "engine/model/graph.hpp"
#include "engine/postgis/postgis_sites.hpp"
#include "rasters/access.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

struct BatchOptions {
    std::vector<std::filesystem::path> studies; ///< one with `over`, any number without
    std::optional<OverSpec> over{};             ///< none: a run for each study
    std::filesystem::path folder;               ///< empty: the study's output folder with "-batch" behind
    GridChoice grid = GridChoice::automatic;
    bool keep_going = true;    ///< after a failure, with the others
    bool common_facts = false; ///< facts over the map and weights that follow from sites, of all districts together
    rasters::Access access{};
    unsigned jobs = 1;    ///< districts at a time, as far as memory allows; 0: as many as threads
    bool join = false;    ///< other processes may be at the same batch; all of them have to say so
    unsigned threads = 0; ///< of all districts together; 0: one per core
    int tile = 512;
    std::uint64_t memory = 0;                   ///< bytes, see hold(); 0: the machine's
    std::optional<PostgisTarget> sites_table{}; ///< where the combined ranking goes to, too
    std::function<void(const Progress&)> progress{};
    /// A line for people: what a district's study complains of, or a warning.
    std::function<void(const std::string& line)> tell{};
};

struct BatchResult {
    BatchSummary summary;
    std::filesystem::path folder; ///< absolute
    bool stopped = false;         ///< before all had their turn: the same call goes on
    std::string table{};          ///< full name of the one that the sites are in; empty: none
    std::string no_table{};       ///< why they are in none, though this process closed a batch that asked for one
};

/// Runs a study for each district, or several studies, each into a folder of its own below the
/// batch's, and writes batch.json, batch.csv, batch.html and the combined ranking. What is there already
/// and would be the same is not run again, so that a batch that was stopped or killed goes on when it is
/// asked for again; nothing of a district is visible before all of it is there, and batch.json and batch.csv
/// are of all that had their turn. `stop` set: the current district is given up and the rest waits, as
/// rasters::kept_words() then say. Those who `join` share the districts out among themselves as they go; the call
/// returns when all are done, and the last to be so writes the ranking.
/// Throws Error before anything is run: for what read_districts() and site_homes() say, studies whose
/// folders would be the same, one whose scores can't be compared (see comparable.hpp), a folder that is
/// another's or in which another batch is at work, a table that can't be written (check_target()); after the first
/// district with sites, for one of other columns; at the end, when all files are there, for what the server says.
/// Memory is that of a few districts, however many there are.
BatchResult run_batch(const BatchOptions& options, const std::atomic<bool>& stop);

} // namespace zonerank::engine
