// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/part_sizes.hpp"

#include "engine/needs/disk.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::PlannedUnit;
using engine::Stage;

namespace {

PlannedUnit unit(Stage stage, double cells, std::string id = "unit") {
    return {.id = std::move(id), .stage = stage, .what = "", .signature = "s", .cells = cells};
}

} // namespace

TEST_CASE("parts take what their cells do, packed: those of maps and of what is solved") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const auto needed = [&](Stage stage, bool sites_only = false) {
        return engine::parts_needed(*p, {unit(stage, 1e6), unit(stage, 2e6)}, sites_only);
    };
    CHECK(needed(Stage::score) == doctest::Approx(engine::packed_maps(*p, 3e6)));
    CHECK(needed(Stage::score) > 3e6);
    CHECK(needed(Stage::score, true) == 0);
    CHECK(needed(Stage::facts) == 0);
    CHECK(needed(Stage::solve) == doctest::Approx(4e6));
    CHECK(needed(Stage::regions, true) == doctest::Approx(4e6));
    CHECK(engine::parts_needed(*p, {}, false) == 0);
    CHECK(engine::scratch_of(*p, {unit(Stage::score, 1e6)}) == 0);
    CHECK(engine::scratch_of(*p, {unit(Stage::solve, 1e6)}) == engine::scratch_needed(*p));
}

TEST_CASE("parts that have no room are told with their folder; those that are done are not counted") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const engine::PlanFolder kept(folder.path("out.plan"));
    const PlannedUnit small = unit(Stage::score, 100, "score-0001"), huge = unit(Stage::score, 1e16, "score-0002");
    const engine::Plan plan{.version = "0", .study = "study.yaml", .units = {small, huge}};
    const auto check = [&](double more = 0) {
        engine::check_parts(*p, kept, engine::units_left(plan, kept), false, more);
    };
    const std::string told = folder.path("out.plan") + ": the disk is too full: ";
    CHECK_THROWS_WITH_AS(check(), doctest::Contains(told.c_str()), Error);
    kept.replace_plan(plan);
    kept.keep(huge, [](const std::filesystem::path& path) { tests::write_file(path, "part"); });
    CHECK_NOTHROW(check());
    CHECK(engine::units_left(plan, kept).size() == 1);
    CHECK_THROWS_AS(check(1e18), Error);
}
