// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "engine/outputs/file_hashes.hpp"
#include "engine/plan/plan.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// Side of a block in cells, unless another is asked for: of 16.8 million cells, some seconds of work.
inline constexpr int usual_block = 4096;

struct PlanRequest {
    std::filesystem::path folder; ///< where the plan will lie
    int block = usual_block;      ///< cells; a multiple of 512, so that blocks of the maps' files are whole
    bool sites_only = false;
    bool regions = false; ///< large fields are solved by regions
};

/// The squares that a map is scored in, row by row; the last ones are cut by its edge.
std::vector<rasters::Window> blocks_of(const Model& model, int block);

std::string name_of(rasters::Window window); ///< "columns 0..511, rows 0..511"

/// The units of a run. Units whose results are the same have the same signature, whoever plans them and
/// whatever else has changed in the study. Inputs are read as a whole for their SHA-256 where `hashes`
/// doesn't know them, and so are tables of databases. They have to be what was prepared: see FileStates.
/// REQUIRES prepared.problems.ok(). Throws Error for an input that can't be read, and for an untold_input().
Plan make_plan(const Prepared& prepared, const PlanRequest& request, FileHashes& hashes);

/// What a study is made from, as it is now; of what is not on this machine its state stands for the content. Throws
/// Error as make_plan().
std::vector<PlannedInput> planned_inputs(const Prepared& prepared, FileHashes& hashes);

/// The first input of which nothing tells whether it changes, as an address whose server tells neither time nor tag:
/// no units of it can be kept. Asks the servers.
std::optional<std::string> untold_input(const Prepared& prepared);

/// Tells `hashes` the sums of inputs that have the size and the time that the plan says, and of tables in the state
/// that it says.
void trust_planned(const Prepared& prepared, const Plan& plan, FileHashes& hashes);

inline constexpr std::string_view this_plan = "while it was read; plan again"; ///< what FileStates checks

/// Throws Changed naming the input that has changed since it was prepared or planned; tables were read when
/// the study was prepared, and are not asked for again.
void check_unchanged(const Prepared& prepared, const std::vector<PlannedInput>& inputs);

} // namespace zonerank::engine
