// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/lock_support.hpp"

#include "rasters/core/file_lock.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/said.hpp"
#include "tests/support/without.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("a file system without locks is refused, one with them is not, whoever holds them") {
    const tests::Folder folder;
    tests::write_file(folder / "lock", "");
    const auto look = [&] { return tests::said([&] { check_locks(folder / "lock", folder.path()); }); };
    CHECK(look() == "no error");
    CHECK(tests::without_locks(look) ==
          folder.path().string() + ": its file system has no locks, without which two runs could undo each other's "
                                   "work (Function not implemented); have it mounted with them (Lustre: -o flock), or "
                                   "name a folder elsewhere");
    const auto held = lock_file(folder / "lock", Lock::alone);
    CHECK(look() == "no error");
    CHECK_FALSE(lock_file(folder / "lock", Lock::shared)); // still held
}
