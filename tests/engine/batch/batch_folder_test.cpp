// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_folder.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <optional>

namespace fs = std::filesystem;
using namespace zonerank;
using engine::BatchFolder;

TEST_CASE("one batch at a time, and no lock is left behind") {
    const tests::Folder folder;
    std::optional<BatchFolder> first(folder / "all");
    CHECK_THROWS_WITH_AS(BatchFolder(folder / "all"),
                         ((folder / "all").string() + ": another batch of zonerank is writing it").c_str(), Error);
    first.reset();
    CHECK(fs::is_empty(folder / "all"));
    const BatchFolder second(folder / "all");
}

TEST_CASE("another's files are left alone") {
    const tests::Folder folder;
    tests::write_file(folder / "mine.txt", "mine");
    CHECK_THROWS_AS(BatchFolder(folder.path()), Error);
    CHECK_THROWS_AS(BatchFolder(folder / "mine.txt"), Error);
    tests::write_file(folder / "batch.json", "{}");
    const BatchFolder ours(folder.path());
    CHECK(tests::read_file(folder / "mine.txt") == "mine");
}

TEST_CASE("what a killed batch was writing is cleared away") {
    const tests::Folder folder;
    for (const char* name : {"batch.json", ".part-sites.gpkg", ".part-sites.gpkg-journal"})
        tests::write_file(folder / name, "x");
    const BatchFolder batch(folder.path());
    CHECK(fs::exists(folder / "batch.json"));
    CHECK_FALSE(fs::exists(folder / ".part-sites.gpkg"));
    CHECK_FALSE(fs::exists(folder / ".part-sites.gpkg-journal"));
}

TEST_CASE("files are written whole, or are as they were") {
    const tests::Folder folder;
    const BatchFolder batch(folder / "a/b");
    batch.write_text("batch.csv", "one");
    batch.write_text("batch.csv", "two");
    CHECK(tests::read_file(folder / "a/b/batch.csv") == "two");
    const auto fails = [](const fs::path& path) {
        tests::write_file(path, "half");
        throw Error("full");
    };
    CHECK_THROWS_AS(batch.write("batch.csv", fails), Error);
    CHECK(tests::read_file(folder / "a/b/batch.csv") == "two");
    batch.remove("batch.csv");
    batch.remove("batch.csv");
    for (const auto& entry : fs::directory_iterator(folder / "a/b"))
        CHECK(entry.path().filename() == ".zonerank-batch");
}
