// SPDX-License-Identifier: Apache-2.0
#include "rasters/band_facts.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::Folder;
using tests::MadeRaster;
using tests::write_raster;

namespace {

std::string made(const Folder& folder, const std::string& name, const MadeRaster& frame, std::vector<float> values) {
    return write_raster(folder / name, frame, values);
}

} // namespace

TEST_CASE("a geotransform and its inverse") {
    const PixelTransform turned{300'000, 20, 5, 3'680'400, 4, -25};
    const Point place = applied(turned, {12.5, 7});
    CHECK(place == Point{300'000 + 250 + 35, 3'680'400 + 50 - 175});
    const Point back = applied(inverted(turned), place);
    CHECK(back.x == doctest::Approx(12.5));
    CHECK(back.y == doctest::Approx(7));
    CHECK_THROWS_AS(inverted({0, 1, 2, 0, 2, 4}), Error);
    CHECK_THROWS_AS(inverted({0, 0, 0, 0, 0, 0}), Error);
}

TEST_CASE("what a band's file tells") {
    const Folder folder;
    const std::string path = made(folder, "a.tif", {"EPSG:32643", 300'000, 3'680'400, 30, 3, 2}, {1, 2, 3, 4, 5, 6});
    const BandFacts facts = band_facts(path, 1, {});
    CHECK(facts.path == path);
    CHECK(facts.crs.authority == "EPSG:32643");
    CHECK(facts.transform == PixelTransform{300'000, 30, 0, 3'680'400, 0, -30});
    CHECK(facts.cols == 3);
    CHECK(facts.rows == 2);
    CHECK(!facts.classes);
    CHECK_THROWS_AS(band_facts(path, 0, {}), Error);
    CHECK_THROWS_AS(band_facts(path, 2, {}), Error);
}

TEST_CASE("a band of floats holds the float nearest to the no-data value") {
    BandFacts facts;
    facts.hold_nodata(0.1);
    CHECK(facts.nodata == 0.1);
    facts.single = true;
    facts.hold_nodata(0.1);
    CHECK(facts.nodata == static_cast<double>(0.1F));
}

TEST_CASE("lattices are told apart") {
    const Folder folder;
    const auto facts = [&](const MadeRaster& frame) {
        return band_facts(made(folder, "f.tif", frame, std::vector<float>(4)), 1, {});
    };
    const BandFacts a = facts({"EPSG:32643", 300'000, 3'680'400, 30, 2, 2});
    CHECK(share_lattice(a, facts({"EPSG:32643", 300'900, 3'681'000, 30, 2, 2})));
    CHECK(share_lattice(a, facts({"EPSG:32643", 300'900.1, 3'681'000, 30, 2, 2})));
    CHECK(!share_lattice(a, facts({"EPSG:32643", 300'905, 3'681'000, 30, 2, 2})));
    CHECK(!share_lattice(a, facts({"EPSG:32643", 300'900, 3'681'005, 30, 2, 2})));
    CHECK(!share_lattice(a, facts({"EPSG:32643", 300'000, 3'680'400, 31, 2, 2})));
    CHECK(!share_lattice(a, facts({"EPSG:32642", 300'000, 3'680'400, 30, 2, 2})));
    BandFacts transposed = a; // its first and last corners are a's
    transposed.transform = {300'000, 0, 30, 3'680'400, -30, 0};
    CHECK(!share_lattice(a, transposed));
}
