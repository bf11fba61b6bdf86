// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/before_scores.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <vector>

namespace zonerank::engine {

struct UnitOptions {
    unsigned threads = 0; ///< 0: one per core
    int tile = 512;       ///< cells to a side; results do not depend on it
    std::function<void(const Progress&)> progress{};
    std::function<void(const PlannedUnit&, bool was_done)> told{}; ///< of each, once it is kept
};

/// Does units of a plan with no other state, each kept in the plan's folder; what is done is not done
/// again. REQUIRES prepared.problems.ok(), of the plan's study. Throws Error for an unknown id, a unit on
/// which they depend that is not done yet, or is damaged and therefore due again, a study or inputs that have changed
/// since they were planned, and as run() does.
void do_units(Prepared& prepared, const PlanFolder& folder, const Plan& plan, const std::vector<std::string>& ids,
              const UnitOptions& options, const std::atomic<bool>& stop);

/// What can be done now: units of the first stage that has any left, none when all are done.
std::vector<PlannedUnit> due_units(const Plan& plan, const PlanFolder& folder);

} // namespace zonerank::engine
