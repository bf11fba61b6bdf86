// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/cluster_work.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

TEST_CASE("stages_of: in their order, regions go in rounds") {
    Plan plan;
    plan.units = {{.id = "regions-1", .stage = Stage::regions},
                  {.id = "regions-2", .stage = Stage::regions},
                  {.id = "score-1", .stage = Stage::score}};
    const std::vector<StageUnits> stages = stages_of(plan);
    REQUIRE(stages.size() == 2);
    CHECK(stages[0].name == "regions");
    CHECK(stages[0].ids == std::vector<std::string>{"regions-1", "regions-2"});
    CHECK(stages[0].rounds);
    CHECK(stages[1].ids == std::vector<std::string>{"score-1"});
    CHECK(!stages[1].rounds);
}

TEST_CASE("check_mount: pods see plan and study") {
    ClusterWork work;
    work.plan = "/maps/out/a.plan";
    for (const char* mount : {"/maps", "/maps/", "/"}) {
        work.mount = mount;
        CHECK_NOTHROW(check_mount(work, "/maps/studies/study.yaml"));
    }
    work.mount = "/map";
    CHECK_THROWS_WITH_AS(check_mount(work, "/maps/study.yaml"),
                         "--mount /map: /maps/out/a.plan lies outside, where pods don't see it; mount a folder above "
                         "plan, study and data",
                         Error);
    work.mount = "/maps/out";
    CHECK_THROWS_WITH_AS(check_mount(work, "/maps/study.yaml"), doctest::Contains("/maps/study.yaml lies outside"),
                         Error);
}
