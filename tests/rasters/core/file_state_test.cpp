// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/file_state.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace zonerank;
using namespace zonerank::rasters;
namespace fs = std::filesystem;

TEST_CASE("a file's state is its size, its time to the nanosecond and itself") {
    const tests::Folder folder;
    const fs::path file = folder / "a", other = folder / "b";
    tests::write_file(file, "one");
    const auto first = file_state(file);
    REQUIRE(first);
    CHECK(first->bytes == 3);
    CHECK(file_state(file) == first);
    const fs::file_time_type then = fs::last_write_time(file);
    fs::last_write_time(file, then + std::chrono::nanoseconds(1));
    CHECK(file_state(file)->modified == first->modified + 1);
    CHECK_FALSE(file_state(file)->looks_like(*first));

    tests::write_file(other, "two");
    fs::last_write_time(other, then);
    fs::rename(other, file);
    CHECK(file_state(file) != first);
    CHECK(file_state(file)->looks_like(*first));
    fs::remove(file);
    CHECK_FALSE(file_state(file));
    CHECK_FALSE(file_state(file / "below")); // a folder that is none
}

TEST_CASE("what can't be looked at is neither there nor gone") {
    const tests::Folder folder;
    fs::create_symlink("circle", folder / "circle");
    CHECK_THROWS_WITH_AS(file_state(folder / "circle"), doctest::Contains("circle: can't be looked at: "), Error);
    CHECK_FALSE(file_state(folder / std::string(300, 'x'))); // no file can be called so
}
