// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/input_hashes.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using namespace zonerank;
using engine::InputHashes;

static constexpr const char* nothing = R"({"type": "FeatureCollection", "features": []})";

TEST_CASE("input_hashes: a file is read again when it is another") {
    const tests::Folder folder;
    tests::write_file(folder / "a", "one");
    InputHashes hashes;
    const std::string before = hashes.of(folder / "a").sha256;
    CHECK(hashes.of(folder / "a").sha256 == before);
    tests::write_file(folder / "a", "other");
    CHECK(hashes.of(folder / "a").sha256 != before);
    CHECK_THROWS_AS(hashes.of(folder / "none"), Error);
}

TEST_CASE("input_hashes: a source that can't be listed is asked again, not taken for one without files") {
    const tests::Folder folder;
    const std::string file = folder / "a.geojson";
    tests::write_file(file, "no such format");
    InputHashes hashes;
    for (int time = 0; time < 2; ++time)
        CHECK_THROWS_AS(hashes.files_of(file), Error);
    tests::write_file(file, nothing);
    CHECK(hashes.files_of(file) == std::vector<fs::path>{file});
    CHECK(hashes.known({file}).parts.at(file).size() == 1);
    CHECK(hashes.known({file}).hashes.at(file).bytes == fs::file_size(file));
}

TEST_CASE("input_hashes: a source is listed again when its folder is another") {
    const tests::Folder folder;
    const std::string file = folder / "a.tif";
    const std::vector<float> values{1, 2, 3, 4};
    tests::write_raster(file, {.cols = 2, .rows = 2}, values);
    InputHashes hashes;
    CHECK(hashes.files_of(file).size() == 1);
    tests::write_file(folder / "a.tfw", "1\n0\n0\n-1\n0\n0\n");
    CHECK(hashes.files_of(file).size() == 2);
}

TEST_CASE("input_hashes: what is elsewhere is asked only when that is allowed") {
    InputHashes hashes;
    CHECK_THROWS_WITH_AS(hashes.remotes_of("/vsicurl/http://127.0.0.1:9/a.tif"), doctest::Contains("--allow-network"),
                         Error);
    CHECK_THROWS_WITH_AS(hashes.of_table("PG:dbname=none", "roads"), doctest::Contains("--allow-network"), Error);
}

TEST_CASE("input_hashes: what no study has asked for in a while is forgotten") {
    const tests::Folder folder;
    InputHashes hashes;
    for (int study = 0; study < 3 * static_cast<int>(InputHashes::kept_studies); ++study) {
        hashes.next_study();
        const std::string own = folder / ("own" + std::to_string(study));
        tests::write_file(own, "own");
        tests::write_file(folder / "shared", "shared");
        hashes.of(own);
        hashes.of(folder / "shared");
    }
    CHECK(hashes.size() <= InputHashes::kept_studies + 2);
}
