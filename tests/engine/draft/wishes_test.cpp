// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/wishes.hpp"

#include "rasters/core/error.hpp"
#include "rasters/crs.hpp"
#include "tests/support/draft.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

TEST_CASE("a file, a file's layer, and a file with a colon in its name") {
    const tests::Folder folder;
    tests::write_file(folder / "a.gpkg", "");
    tests::write_file(folder / "b:c.gpkg", "");
    CHECK(named_layer("a.gpkg", folder.path()).path == folder / "a.gpkg");
    CHECK(named_layer("a.gpkg:roads", folder.path()).layer == "roads");
    CHECK(named_layer("b:c.gpkg", folder.path()).layer.empty());
    CHECK(named_layer("b:c.gpkg:roads", folder.path()).path == folder / "b:c.gpkg");
    CHECK_THROWS_WITH_AS(named_layer("aa.gpkg", folder.path()), "aa.gpkg: no such file; did you mean 'a.gpkg'?", Error);
}

TEST_CASE("a box") {
    CHECK(box_of("73.2,32.4, 74.6,33.7") == rasters::Box{73.2, 32.4, 74.6, 33.7});
    for (const char* text : {"", "1,2,3", "1,2,3,4,5", "1,2,x,4", "1,5,2,3", "1,2,1,3", "1,2,3,95", "1,2,nan,4"})
        CHECK_THROWS_AS(box_of(text), Error);
}

TEST_CASE("around a place the box reaches as far as asked, measured on the ellipsoid") {
    const rasters::Box box = box_around("73.75,33.15", "20 km");
    const auto metres = [](rasters::Point a, rasters::Point b) {
        return rasters::ellipsoidal_lengths({a, b}, rasters::wgs84()).front();
    };
    const rasters::Point at{73.75, 33.15};
    for (const rasters::Point edge : {rasters::Point{at.x, box.ymin}, rasters::Point{at.x, box.ymax},
                                      rasters::Point{box.xmin, at.y}, rasters::Point{box.xmax, at.y}}) {
        CHECK(metres(at, edge) >= 20'000);
        CHECK(metres(at, edge) < 20'300);
    }
    CHECK(box_around("73.75,33.15", "20km") == box);
    CHECK_THROWS_AS(box_around("73.75", "20 km"), Error);
    CHECK_THROWS_AS(box_around("73.75,33", "20"), Error);
    CHECK_THROWS_WITH_AS(box_around("0,89", "20 km"), doctest::Contains("pole"), Error);
}

TEST_CASE("a cell") {
    CHECK(cell_of("100m") == 100);
    CHECK(cell_of("0.25 km") == 250);
    CHECK_THROWS_AS(cell_of("0 m"), Error);
    CHECK_THROWS_AS(cell_of("5 min"), Error);
}
