// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/files.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include <fcntl.h>

using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("files: scratch space reads as zeros, keeps what is written, and has no name") {
    const tests::Folder folder;
    Scratch scratch(folder.path(), 10'000);
    std::array<char, 4> bytes{'x', 'x', 'x', 'x'};
    scratch.read(bytes.data(), 4, 9'996);
    CHECK(std::string(bytes.data(), 4) == std::string(4, '\0'));
    scratch.write("zone", 4, 5'000);
    scratch.read(bytes.data(), 4, 5'000);
    CHECK(std::string(bytes.data(), 4) == "zone");
    scratch.write("Z", 1, 5'000);
    scratch.read(bytes.data() + 3, 1, 5'000);
    CHECK(std::string(bytes.data(), 4) == "zonZ");
    CHECK(std::filesystem::is_empty(folder.path()));
    CHECK_THROWS_AS(scratch.read(bytes.data(), 4, 9'998), Error);
}

TEST_CASE("files: scratch space that can't be is refused at once") {
    const tests::Folder folder;
    CHECK_THROWS_WITH_AS(Scratch(folder.path(), 1ULL << 60), doctest::Contains("too full"), Error);
    CHECK_THROWS_WITH_AS(Scratch(folder / "nowhere", 10), doctest::Contains("nowhere"), Error);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("files: a move into place replaces what was there") {
    const tests::Folder folder;
    tests::write_file(folder / "new", "new");
    tests::write_file(folder / "result", "old");
    move_into_place(folder / "new", folder / "result");
    CHECK(tests::read_file(folder / "result") == "new");
    CHECK_FALSE(std::filesystem::exists(folder / "new"));
    CHECK_THROWS_WITH_AS(move_into_place(folder / "new", folder / "result"), doctest::Contains("new"), Error);
    CHECK_THROWS_WITH_AS(sync(folder / "new"), doctest::Contains("new"), Error);
}

TEST_CASE("files: a descriptor is closed once, by its last owner") {
    const tests::Folder folder;
    int number = -1;
    {
        FileDescriptor first(::open(folder.path().c_str(), O_RDONLY));
        number = first.get();
        FileDescriptor second(std::move(first));
        CHECK(second.open());
        FileDescriptor third;
        third = std::move(second);
        CHECK(third.get() == number);
        CHECK(::fcntl(number, F_GETFD) >= 0);
    }
    CHECK(::fcntl(number, F_GETFD) == -1);
}

TEST_CASE("files: what is written can be read, to the byte") {
    const tests::Folder folder;
    write_text(folder / "whole", std::string("a\r\nb\0c", 6));
    CHECK(tests::read_file(folder / "whole") == std::string("a\r\nb\0c", 6));
    TextFile file(folder / "pieces");
    file.write("one ");
    file.write("two");
    file.close();
    CHECK(tests::read_file(folder / "pieces") == "one two");
    write_text(folder / "whole", "");
    CHECK(tests::read_file(folder / "whole") == "");
}

TEST_CASE("files: failures name the file and why") {
    CHECK_THROWS_WITH_AS(write_text("/nowhere/a", ""), "/nowhere/a: can't be written: No such file or directory",
                         Error);
    CHECK_THROWS_WITH_AS(write_text("/dev/full", "short"), doctest::Contains("/dev/full: can't be written"), Error);
    CHECK_THROWS_WITH_AS(write_text("/dev/full", std::string(100'000, 'x')),
                         doctest::Contains("/dev/full: can't be written"), Error);
}
