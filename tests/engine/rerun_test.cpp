// SPDX-License-Identifier: Apache-2.0
#include "engine/rerun.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/past_run.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank;
namespace fs = std::filesystem;

// That a run gives its own files again, and what is told where it doesn't: tests/command_line/verify_test.py.

static std::string complaint(const std::string& expanded) {
    const tests::Folder folder;
    const std::atomic<bool> stop = false;
    const engine::PastRun run{.folder = folder / "out", .title = "Small", .expanded = expanded};
    try {
        engine::rerun(run, folder.path(), {.threads = 1}, stop);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

TEST_CASE("rerun: a manifest whose study can't be run") {
    CHECK(complaint("").starts_with("the manifest's study can't be run again: "));
    CHECK(complaint("grid: {cell: 100 m}").starts_with("the manifest's study can't be run again: "));
    CHECK(complaint("a: [").find("study.yaml:1") != std::string::npos);
    CHECK(complaint("layers: {a: /vsicurl/http://localhost/a.tif}").starts_with("the manifest's study can't be run"));
}

TEST_CASE("rerun: leaves no scratch folder") {
    const auto folders = [] {
        return std::count_if(fs::directory_iterator(fs::temp_directory_path()), fs::directory_iterator(),
                             [](const fs::directory_entry& entry) {
                                 return entry.path().filename().string().starts_with("zonerank-rerun-");
                             });
    };
    const auto before = folders();
    complaint("grid: {cell: 100 m}");
    CHECK(folders() <= before);
}
