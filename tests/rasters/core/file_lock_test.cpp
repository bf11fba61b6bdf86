// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/file_lock.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("one alone, or several that share") {
    const tests::Folder folder;
    const fs::path path = folder / "lock";
    {
        const auto first = lock_file(path, Lock::shared), second = lock_file(path, Lock::shared);
        CHECK(first);
        CHECK(second);
        CHECK_FALSE(lock_file(path, Lock::alone));
    }
    const auto alone = lock_file(path, Lock::alone);
    REQUIRE(alone);
    CHECK_FALSE(lock_file(path, Lock::shared));
    CHECK_FALSE(lock_file(path, Lock::alone));
    CHECK(change_lock(*alone, Lock::shared));
    const auto other = lock_file(path, Lock::shared);
    CHECK(other);
    CHECK_FALSE(change_lock(*alone, Lock::alone)); // and is lost
    CHECK(change_lock(*other, Lock::alone));
}

TEST_CASE("a lock that was removed is another's no more") {
    const tests::Folder folder;
    const fs::path path = folder / "lock";
    const auto old = lock_file(path, Lock::alone);
    REQUIRE(old);
    CHECK(is_named(*old, path));
    fs::remove(path);
    CHECK_FALSE(is_named(*old, path));
    CHECK(lock_file(path, Lock::alone));
    CHECK_THROWS_WITH_AS(lock_file(folder / "none/lock", Lock::alone), doctest::Contains("can't be written to"), Error);
}
