// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/subset.hpp"

#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::driver_agrees;

namespace {

std::string roads(const tests::Folder& folder) {
    const std::string path = folder / "roads.geojson";
    tests::write_file(path, R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"class":"Trunk","lanes":4},"geometry":{"type":"Point","coordinates":[1,1]}},
{"type":"Feature","properties":{"class":"track","lanes":1},"geometry":{"type":"Point","coordinates":[2,1]}}]})");
    return path;
}

bool agrees(const std::string& path, const std::string& where) {
    return driver_agrees({.paths = {path}, .where = where}, {});
}

} // namespace

TEST_CASE("files without words of their own agree") {
    const tests::Folder folder;
    const std::string path = roads(folder);
    CHECK(agrees(path, ""));
    CHECK(agrees(path, "class = 'trunk'"));
    CHECK(agrees(path, "class ILIKE 't%' AND lanes > 1"));
}

TEST_CASE("a database agrees where its words mean the same") {
    const tests::Folder folder;
    const std::string path = tests::converted(roads(folder), folder / "roads.gpkg", {"-f", "GPKG"});
    CHECK(agrees(path, "lanes > 1"));
    CHECK(agrees(path, "class IN ('Trunk', 'track')"));
    CHECK_FALSE(agrees(path, "class = 'trunk'"));     // it minds upper and lower case
    CHECK_FALSE(agrees(path, "class ILIKE 'trunk'")); // and has no such word
}

TEST_CASE("a condition that can't be read is told") {
    const tests::Folder folder;
    CHECK_THROWS_WITH(agrees(roads(folder), "klass = 1"), doctest::Contains("klass"));
}
