// SPDX-License-Identifier: Apache-2.0
#include "engine/study/territory.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using engine::Territory;
using layers::Problems;
using rasters::Box;
using tests::MadeFeature;
using tests::rectangle;
using tests::StudyFolder;

namespace {

const std::string criteria =
    "criteria: {a: {b: {measure: {distance: {to: l}}, value: {linear: {best: 0, worst: 1 km}}}}}\n";

/// Where a study takes place, or all that is wrong with that.
struct Place {
    Territory territory;
    std::string errors, warnings;
};

Place place(const StudyFolder& folder, const std::string& text, const std::vector<std::string>& site_fields = {}) {
    Problems problems;
    layers::Node root = tests::yaml(text + criteria);
    const auto file = std::make_shared<const std::string>(folder.path("study.yaml"));
    for (const char* section : {"area", "sites"})
        if (layers::Node* node = root.find(section))
            if (layers::Node* source = node->find("source"))
                source->mark.file = file;
    if (layers::Node* specs = root.find("layers"))
        for (auto& [name, node] : specs->entries)
            (node.is_map() ? node.find("source") : &node)->mark.file = file;
    const engine::Study study = engine::study_from(root, *file, problems);
    REQUIRE_MESSAGE(problems.ok(), tests::text_of(problems));
    const layers::Sources sources(study.layers, {});
    Place result;
    result.territory = engine::find_territory(study, site_fields, sources, problems);
    result.errors = tests::text_of(problems);
    for (const auto& problem : problems.warnings())
        result.warnings += problem.text + "\n";
    return result;
}

Territory territory(const StudyFolder& folder, const std::string& text,
                    const std::vector<std::string>& site_fields = {}) {
    Place found = place(folder, text, site_fields);
    REQUIRE_MESSAGE(found.errors.empty(), found.errors);
    return std::move(found.territory);
}

std::string errors(const StudyFolder& folder, const std::string& text) {
    return place(folder, text).errors;
}

/// A box of the grid, from the south-west corner of the made ground.
Box local(const Box& box) {
    return {box.xmin - tests::west, box.ymin - tests::south, box.xmax - tests::west, box.ymax - tests::south};
}

const std::string utm = "grid: {crs: EPSG:32643, cell: 10 m}\n";
const std::string here = tests::square_area(10);

} // namespace

