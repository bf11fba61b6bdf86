// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_folder.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <atomic>
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

TEST_CASE("those who join are many, and the last one closes") {
    const tests::Folder folder;
    const std::atomic<bool> go_on = false, stop = true;
    std::optional<BatchFolder> first(std::in_place, folder / "all", "a"), second(std::in_place, folder / "all", "a");
    tests::write_file(first->turns() / "0", "{}");
    CHECK(fs::exists(second->turns() / "0"));
    CHECK_THROWS_WITH_AS(BatchFolder(folder / "all"), doctest::Contains("--join joins it"), Error);
    CHECK_THROWS_WITH_AS(BatchFolder(folder / "all", "b"), doctest::Contains("other districts"), Error);
    CHECK_FALSE(first->closes(stop));
    second.reset();
    tests::write_file(first->path() / ".part-of-one-that-was-killed", "");
    CHECK(first->closes(go_on));
    first.reset();
    CHECK(fs::is_empty(folder / "all"));
}

TEST_CASE("turns that a killed batch has left are not taken over") {
    const tests::Folder folder;
    tests::write_file(folder / "batch.json", "{}");
    tests::write_file(folder / ".zonerank-batch", "");
    fs::create_directory(folder / ".zonerank-turns");
    tests::write_file(folder / ".zonerank-turns/batch", "a\n");
    tests::write_file(folder / ".zonerank-turns/0", "{}");
    const BatchFolder again(folder.path(), "a");
    CHECK_FALSE(fs::exists(again.turns() / "0"));
}
