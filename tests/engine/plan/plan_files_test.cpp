// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/plan_files.hpp"

#include "rasters/core/whole_file.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/without.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using tests::write_file;
namespace fs = std::filesystem;

TEST_CASE("what units leave is told by its name, whole or being written") {
    for (const char* name :
         {"score-0003.json", "score-0003-0123456789ab.part", "solve-01-0123456789ab", ".score-0003.tmp-77-0a0b0c0d",
          ".facts-0001.json.tmp-77-0a0b0c0d", "regions-0002.json", "facts-02.json", ".submit.tmp-4711-ab12cd34"})
        CHECK_MESSAGE(engine::is_of_units(fs::path("units") / name), name);
    for (const char* name : {"score.json", "scores-0003.json", "score-0003.json.bak", "solve", "my-weights-1.csv",
                             ".submit.tmp-draft", ".submit.txt"})
        CHECK_MESSAGE(!engine::is_of_units(fs::path("units") / name), name);
}

TEST_CASE("a plan is ours by its first words, or when a power cut has left nothing of it") {
    const tests::Folder folder;
    const auto is_ours = [&](const std::string& text) {
        write_file(folder / "plan.json", text);
        return engine::is_our_plan(folder / "plan.json");
    };
    CHECK(is_ours(R"({"program": "zonerank", "version": "1"})"));
    CHECK(is_ours(""));
    CHECK(is_ours(std::string(100, '\0')));
    CHECK_FALSE(is_ours(R"({"program": "cook", "meals": 3})"));
    {
        const tests::WithoutDescriptors none;
        CHECK_THROWS_WITH_AS(engine::is_our_plan(folder / "plan.json"), doctest::Contains("can't be read: Too many"),
                             rasters::Unreadable);
    }
    CHECK(engine::is_plan_being_written(folder / ".plan.json.tmp-77-0a0b0c0d"));
    CHECK_FALSE(engine::is_plan_being_written(folder / "plan.json"));
}

TEST_CASE("a folder of a block's maps is scratch while it is empty") {
    const tests::Folder folder;
    fs::create_directory(folder / "criteria");
    fs::create_directory(folder / "mine");
    CHECK(engine::is_scratch(folder / "criteria"));
    CHECK_FALSE(engine::is_scratch(folder / "mine"));
    write_file(folder / "criteria/notes.txt", "a user's");
    CHECK_FALSE(engine::is_scratch(folder / "criteria"));
}

TEST_CASE("of a folder only what is ours is removed, but for what is kept") {
    const tests::Folder folder;
    for (const char* name : {"score-0001.json", "score-0002.json", "notes.txt"})
        write_file(folder / name, "text");
    CHECK(engine::other_than(folder.path(), engine::is_of_units) == "notes.txt");
    engine::remove_ours(folder.path(), engine::is_of_units, {folder / "score-0002.json"});
    CHECK_FALSE(fs::exists(folder / "score-0001.json"));
    CHECK(fs::exists(folder / "score-0002.json"));
    fs::remove(folder / "notes.txt");
    CHECK(engine::other_than(folder.path(), engine::is_of_units).empty());
    CHECK(engine::other_than(folder / "nowhere", engine::is_of_units).empty());
}