TEST_CASE("the grid covers the area, snapped outward to whole cells") {
    const StudyFolder folder;
    folder.features("area.geojson", {rectangle(3, 4, 20, 30)});
    const Territory t = territory(folder, "area: {source: area.geojson}\n" + utm);
    CHECK(local(t.grid.box()) == Box{0, 0, 30, 40});
    CHECK(t.grid.cell == 10);
    CHECK(t.grid.cols == 3);
    CHECK(t.grid.rows == 4);
    CHECK(t.grid.west == 50'000); // whole cells from the CRS's own origin
    CHECK(local(rasters::bounds(t.area)) == Box{3, 4, 23, 34});
    CHECK(t.crs.authority == "EPSG:32643");
    CHECK_FALSE(t.crs_chosen);
    CHECK(t.scale_error == doctest::Approx(0.0004).epsilon(0.01)); // UTM on its central meridian
    CHECK(t.candidates.empty());
}

TEST_CASE("grids of neighbouring areas share their cells") {
    const StudyFolder folder;
    folder.features("a.geojson", {rectangle(3, 4, 20, 30)});
    folder.features("b.geojson", {rectangle(23, 4, 11, 7)});
    const Territory a = territory(folder, "area: {source: a.geojson}\n" + utm);
    const Territory b = territory(folder, "area: {source: b.geojson}\n" + utm);
    CHECK(b.grid.edge_x(0) == a.grid.edge_x(2));
    CHECK(b.grid.edge_y(b.grid.rows) == a.grid.edge_y(a.grid.rows));
}

TEST_CASE("tables of geometry are an area and sites once their CRS is told") {
    const StudyFolder folder;
    tests::write_file(folder.path("area.csv"),
                      fmt::format("name,WKT\nA,\"POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))\"\n", tests::west,
                                  tests::south, tests::west + 30, tests::south + 40));
    const std::string text = "area: {source: area.csv, crs: EPSG:32643}\n" + utm;
    CHECK(local(territory(folder, text).grid.box()) == Box{0, 0, 30, 40});
    CHECK(territory(folder, text + "sites: {source: area.csv, crs: EPSG:32643}\n").candidates.size() == 1);
    folder.features("area.geojson", {rectangle(0, 0, 30, 40)});
    CHECK(errors(folder, "area: {source: area.geojson, crs: EPSG:32642}\n" + utm)
              .find("its CRS is EPSG:32643, not EPSG:32642") != std::string::npos);
    CHECK(territory(
              folder,
              "area: {source: area.geojson, crs: EPSG:32642, override: true}\ngrid: {crs: EPSG:32642, cell: 10 m}\n")
              .grid.cols == 3);
}

TEST_CASE("a buffer enlarges the area, a negative one shrinks it") {
    const StudyFolder folder;
    folder.features("area.geojson", {rectangle(100, 100, 50, 50)});
    const auto area = [&](const char* buffer) {
        return territory(folder, fmt::format("area: {{source: area.geojson, buffer: {}}}\n{}", buffer, utm)).area;
    };
    CHECK(local(rasters::bounds(area("20 m"))) == Box{80, 80, 170, 170});
    // Round corners: the square, four sides of 20 m and a disc of 20 m.
    CHECK(rasters::area(area("20 m")) == doctest::Approx(2500 + 4 * 50 * 20 + std::acos(-1) * 400).epsilon(1e-3));
    CHECK(local(rasters::bounds(area("-20 m"))) == Box{120, 120, 130, 130});
    CHECK(errors(folder, "area: {source: area.geojson, buffer: -25 m}\n" + utm) ==
          "area: nothing is left of the area inside its negative buffer");
}

TEST_CASE("many polygons are one area") {
    const StudyFolder folder;
    folder.features("area.geojson", {rectangle(0, 0, 60, 60, R"("d": "a")"), rectangle(50, 0, 50, 60, R"("d": "a")"),
                                     rectangle(200, 200, 50, 50, R"("d": "b")")});
    CHECK(rasters::area(territory(folder, "area: {source: area.geojson}\n" + utm).area) ==
          doctest::Approx(6000 + 2500).epsilon(1e-9));
    const Territory one = territory(folder, "area: {source: area.geojson, where: \"d = 'b'\"}\n" + utm);
    CHECK(local(one.grid.box()) == Box{200, 200, 250, 250});
    CHECK(one.area_repairs.read == 1);
    CHECK(errors(folder, "area: {source: area.geojson, where: \"d = 'c'\"}\n" + utm) ==
          "area: the source has no polygon where d = 'c'");
}

TEST_CASE("an area that a layer holds, with both conditions") {
    const StudyFolder folder;
    folder.features("area.geojson",
                    {rectangle(0, 0, 60, 60, R"("d": "a", "n": 1)"), rectangle(100, 0, 50, 60, R"("d": "a", "n": 2)"),
                     rectangle(200, 200, 50, 50, R"("d": "b", "n": 2)")});
    const Territory t = territory(folder, "layers: {districts: {source: area.geojson, where: \"d = 'a'\"}}\n"
                                          "area: {layer: districts, where: \"n = 2\"}\n" +
                                              utm);
    CHECK(local(t.grid.box()) == Box{100, 0, 150, 60});
    CHECK(errors(folder, "area: {layer: distrits}\nlayers: {districts: area.geojson}\n" + utm) ==
          "area: unknown layer 'distrits'; did you mean 'districts'?");
}

TEST_CASE("an area of lines or points is none") {
    const StudyFolder folder;
    folder.features("area.geojson", {{"", "LineString", {{0, 0}, {60, 0}}}});
    CHECK(errors(folder, "area: {source: area.geojson}\n" + utm) == "area: the source has no polygon");
}

TEST_CASE("a box in degrees, its edges as bent as they are") {
    const StudyFolder folder;
    // 75 E is the central meridian of zone 43: the box is symmetric about x = 500 km.
    const Territory t =
        territory(folder, "area: {box: [74.5, 32.5, 75.5, 33]}\ngrid: {crs: EPSG:32643, cell: 100 m}\n");
    const Box box = rasters::bounds(t.area);
    CHECK(box.xmin + box.xmax == doctest::Approx(1'000'000).epsilon(1e-9));
    // The parallel 32.5 sags between its ends: its middle is the southernmost point.
    const rasters::Transform to(rasters::wgs84(), t.crs);
    CHECK(box.ymin == doctest::Approx(to({75, 32.5}).y).epsilon(1e-9));
    CHECK(to({74.5, 32.5}).y - box.ymin > 90);
    // A zone of the ellipsoid in closed form (Snyder 1987, eq. 3-12): a² (q(33°) - q(32.5°)) / 2 per radian.
    CHECK(rasters::ellipsoidal_area(t.area, t.crs) == doctest::Approx(5196529860.1).epsilon(1e-6));
}

TEST_CASE("a box across the antimeridian is narrow, not the world") {
    const StudyFolder folder;
    const Territory t = territory(folder, "area: {box: [179, -18, -179, -17]}\ngrid: {cell: 1 km}\n");
    CHECK(t.crs_chosen);
    CHECK(rasters::bounds(t.area).width() == doctest::Approx(212e3).epsilon(0.01)); // 2 degrees at 17.5 S
    CHECK(t.scale_error < 0.001);
}

TEST_CASE("a cell far larger than the area is told") {
    const StudyFolder folder;
    folder.features("area.geojson", {rectangle(1, 1, 3, 3)});
    CHECK(errors(folder, "area: {source: area.geojson}\n" + utm) ==
          "grid: no cell of 10 m has its centre in the area; take a smaller cell");
}

TEST_CASE("a grid of more cells than can be computed is told, with a cell that fits") {
    const StudyFolder folder;
    const auto grid = [](double width, double height, const std::string& cell) {
        return fmt::format("area: {{box: [{}, {}, {}, {}], crs: EPSG:32643}}\ngrid: {{crs: EPSG:32643, cell: {}}}\n",
                           tests::west, tests::south, tests::west + width, tests::south + height, cell);
    };
    CHECK(
        errors(folder, grid(400e3, 400e3, "0.1 m")) ==
        "grid: cells of 0.1 m are 4e+06 x 4e+06 over this area, 1.6e+13 in all; a grid holds 1e+11 at most, and 1e+08 "
        "in a row: take a cell of 1.3 m or more");
    CHECK(errors(folder, grid(400e3, 400e3, "1.3 m")).empty());
    CHECK(errors(folder, grid(400e3, 1, "0.1 cm")).find("take a cell of 0.0041 m or more") != std::string::npos);
    CHECK(errors(folder, grid(400e3, 1, "1e-9 m")).find("take a cell of") != std::string::npos);
}

TEST_CASE("an area in two halves at the antimeridian is one place") {
    const StudyFolder folder;
    tests::write_file(folder.path("fiji.csv"),
                      "name,WKT\nA,\"MULTIPOLYGON(((179.5 -17,180 -17,180 -16.5,179.5 -16.5,179.5 "
                      "-17)),((-180 -17,-179.5 -17,-179.5 -16.5,-180 -16.5,-180 -17)))\"\n");
    const std::string cell = "grid: {cell: 1 km}\n";
    const Territory two = territory(folder, "area: {source: fiji.csv, crs: EPSG:4326}\n" + cell);
    const Territory box = territory(folder, "area: {box: [179.5, -17, -179.5, -16.5]}\n" + cell);
    CHECK(rasters::same(two.crs, box.crs));
    CHECK(two.grid.window() == box.grid.window());
    const Territory named = territory(folder, "area: {box: [179.5, -17, -179.5, -16.5], crs: EPSG:4326}\n" + cell);
    CHECK(named.grid.window() == box.grid.window());
    CHECK(errors(folder, "area: {box: [310000, 3650000, 300000, 3660000], crs: EPSG:32643}\n" + utm) ==
          "area: box: the west edge 310000 must be west of the east edge 300000");
}

TEST_CASE("the CRS is chosen for the area when none is given") {
    const StudyFolder folder;
    const Territory t = territory(folder, "area: {box: [74.5, 32.5, 75.5, 33]}\ngrid: {cell: 100 m}\n");
    CHECK(t.crs_chosen);
    CHECK(t.crs.authority == "EPSG:32643");
    const Territory wide = territory(folder, "area: {box: [61, 24, 77, 37]}\ngrid: {cell: 1 km}\n");
    CHECK(wide.crs.projected);
    CHECK(wide.crs.wkt.find("Azimuthal") != std::string::npos);
    CHECK(wide.scale_error < 0.005);
}

TEST_CASE("a CRS that is no plane of metres is refused with one that is") {
    const StudyFolder folder;
    const std::string area = "area: {box: [74.5, 32.5, 75.5, 33]}\n";
    CHECK(errors(folder, area + "grid: {crs: EPSG:4326, cell: 100 m}\n") ==
          "grid: crs: EPSG:4326 is in degrees; a grid needs a projected CRS in metres, such as EPSG:32643 here");
    CHECK(errors(folder, area + "grid: {crs: EPSG:2263, cell: 100 m}\n") ==
          "grid: crs: EPSG:2263 is not in metres; a grid needs a projected CRS in metres, such as EPSG:32643 here");
    CHECK(errors(folder, area + "grid: {crs: EPSG:999999, cell: 100 m}\n").starts_with("grid: crs: "));
}

TEST_CASE("a CRS far from the area is warned of, with a better one") {
    const StudyFolder folder;
    const std::string area = "area: {box: [66.5, 25, 67.5, 26]}\n";
    const Place far = place(folder, area + "grid: {crs: EPSG:32643, cell: 100 m}\n");
    CHECK(far.errors.empty());
    CHECK(far.warnings.starts_with("grid: distances in EPSG:32643 are off by up to 0.8"));
    CHECK(far.warnings.ends_with("EPSG:32642 would do better\n"));
    CHECK(place(folder, area + "grid: {crs: EPSG:32642, cell: 100 m}\n").warnings.empty());
}

TEST_CASE("the grid of a raster is taken over, cell by cell") {
    const StudyFolder folder;
    tests::write_raster(folder.path("dem.tif"),
                        {.west = tests::west + 3, .north = tests::south + 207, .cell = 20, .cols = 10, .rows = 10},
                        std::vector<float>(100, 1));
    const std::string box = fmt::format("area: {{box: [{}, {}, {}, {}], crs: EPSG:32643}}\n", tests::west + 50,
                                        tests::south + 50, tests::west + 100, tests::south + 100);
    const Territory t = territory(folder, "layers: {dem: dem.tif}\n" + box + "grid: {like: dem}\n");
    CHECK(t.grid.cell == 20);
    CHECK(local(t.grid.box()) == Box{43, 47, 103, 107}); // edges at 3 and 7 + 20 k
    CHECK(t.crs.authority == "EPSG:32643");
    CHECK(errors(folder, "layers: {dem: dem.tif}\n" + box + "grid: {like: den}\n") ==
          "grid: crs: unknown layer 'den'; did you mean 'dem'?");
}

TEST_CASE("an area around the sites is their box and more") {
    const StudyFolder folder;
    folder.features("sites.geojson", {rectangle(100, 100, 50, 50), {"", "Point", {{300, 200}}}});
    const Territory t = territory(folder, "area: {around: sites, buffer: 100 m}\n"
                                          "sites: {source: sites.geojson, footprint: {area: 0.01 ha}}\n" +
                                              utm);
    const Box area = local(rasters::bounds(t.area));
    const double radius = std::sqrt(100 / std::acos(-1));
    CHECK(area.xmin == 0);
    CHECK(area.ymin == 0);
    CHECK(area.xmax == doctest::Approx(400 + radius).epsilon(1e-4));
    CHECK(area.ymax == doctest::Approx(300 + radius).epsilon(1e-4));
    CHECK(t.candidates.size() == 2);
    CHECK(errors(folder, "area: {around: sites}\n" + utm) == "area: `around: sites` needs a `sites` section");
}

TEST_CASE("sites with their names, ids and fields") {
    const StudyFolder folder;
    folder.features("sites.geojson",
                    {rectangle(0, 0, 20, 20, R"("name": "Jatlan", "nr": 7, "owner": "state", "price": 2.5)"),
                     rectangle(40, 0, 20, 20, R"("name": null, "nr": 8, "owner": null, "price": 3)")});
    const Territory t =
        territory(folder, here + "sites: {source: sites.geojson, name: name, id: nr, keep: [owner]}\n", {"price"});
    REQUIRE(t.candidates.size() == 2);
    CHECK(t.candidates[0].id == "7");
    CHECK(t.candidates[0].name == "Jatlan");
    CHECK(t.candidates[0].kept == std::vector<layers::Field>{std::string("state")});
    CHECK(t.candidates[1].name == "site 8");
    CHECK(t.candidates[1].kept == std::vector<layers::Field>{std::monostate{}});
    CHECK(t.site_fields == std::vector<std::string>{"name", "nr", "owner", "price"});
    CHECK(t.candidates[0].fields[3] == layers::Field{2.5});
    CHECK(local(rasters::bounds(t.candidates[1].shape)) == Box{40, 0, 60, 20});
    CHECK(t.site_repairs.read == 2);

    const Territory bare = territory(folder, here + "sites: {source: sites.geojson}\n");
    CHECK(bare.candidates[1].id == "2");
    CHECK(bare.candidates[1].name == "site 2");
}

TEST_CASE("a site without an id gets its number, one with a text for a number is refused") {
    const StudyFolder folder;
    folder.features("sites.geojson", {rectangle(0, 0, 20, 20, R"("id": null, "price": 2)"),
                                      rectangle(40, 0, 20, 20, R"("id": "b", "price": 3)")});
    const std::string text = here + "sites: {source: sites.geojson, id: id}\n";
    CHECK(territory(folder, text, {"price"}).candidates[0].id == "1");
    CHECK(territory(folder, text, {"price"}).candidates[0].name == "site 1");
    CHECK(place(folder, text, {"id"}).errors == "sites: id of site 'site b' is text ('b'); a site field needs numbers");
}

TEST_CASE("sites that can't be used") {
    const StudyFolder folder;
    folder.features("sites.geojson", {rectangle(0, 0, 20, 20, R"("name": "a", "nr": 7)"),
                                      rectangle(40, 0, 20, 20, R"("name": "b", "nr": 7)")});
    CHECK(errors(folder, here + "sites: {source: sites.geojson, id: nr}\n") == "sites: two sites have the id '7'");
    CHECK(errors(folder, here + "sites: {source: sites.geojson, name: nam}\n").find("did you mean 'name'?") !=
          std::string::npos);
    CHECK(errors(folder, here + "sites: {source: sites.geojson, where: \"nr = 9\"}\n") ==
          "sites: the source has no feature where nr = 9");
    folder.features("lines.geojson", {{R"("name": "a")", "LineString", {{0, 0}, {60, 0}}}});
    CHECK(errors(folder, here + "sites: {source: lines.geojson, name: name}\n") ==
          "sites: site 'a' is a line; a site is a polygon, or a point with a footprint");
    folder.features("points.geojson", {{R"("name": "a")", "Point", {{30, 30}}}});
    CHECK(errors(folder, here + "sites: {source: points.geojson, name: name}\n") ==
          "sites: site 'a' is a point; give the sites a footprint, such as `footprint: {area: 400 ha}`");
}

TEST_CASE("sites beyond the area: some are a warning, all are an error") {
    const StudyFolder folder;
    folder.features("sites.geojson",
                    {rectangle(0, 0, 20, 20, R"("name": "in")"), rectangle(90, 90, 50, 50, R"("name": "partly")"),
                     rectangle(200, 0, 20, 20, R"("name": "east")"), rectangle(0, 300, 20, 20, R"("name": "north")")});
    const std::string sites = "sites: {source: sites.geojson, name: name";
    const Place some = place(folder, here + sites + "}\n");
    CHECK(some.errors.empty());
    CHECK(some.warnings == "sites: outside the area, listed without a rank: east, north\n");
    CHECK(some.territory.candidates.size() == 4);
    CHECK(errors(folder, here + sites + ", where: \"name in ('east', 'north')\"}\n") ==
          "sites: all 2 sites lie outside the area");
}

TEST_CASE("sites without a geometry are told") {
    const StudyFolder folder;
    tests::write_file(folder.path("sites.geojson"),
                      R"({"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:32643"}},
                          "features": [
                          {"type": "Feature", "properties": {}, "geometry": null},
                          {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[
                           [500000, 3600000], [500020, 3600000], [500020, 3600020], [500000, 3600000]]]}}]})");
    const Place found = place(folder, here + "sites: {source: sites.geojson}\n");
    CHECK(found.errors.empty());
    CHECK(found.territory.candidates.size() == 1);
    CHECK(found.territory.site_repairs.null == 1);
    CHECK(found.warnings == "sites: 1 without a geometry or a place in EPSG:32643 left out\n");
}

TEST_CASE("a site of points is all their footprints") {
    const StudyFolder folder;
    folder.features("sites.geojson", {{"", "MultiPoint", {{20, 20}, {80, 80}}}});
    // The helper writes a MultiPoint's coordinates as a line's.
    const Territory t = territory(folder, here + "sites: {source: sites.geojson, footprint: {radius: 5 m}}\n");
    REQUIRE(t.candidates.size() == 1);
    CHECK(rasters::ellipsoidal_area(t.candidates[0].shape, t.crs) ==
          doctest::Approx(2 * std::acos(-1) * 25).epsilon(1e-6));
}
