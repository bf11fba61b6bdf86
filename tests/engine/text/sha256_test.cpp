// SPDX-License-Identifier: Apache-2.0
#include "engine/text/sha256.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace zonerank;
using namespace zonerank::engine;

TEST_CASE("sha256: the examples of FIPS 180-4") {
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("sha256: a file in pieces is the same as sha256sum says") {
    const tests::Folder folder;
    std::string text(1'000'003, 'a'); // more than one piece
    text[500'000] = '\0';
    tests::write_file(folder / "file", text);
    const std::string sum = sha256_of_file(folder / "file");
    CHECK(sum == sha256(text));
    CHECK(tests::output_of("sha256sum " + (folder / "file").string()).substr(0, 64) == sum);
    tests::write_file(folder / "empty", "");
    CHECK(sha256_of_file(folder / "empty") == sha256(""));
}

TEST_CASE("sha256: what can't be read is an error that names it") {
    const tests::Folder folder;
    CHECK_THROWS_WITH_AS(sha256_of_file(folder / "gone"), doctest::Contains("gone"), Error);
    CHECK_THROWS_WITH_AS(sha256_of_file(folder.path()), doctest::Contains("zonerank-test"), Error);
}
