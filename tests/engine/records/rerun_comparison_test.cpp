// SPDX-License-Identifier: Apache-2.0
#include "engine/records/rerun_comparison.hpp"

#include "tests/support/past_run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

/// A run's folder with the files given.
static engine::PastRun run_with(const std::filesystem::path& folder,
                                const std::vector<std::pair<std::string, std::string>>& files) {
    engine::PastRun run{.folder = folder};
    for (const auto& [name, text] : files) {
        tests::write_file(folder / name, text);
        run.outputs.push_back({name, text.size(), engine::sha256(text)});
    }
    return run;
}

TEST_CASE("rerun_comparison: only what differs, and how") {
    const tests::Folder a, b;
    const auto run =
        run_with(a.path(), {{"same.txt", "1"}, {"r.csv", "id,score\n1,2\n"}, {"x.qml", "a"}, {"old", "o"}});
    const auto fresh =
        run_with(b.path(), {{"same.txt", "1"}, {"r.csv", "id,score\n1,3\n"}, {"x.qml", "b"}, {"new", "n"}});
    const auto never = [] { return false; };
    std::vector<std::string> told;
    for (const auto& difference : engine::compare_rerun(run, fresh, never))
        told.push_back(difference.path + ": " + difference.what);
    CHECK(told == std::vector<std::string>{"r.csv: other values in score", "x.qml: other bytes",
                                           "old: not written again", "new: written now, not then"});
    CHECK(engine::compare_rerun(run, run, never).empty());
}

TEST_CASE("rerun_comparison: a file that was tampered with can't be looked into") {
    const tests::Folder a, b;
    const auto run = run_with(a.path(), {{"r.csv", "id,score\n1,2\n"}});
    const auto fresh = run_with(b.path(), {{"r.csv", "id,score\n1,3\n"}});
    tests::write_file(a / "r.csv", "id,score\n1,9\n");
    const auto found = engine::compare_rerun(run, fresh, [] { return false; });
    REQUIRE(found.size() == 1);
    CHECK(found[0].what == "other bytes; the run's own file is no longer there to compare");
}
