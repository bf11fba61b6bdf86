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

namespace {

std::string table_sum(const tests::Folder& folder, const std::string& features) {
    rasters::write_text(folder / "rows.geojson", R"({"type": "FeatureCollection", "features": [)" + features + "]}");
    return engine::hash_of_table((folder / "rows.geojson").string(), "", {}).sha256;
}

std::string row(const std::string& properties, double x) {
    return fmt::format(
        R"({{"type": "Feature", "properties": {}, "geometry": {{"type": "Point", "coordinates": [{}, 1]}}}})",
        properties, x);
}

} // namespace

TEST_CASE("a table's hash is of its rows, not of their order") {
    const tests::Folder folder;
    const std::string a = row(R"({"n": 1, "t": "x"})", 1), b = row(R"({"n": 2, "t": null})", 2);
    const std::string sum = table_sum(folder, a + "," + b);
    CHECK(table_sum(folder, b + "," + a) == sum);
    CHECK(table_sum(folder, a + "," + b + "," + b) != sum);
    CHECK(table_sum(folder, a + "," + row(R"({"n": 2, "t": ""})", 2)) != sum);
    CHECK(table_sum(folder, a + "," + row(R"({"n": 2, "t": null})", 3)) != sum);
    CHECK(engine::hash_of_table((folder / "rows.geojson").string(), "", {}).rows == 2);
}

TEST_CASE("a table is read once, however many ask for its hash") {
    const tests::Folder folder;
    const std::string sum = table_sum(folder, row(R"({"n": 1})", 1)), name = (folder / "rows.geojson").string();
    engine::FileHashes hashes;
    CHECK(hashes.of_table(name, "", {}).sha256 == sum);
    CHECK(table_sum(folder, row(R"({"n": 2})", 1)) != sum);
    CHECK(hashes.of_table(name, "", {}).sha256 == sum);
    hashes.know({.hashes = {}, .parts = {}, .tables = {{{"PG:dbname=gis", "roads"}, {7, "abc"}}}});
    CHECK(hashes.of_table("PG:dbname=gis", "roads", {}).rows == 7);
}

TEST_CASE("what is known already is not read again") {
    engine::FileHashes hashes;
    hashes.know({.hashes = {{"no/such/file", {3, "abc"}}}, .parts = {{"roads", {"no/such/file"}}}});
    CHECK(hashes.of("no/such/file").sha256 == "abc");
    CHECK(hashes.parts("roads", [] { return std::vector<std::filesystem::path>(); }).size() == 1);
}
