// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/run_output.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("a run tells its ranking, its analyses, its files, and what it went on with") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    engine::RunResult result = tests::run_in(folder, *p);
    const std::string text = engine::result_text(result, true, {});
    for (const char* said : {"hill", "shore", "suitability.tif"})
        CHECK(text.find(said) != text.npos);
    CHECK(text.find("Went on") == text.npos);
    CHECK(engine::result_text(result, false, {}).size() < text.size());
    result.units = 64, result.kept = 12;
    CHECK(engine::result_text(result, true, {}).starts_with("Went on with 12 of 64 units that were done before.\n"));
}
