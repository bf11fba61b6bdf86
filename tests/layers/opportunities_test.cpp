// SPDX-License-Identifier: Apache-2.0
#include "layers/opportunities.hpp"

#include "layers/accessibility.hpp"
#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using layers::LayerSpec;
using layers::Params;
using layers::Sources;
using rasters::Dot;
using rasters::Grid;
using tests::Folder;

namespace {

const Grid grid = tests::grid_of(40, 40, 100); // 500000 to 504000, 3600000 to 3604000

Params params_of(const std::string& body) {
    layers::Problems problems;
    const layers::MeasureKind kind = layers::people_within_measure();
    Params params(tests::yaml(body), kind.parameters, {}, kind.name, problems);
    REQUIRE(problems.ok());
    return params;
}

LayerSpec people(LayerSpec spec, const char* unit = "people") {
    spec.unit = layers::unit_called(unit);
    return spec;
}

std::vector<Dot> read(const std::vector<LayerSpec>& specs, const std::string& of, double side = 500,
                      rasters::Box box = grid.box()) {
    Sources sources(specs, {});
    const Params params = params_of("{of: " + of + ", within: 1 km}");
    layers::opportunities_unit(params, sources, "people within");
    return layers::opportunities(params, sources, grid, box, side).dots;
}

std::string said(const std::vector<LayerSpec>& specs, const std::string& of) {
    try {
        read(specs, of);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

double total(const std::vector<Dot>& dots) {
    double sum = 0;
    for (const Dot& dot : dots)
        sum += dot.weight;
    return sum;
}

} // namespace

TEST_CASE("points at their own places, a feature's weight shared by its points") {
    const Folder folder;
    const LayerSpec towns = people(tests::wkt_layer(
        folder, "towns", "pop", {"12,POINT (500050 3600050)", "10,\"MULTIPOINT (500150 3600050,500250 3600050)\""}));
    const std::vector<Dot> dots = read({towns}, "towns, weight: pop");
    REQUIRE(dots.size() == 3);
    CHECK(dots[0].at == rasters::Point{500050, 3600050});
    CHECK(dots[0].weight == 12);
    CHECK(dots[1].weight == 5);
    CHECK(total(read({towns}, "[towns, towns], weight: pop, where: \"pop > 10\"")) == 24);
}

TEST_CASE("polygons are spread evenly, and what lies outside the box doesn't count") {
    const Folder folder;
    const LayerSpec districts = people(tests::wkt_layer(
        folder, "districts", "workers",
        {"800,\"POLYGON ((500000 3600000,502000 3600000,502000 3602000,500000 3602000,500000 3600000),"
         "(500500 3600500,501000 3600500,501000 3601000,500500 3601000,500500 3600500))\"",
         "100,\"POLYGON ((503000 3600000,505000 3600000,505000 3601000,503000 3601000,503000 3600000))\""}));
    const std::vector<Dot> dots = read({districts}, "districts, weight: workers");
    CHECK(dots.size() == 15 + 4); // without the hole, the second cut by the box
    CHECK(total(dots) == doctest::Approx(850).epsilon(1e-6));
    CHECK(std::ranges::count_if(dots, [](const Dot& d) { return std::abs(d.weight - 800.0 / 15) < 1e-4; }) == 15);
    CHECK(total(read({districts}, "districts, weight: workers", 130)) == doctest::Approx(850).epsilon(0.05));
}

TEST_CASE("a raster's counts are added up in squares") {
    const Folder folder;
    std::vector<float> counts(1600, 2);
    counts[0] = -9999;
    tests::write_raster(folder / "people.tif", {.west = 500000, .north = 3604000, .cell = 100, .cols = 40, .rows = 40},
                        counts);
    LayerSpec raster;
    raster.name = "people";
    raster.paths = {folder / "people.tif"};
    raster.values = rasters::Values::counts;
    const std::vector<Dot> dots = read({people(raster)}, "people");
    CHECK(dots.size() == 64);
    CHECK(total(dots) == doctest::Approx(2 * 1599));
    raster.values = rasters::Values::continuous;
    CHECK(said({raster}, "people").find("write `values: counts` for it") != std::string::npos);
    raster.values = rasters::Values::counts;
    raster.nodata = -5;
    CHECK(said({raster}, "people").find("counts are 0 or more") != std::string::npos);
}

TEST_CASE("weights that are none are told with their feature") {
    const Folder folder;
    const auto towns = [&](const char* pop) {
        return people(tests::wkt_layer(folder, "towns", "pop,name", {std::string(pop) + ",a,POINT (500050 3600050)"}));
    };
    CHECK(said({towns("-3")}, "towns, weight: pop").find("layer 'towns': pop of feature 1 is -3; a weight must be") ==
          0);
    CHECK(said({towns("-3")}, "towns, weight: name").find("is text ('a')") != std::string::npos);
    CHECK(said({towns("-3")}, "towns, weight: popp").find("pop") != std::string::npos);
    CHECK(said({towns("1")}, "towns") == "weight: which field of layer 'towns' tells how much each feature counts?");
    const LayerSpec road =
        tests::wkt_layer(folder, "road", "pop", {"1,\"LINESTRING (500050 3600050,500950 3600050)\""});
    CHECK(said({road}, "road, weight: pop") == "layer 'road' holds lines; people within needs points or polygons");
}

TEST_CASE("layers of one kind of unit are added up, others not") {
    const Folder folder;
    const LayerSpec a = people(tests::wkt_layer(folder, "a", "n", {"1,POINT (500050 3600050)"}), "ha");
    LayerSpec b = people(tests::wkt_layer(folder, "b", "n", {"1,POINT (500050 3600050)"}), "km2");
    CHECK(total(read({a, b}, "[a, b], weight: n")) == 101);
    b.unit = layers::unit_called("people");
    CHECK(said({a, b}, "[a, b], weight: n") == "layer 'a' is in ha, layer 'b' in people: they can't be added up");
}

namespace {

/// Two districts of 4 km² and one of 1, of which the last has no settled part.
std::vector<LayerSpec> districts_and_towns(const Folder& folder) {
    return {people(tests::wkt_layer(
                folder, "districts", "pop",
                {"800,\"POLYGON ((500000 3600000,502000 3600000,502000 3602000,500000 3602000,500000 3600000))\"",
                 "100,\"POLYGON ((502000 3600000,504000 3600000,504000 3602000,502000 3602000,502000 3600000))\"",
                 "7,\"POLYGON ((500000 3603000,501000 3603000,501000 3604000,500000 3604000,500000 3603000))\""})),
            // Across the border of the first two, 3 : 1; part of it twice.
            tests::wkt_layer(
                folder, "towns", "",
                {"\"POLYGON ((501500 3600500,502500 3600500,502500 3601000,501500 3601000,501500 3600500))\"",
                 "\"POLYGON ((501500 3600500,502000 3600500,502000 3601500,501500 3601500,501500 3600500))\""})};
}

} // namespace

TEST_CASE("people live where their district is settled, and none is lost") {
    const Folder folder;
    Sources sources(districts_and_towns(folder), {});
    const Params params = params_of("{of: districts, weight: pop, within: 1 km, settled: towns}");
    layers::opportunities_unit(params, sources, "people within");
    const layers::Opportunities found = layers::opportunities(params, sources, grid, grid.box(), 500);
    const auto at = [&](double x, double y) {
        double sum = 0;
        for (const Dot& dot : found.dots)
            sum += dot.at == rasters::Point{x, y} ? dot.weight : 0;
        return sum;
    };
    CHECK(at(501750, 3600750) == doctest::Approx(400));
    CHECK(at(501750, 3601250) == doctest::Approx(400));
    CHECK(at(502250, 3600750) == doctest::Approx(100));
    CHECK(at(500250, 3603250) == doctest::Approx(7.0 / 4));
    CHECK(found.dots.size() == 3 + 4);
    CHECK(total(found.dots) == doctest::Approx(907).epsilon(1e-12));
    CHECK(found.hint == "settled: 1 of 3 polygons has no settled part, and is spread evenly");
}

TEST_CASE("where nobody can be spread is told") {
    const Folder folder;
    const std::vector<LayerSpec> specs{
        districts_and_towns(folder)[0], people(tests::wkt_layer(folder, "cities", "pop", {"1,POINT (500050 3600050)"})),
        tests::wkt_layer(folder, "road", "", {"\"LINESTRING (500050 3600050,500950 3600050)\""})};
    CHECK(said(specs, "districts, weight: pop, settled: road") == "layer 'road' holds lines; settled needs polygons");
    CHECK(said(specs, "districts, weight: pop, settled: cities") ==
          "layer 'cities' holds points; settled needs polygons");
    CHECK(said(specs, "cities, weight: pop, settled: districts") ==
          "settled: layer 'cities' holds no polygons; nothing else is spread");
    CHECK(said(specs, "districts, weight: pop, densities: {1: 1}") ==
          "densities: of which classes? `settled` names the raster");
}
