// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/whole_file.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/without.hpp"

#include <doctest/doctest.h>

#include <iterator>

#include <sys/stat.h>

namespace fs = std::filesystem;
using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("a file that isn't there is told from one that can't be read") {
    const tests::Folder folder;
    const fs::path file = folder / "plan.json";
    CHECK_FALSE(size_if_there(file));
    CHECK_FALSE(read_if_there(file, 10));
    tests::write_file(file, "a plan");
    CHECK(size_if_there(file) == 6);
    CHECK(read_if_there(file, 6) == "a plan");
    CHECK_THROWS_WITH_AS(read_if_there(file, 5), doctest::Contains("plan.json: larger than 0 MiB"), Error);
    CHECK_FALSE(read_if_there(file / "below", 10));
    const fs::path endless = folder / std::string(300, 'x');
    CHECK_THROWS_WITH_AS(size_if_there(endless), doctest::Contains("can't be read: File name too long"), Unreadable);
    const tests::WithoutDescriptors none;
    CHECK_THROWS_WITH_AS(read_if_there(file, 6), doctest::Contains("plan.json: can't be read: Too many open files"),
                         Unreadable);
}

TEST_CASE("what is no regular file is none, and nobody waits for it") {
    const tests::Folder folder;
    CHECK_FALSE(size_if_there(folder.path()));
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    CHECK_FALSE(read_if_there(folder / "pipe", 10));
}

TEST_CASE("a file is written under a name of its own, and put in place as a whole or not at all") {
    const tests::Folder folder;
    const fs::path file = folder / "score-0003";
    CHECK(name_beside(file).filename().string().starts_with(".score-0003.tmp-"));
    CHECK(name_beside(file) != name_beside(file));
    write_whole(file, [&](const fs::path& path) {
        CHECK(path.parent_path() == folder.path());
        tests::write_file(path, "first");
        CHECK_FALSE(fs::exists(file));
    });
    const auto fail = [](const fs::path& path) {
        tests::write_file(path, "half");
        throw Error("the disk is full");
    };
    CHECK_THROWS_AS(write_whole(file, fail), Error);
    CHECK(tests::read_file(file) == "first");
    CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
    CHECK_THROWS_WITH_AS(rename_over(folder / "none", file), doctest::Contains("score-0003: can't be put in place: No"),
                         Error);
}
