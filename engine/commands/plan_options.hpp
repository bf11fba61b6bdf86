// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/commands/study_options.hpp"
#include "engine/plan/plan_folder.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace zonerank::engine {

/// What the commands that read a plan have in common.
struct PlanOptions : StudyOptions {
    std::filesystem::path plan;
    std::uint64_t memory = 0; ///< bytes; 0: the machine's

    PlanFolder folder() const { return PlanFolder(plan); }
};

/// PLAN. The options have to outlive the app.
void add_plan_argument(CLI::App& command, PlanOptions& options);

/// The plan, whose study becomes the options' own. Throws Error where there is none.
Plan plan_of(PlanOptions& options);

/// --block; none: not given
void add_block_option(CLI::App& command, std::optional<int>& block);

} // namespace zonerank::engine
