// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/file_hashes.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("a file's hash is that of FIPS 180-4, and is taken once") {
    const tests::Folder folder;
    const auto file = folder / "abc.txt";
    rasters::write_text(file, "abc");
    engine::FileHashes hashes;
    const engine::FileHash hash = hashes.of(file);
    CHECK(hash.bytes == 3);
    CHECK(hash.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    rasters::write_text(file, "changed");
    CHECK(hashes.of(file).sha256 == hash.sha256);
}

TEST_CASE("a file that is not there has no hash") {
    engine::FileHashes hashes;
    CHECK_THROWS(hashes.of("/nowhere/at/all"));
}
