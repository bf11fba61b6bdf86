// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/cluster_work.hpp"

#include "rasters/core/error.hpp"

namespace zonerank::engine {

namespace fs = std::filesystem;

std::vector<StageUnits> stages_of(const Plan& plan) {
    std::vector<StageUnits> stages;
    for (const PlannedUnit& unit : plan.units) {
        const std::string name(name_of(unit.stage));
        if (stages.empty() || stages.back().name != name)
            stages.push_back({name, {}, unit.stage == Stage::regions});
        stages.back().ids.push_back(unit.id);
    }
    return stages;
}

void check_mount(const ClusterWork& work, const fs::path& study) {
    for (const fs::path& path : {work.plan, study})
        if (const fs::path below = path.lexically_relative(work.mount); below.empty() || *below.begin() == "..")
            throw Error(
                "--mount {}: {} lies outside, where pods don't see it; mount a folder above plan, study and data",
                work.mount.string(), path.string());
}

} // namespace zonerank::engine
