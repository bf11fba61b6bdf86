// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// The units of a stage of a plan, by their ids: letters, digits and hyphens.
struct StageUnits {
    std::string name; ///< with which the ids begin
    std::vector<std::string> ids;
    bool rounds = false; ///< its units become due again until none is
};

/// What schedulers other than Dask need to know of a plan. Paths are absolute, as the machines see them
/// on which units are done.
struct ClusterWork {
    std::filesystem::path plan;
    std::string zonerank = "zonerank"; ///< the program there
    std::vector<StageUnits> stages;    ///< one after the other
    int bundle = 1;                    ///< units that share a process
    int retries = 3;                   ///< of a process that failed
    int time_limit = 600;              ///< seconds for a unit
    std::vector<std::string> access;   ///< options of unit and finish: what the study may open
    std::vector<std::string> finish;   ///< options of finish alone
    // For Kubernetes alone:
    std::string image;           ///< of the containers
    std::string claim;           ///< the volume claim that holds the plan, the study and its data
    std::filesystem::path mount; ///< where that is mounted
    // Of a unit:
    unsigned threads = 0; ///< 0: those that its scheduler gives it
    std::string memory;   ///< that it is held to, as --memory takes it; empty: what it finds there
};

/// A file of the generated ones.
struct Script {
    std::string name; ///< with folders: "lists/score.0001"
    std::string text;
    bool runs = false; ///< to be made executable
};

/// For Slurm: `submit.sh` submits an array of tasks for each stage (several, where they are more than
/// the 1,000 that a site's Slurm takes), the next one after all tasks of the last, then `finish`. Stages of
/// rounds are a small job of one core that submits arrays of what is due until nothing is. Each has a time limit.
std::vector<Script> slurm_scripts(const ClusterWork& work);

/// For GNU parallel: `run.sh` does what is due until nothing is, then `finish`. A log for each pass.
std::vector<Script> parallel_scripts(const ClusterWork& work);

/// For Kubernetes (1.24 and later): an indexed Job for each stage, with the ids in a ConfigMap (more of both, where
/// they are more than one takes), and `run.sh`, which has one follow the other. Stages of rounds are a Job whose pods
/// ask what is due. Throws Error where `memory` is none.
std::vector<Script> kubernetes_scripts(const ClusterWork& work);

/// As one word of a POSIX shell, whatever is in it.
std::string shell_quoted(std::string_view text);

} // namespace zonerank::engine
