// SPDX-License-Identifier: Apache-2.0
#include "engine/study/study_parts.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numbers>

using namespace zonerank;
using engine::AreaSpec;
using engine::GridSpec;
using engine::SitesSpec;
using layers::LayerSpec;
using layers::Node;
using layers::Problems;
using tests::Folder;
using tests::write_file;

namespace {

/// What a reader says is wrong with a section, as "line:column text" each on its line.
template <typename Read>
std::string complaints(Read read, const std::string& text) {
    Problems problems;
    read(tests::yaml(text), problems);
    std::string all;
    for (const auto& problem : problems.errors())
        all += fmt::format("{}{}:{} {}", all.empty() ? "" : "\n", problem.mark.line, problem.mark.column, problem.text);
    return all;
}

template <typename Read>
auto result(Read read, const std::string& text) {
    Problems problems;
    auto made = read(tests::yaml(text), problems);
    REQUIRE_MESSAGE(problems.ok(), tests::text_of(problems));
    return made;
}

AreaSpec area(const std::string& text) {
    return result(engine::read_area, text);
}
GridSpec grid(const std::string& text) {
    return result(engine::read_grid, text);
}
SitesSpec sites(const std::string& text) {
    return result(engine::read_sites, text);
}

} // namespace

TEST_CASE("the ways to say what is scored") {
    const AreaSpec box = area("{box: [72.5, 32, 74, 33.25], buffer: -1 km}");
    CHECK(box.kind == AreaSpec::Kind::box);
    CHECK(box.box == rasters::Box{72.5, 32, 74, 33.25});
    CHECK(box.buffer == -1000);
    CHECK(area("{box: [300000, 3650000, 310000, 3660000], crs: EPSG:32643}").crs->authority == "EPSG:32643");
    CHECK(area("{box: [170, -20, -170, -10]}").box.xmin == 170); // across the antimeridian
    const AreaSpec layer = area("{layer: districts, where: \"a = 1\"}");
    CHECK(layer.kind == AreaSpec::Kind::layer);
    CHECK(layer.layer == "districts");
    CHECK(layer.where == "a = 1");
    const AreaSpec around = area("{around: sites, buffer: 20 km}");
    CHECK(around.kind == AreaSpec::Kind::around_sites);
    CHECK(around.buffer == 20'000);
}

TEST_CASE("an area said in two ways or none, or not well") {
    const auto wrong = [](const std::string& text) { return complaints(engine::read_area, text); };
    const std::string one = "0:0 area: expected one of source, layer, box or around";
    CHECK(wrong("{box: [1, 2, 3, 4], around: sites}") == one);
    CHECK(wrong("{layer: a, box: [1, 2, 3, 4]}") == one);
    CHECK(wrong("{buffer: 3 km}") == one);
    CHECK(wrong("{box: [1, 2, 3]}") == "1:7 area: box: expected [west, south, east, north], found 3 numbers");
    CHECK(wrong("{box: 5}") == "1:7 area: box: expected [west, south, east, north], found a single value");
    CHECK(wrong("{box: [1, 4, 3, 2]}") == "1:7 area: box: the south edge 4 must be below the north edge 2");
    CHECK(wrong("{box: [1, 2, 3, 2]}") == "1:7 area: box: the south edge 2 must be below the north edge 2");
    CHECK(wrong("{box: [1, 2, east, 4]}") == "1:7 area: box: expected a number, found 'east'");
    CHECK(wrong("{box: [1, 2, [3], 4]}") == "1:7 area: box: expected a number, found ''");
    CHECK(wrong("{around: layers}") == "1:10 area: around: expected sites, found 'layers'");
    CHECK(wrong("{box: [1, 2, 3, 4], bufer: 3 km}") == "1:21 area: unknown key 'bufer'; did you mean 'buffer'?");
    CHECK(wrong("{around: sites, layer: a}") == one);
    CHECK(wrong("districts.geojson").starts_with("1:1 area: expected a mapping of source, layer, where, box"));
}

TEST_CASE("what an area's kind has no use for is refused") {
    const auto wrong = [](const std::string& text) { return complaints(engine::read_area, text); };
    const std::string box = "a box has no features to choose from, and no CRS of its own";
    CHECK(wrong("{box: [1, 2, 3, 4], where: \"a = 1\"}") == "1:21 area: where: " + box);
    CHECK(wrong("{box: [1, 2, 3, 4], crs: EPSG:4326, override: true}") == "1:37 area: override: " + box);
    CHECK(wrong("{around: sites, where: \"a = 1\", crs: EPSG:4326, override: true}") ==
          "1:17 area: where: belongs to the sites; write it there\n"
          "1:33 area: crs: belongs to the sites; write it there\n"
          "1:49 area: override: belongs to the sites; write it there");
}

TEST_CASE("the grid has a cell, or another raster's") {
    CHECK(grid("{cell: 30 m}").cell == 30);
    CHECK(grid("{cell: 0.25 km, crs: EPSG:32643}").cell == 250);
    CHECK(grid("{like: terrain}").like == "terrain");
    const auto wrong = [](const std::string& text) { return complaints(engine::read_grid, text); };
    CHECK(wrong("{crs: EPSG:32643}") == "0:0 grid: 'cell' is missing (side of a cell, such as 100 m)");
    CHECK(wrong("{cell: 30 m, like: terrain}") == "1:2 grid: cell: `like` takes over the raster's own");
    CHECK(wrong("{like: terrain, crs: EPSG:32643}") == "1:17 grid: crs: `like` takes over the raster's own");
    CHECK(wrong("{cell: 30}") == "1:8 grid: cell: expected a length (m, km, cm), found '30', which has no unit");
    CHECK(wrong("{cell: -30 m}") == "1:8 grid: cell: expected a length above 0, found '-30 m'");
    CHECK(wrong("{cell: 0}") == "1:8 grid: cell: expected a length above 0, found '0'");
    CHECK(wrong("30 m").starts_with("1:1 grid: expected a mapping of crs, cell, like, found '30 m'"));
}

TEST_CASE("sites: where from, how large, what they need") {
    const SitesSpec plain = sites("{layer: plots}");
    CHECK(plain.layer == "plots");
    CHECK(plain.needs_usable == 0.5);
    CHECK(plain.needs_area_ha == 0);
    CHECK(plain.footprint_m2 == 0);
    CHECK(sites("{layer: plots, keep: owner}").keep == std::vector<std::string>{"owner"});
    CHECK(sites("{layer: plots, footprint: {area: 2 km2}}").footprint_m2 == 2e6);
    CHECK(sites("{layer: plots, footprint: {radius: 1 km}}").footprint_m2 ==
          doctest::Approx(std::numbers::pi * 1e6).epsilon(1e-15));
    CHECK(sites("{layer: plots, needs: {usable: 0}}").needs_usable == 0);

    const auto wrong = [](const std::string& text) { return complaints(engine::read_sites, text); };
    const std::string footprint = "sites: footprint: expected {area: 400 ha} or {radius: 1 km}";
    CHECK(wrong("{name: n}") == "0:0 sites: 'source' is missing (a file with the candidate zones)");
    CHECK(wrong("{layer: a, footprint: {}}") == "1:23 " + footprint);
    CHECK(wrong("{layer: a, footprint: {area: 1 ha, radius: 1 m}}") == "1:23 " + footprint);
    CHECK(wrong("{layer: a, footprint: {area: 0 ha}}") == "1:23 " + footprint);
    CHECK(wrong("{layer: a, footprint: {radius: -1 m}}") == "1:23 " + footprint);
    CHECK(wrong("{layer: a, footprint: 400 ha}") ==
          "1:23 sites: footprint: expected a mapping of area, radius, found '400 ha'");
    CHECK(wrong("{layer: a, needs: {usabel: 50 %}}") ==
          "1:20 sites: needs: unknown key 'usabel'; did you mean 'usable'?");
    CHECK(wrong("{layer: a, needs: {usable: 120 %}}") ==
          "1:28 sites: needs: usable: expected 0 % to 100 %, found '120 %'");
    CHECK(wrong("{layer: a, needs: {area: 5 km}}") ==
          "1:26 sites: needs: area: expected an area (ha, km², m², acre), found '5 km'");
}

TEST_CASE("a CRS for files that have none, not for layers") {
    const Folder folder;
    const std::string file = (folder / "plots.csv").string();
    write_file(file, "");
    const auto from = [&](const std::string& more) { return fmt::format("{{source: {}, {}}}", file, more); };
    CHECK(area(from("crs: EPSG:32643")).crs->authority == "EPSG:32643");
    CHECK_FALSE(area(from("crs: EPSG:32643")).override_crs);
    CHECK(sites(from("crs: EPSG:4326, override: true")).crs->authority == "EPSG:4326");
    CHECK(sites(from("crs: EPSG:4326, override: true")).override_crs);
    CHECK_FALSE(sites(from("name: n")).crs);
    CHECK(complaints(engine::read_sites, "{layer: plots, crs: EPSG:4326}") ==
          "1:16 sites: crs: belongs to the layer 'plots'; write it there");
    CHECK(complaints(engine::read_area, "{layer: plots, override: true}") ==
          "1:16 area: override: belongs to the layer 'plots'; write it there");
    for (const char* lacking : {"override: true", "override: false"})
        CHECK(complaints(engine::read_sites, from(lacking))
                  .ends_with(" sites: override: needs the `crs` that replaces the file's own"));
    CHECK(complaints(engine::read_sites, from("csr: EPSG:4326, override: true"))
              .ends_with(" sites: unknown key 'csr'; did you mean 'crs'?"));
    CHECK(complaints(engine::read_area, "{box: [1, 2, 3, 4], crs: EPSG:1}")
              .starts_with("1:26 area: crs: 'EPSG:1' is no"));
}

TEST_CASE("layers: the short form, lists and globs") {
    const Folder folder;
    for (const char* name : {"roads.gpkg", "a.tif", "b.tif"})
        write_file(folder / name, "");
    const auto path = [&](const std::string& name) { return (folder / name).string(); };
    const std::vector<LayerSpec> made =
        result(engine::read_layers, fmt::format("roads: {0}/roads.gpkg\nboth: [{0}/b.tif, {0}/a.tif]\nall: {0}/*.tif\n"
                                                "mixed: {{source: [{0}/b.tif, '{0}/a*']}}",
                                                folder.path().string()));
    REQUIRE(made.size() == 4);
    CHECK(made[0].name == "roads");
    CHECK(made[0].paths == std::vector{path("roads.gpkg")});
    CHECK(made[0].band == 1);
    CHECK_FALSE(made[0].values);
    CHECK_FALSE(made[0].crs);
    CHECK_FALSE(made[0].nodata);
    CHECK(made[0].unit == layers::Unit{});
    CHECK(made[1].paths == std::vector{path("b.tif"), path("a.tif")});
    CHECK(made[2].paths == std::vector{path("a.tif"), path("b.tif")});
    CHECK(made[3].paths == std::vector{path("b.tif"), path("a.tif")});
}

TEST_CASE("layers: what is wrong with one") {
    const Folder folder;
    write_file(folder / "a.tif", "");
    const auto wrong = [&](const std::string& more) {
        return complaints(engine::read_layers, fmt::format("a:\n  source: {}\n{}", (folder / "a.tif").string(), more));
    };
    CHECK(wrong("").empty());
    CHECK(wrong("  band: 0") == "3:9 layer 'a': band: expected a whole number from 1, found '0'");
    CHECK(wrong("  band: 1.5") == "3:9 layer 'a': band: expected a whole number from 1, found '1.5'");
    CHECK(wrong("  band: 99999999999") == "3:9 layer 'a': band: expected a whole number from 1, found '99999999999'");
    CHECK(wrong("  band: first") == "3:9 layer 'a': band: expected a number, found 'first'");
    CHECK(wrong("  nodata: none") == "3:11 layer 'a': nodata: expected a number, found 'none'");
    CHECK(wrong("  values: clases") == "3:11 layer 'a': unknown values 'clases'; did you mean 'classes'?");
    CHECK(wrong("  resample: cubic") ==
          "3:13 layer 'a': unknown resample 'cubic'; there is automatic, nearest, bilinear, average");
    CHECK(wrong("  crs: EPSG:4326\n  override: maybe") ==
          "4:13 layer 'a': override: expected true or false, found 'maybe'");
    CHECK(wrong("  override: true") == "3:3 layer 'a': override: needs the `crs` that replaces the file's own");
    CHECK(wrong("  crs: EPSG:99999").starts_with("3:8 layer 'a': crs: "));
    CHECK(complaints(engine::read_layers, "a: {band: 1}") ==
          "1:1 layer 'a': 'source' is missing (a path, a glob or a list of paths)");
    CHECK(complaints(engine::read_layers, "a: []") == "1:4 layer 'a': source: expected a file's name, found nothing");
    CHECK(complaints(engine::read_layers, "a:").find("1:1 layer 'a'") != std::string::npos);
    CHECK(complaints(engine::read_layers, "[a]") == "1:1 layers: expected a mapping of names to files, found a list");
}

TEST_CASE("the keys of each place, once each") {
    for (const std::string_view where : {"", "area", "grid", "layer", "criterion", "theme", "sites", "outputs"}) {
        CAPTURE(where);
        std::vector<std::string> keys = engine::keys_of(where);
        CHECK_FALSE(keys.empty());
        std::ranges::sort(keys);
        CHECK(std::ranges::adjacent_find(keys) == keys.end());
    }
    CHECK(engine::keys_of("grid") == std::vector<std::string>{"crs", "cell", "like"});
    CHECK(engine::keys_of("nowhere").empty());
}
