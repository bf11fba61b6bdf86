// SPDX-License-Identifier: Apache-2.0
#include "layers/layer.hpp"

#include "layers/open_layers.hpp"
#include "tests/support/bits.hpp"
#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"
#include "tests/support/said.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace zonerank;
using layers::FrictionSpec;
using layers::Layer;
using layers::LayerSpec;
using layers::OpenLayers;
using layers::SolvedField;
using layers::Sources;
using rasters::Grid;
using rasters::Tile;
using tests::Folder;
using tests::said;
using tests::same_bits;

namespace {

const Grid grid = tests::grid_of(60, 40, 100);

std::vector<LayerSpec> places(const Folder& folder) {
    return {
        tests::wkt_layer(folder, "towns", "pop,name", {"60,a,POINT (501050 3602050)", "8,b,POINT (505030 3603050)"}),
        tests::wkt_layer(folder, "mills", "jobs", {"20,POINT (500550 3602050)"}),
        tests::wkt_layer(folder, "roads", "", {"\"LINESTRING (500050 3602050,505950 3602050)\""}),
        tests::wkt_layer(folder, "lake", "",
                         {"\"POLYGON ((502000 3600500,502800 3603500,503000 3600500,502000 3600500))\""})};
}

FrictionSpec friction() {
    FrictionSpec spec;
    spec.ground = 5;
    spec.cell = 130;
    spec.area = grid.box();
    spec.crs = rasters::parse_crs(grid.crs);
    spec.speeds = {{.layer = "roads", .speed = 30}};
    spec.barriers = {{.layer = "lake"}};
    return spec;
}

// Every measure that has a field to be solved, in all its ways.
const char* const measures[] = {
    "travel time: {to: towns}",
    "travel time: {to: towns, limit: 20 min, method: grid16}",
    "nearest by time: {to: towns, field: name}",
    "people within: {of: towns, weight: pop, within: 25 min}",
    "people within: {of: towns, weight: pop, over: lines, off: 1 km, within: 9 min}",
    "gravity: {of: towns, weight: pop, decay: {exponential: {half: 4 min}}, limit: 15 min}",
    "gravity: {of: towns, weight: pop, over: lines, off: 1 km, decay: {exponential: {half: 4 min}}, limit: 15 min}",
    "two-step: {of: towns, weight: pop, among: mills, capacity: jobs, own: 10, within: 12 min}",
    "two-step: {of: towns, weight: pop, among: mills, capacity: jobs, own: 10, over: lines, off: 1 km, within: 9 min}",
    "hot spots: {measure: {distance: {to: towns}}, within: 500 m}",
    "hot spots: {measure: {travel time: {to: towns}}, within: 500 m, statistic: p}",
    "hot spot class: {measure: {people within: {of: towns, weight: pop, within: 25 min}}, within: 700 m}"};

/// A measure as one process sees it.
struct Opened {
    Opened(const Folder& folder, const std::string& text, const Grid& over, const FrictionSpec& spec)
        : sources(places(folder), {}, spec), opened(sources), layer(opened.layer(tests::measure(sources, text), over)),
          field(opened.fields().at(0)) {}

    Sources sources;
    OpenLayers opened;
    Layer layer;
    SolvedField field;
};

/// Whether what is loaded measures the bits that were solved, within and outside of the grid.
void check_loaded(const Folder& folder, const std::string& text, const Grid& over, const FrictionSpec& spec) {
    INFO(text);
    const Opened one(folder, text, over, spec), other(folder, text, over, spec);
    REQUIRE(one.field.key == other.field.key);
    one.field.solve({});
    one.field.save(folder / "field");
    other.field.load(folder / "field");
    for (const rasters::Window& window : rasters::tiles(over.window().grown(5), 33))
        REQUIRE(same_bits(one.layer.tile(window), other.layer.tile(window)));
    const rasters::Window outside{over.cols + 3, -9, 4, 4};
    CHECK(same_bits(one.layer.tile(outside), other.layer.tile(outside)));
    CHECK(same_bits(one.layer.tile(over.window()), other.layer.tile(over.window())));
}

} // namespace

TEST_CASE("a field that is loaded measures the bits that were solved, on cells and on parts of them") {
    const Folder folder;
    for (const char* text : measures) {
        check_loaded(folder, text, grid, friction());
        check_loaded(folder, text, rasters::refined(grid, 2), friction());
    }
}

TEST_CASE("so does one with a finer friction near the study") {
    const Folder folder;
    FrictionSpec spec = friction();
    spec.area->xmin -= 3000;
    spec.cell = 300;
    spec.near = layers::NearSpec{.cell = 100, .within = 400, .mark = {}};
    for (const char* text : {measures[0], measures[2]})
        check_loaded(folder, text, grid, spec);
}

TEST_CASE("the file of another measure or grid, and one that is damaged, are refused by name") {
    const Folder folder;
    const std::string path = (folder / "field").string();
    const Opened one(folder, measures[0], grid, friction());
    one.field.solve({});
    one.field.save(path);
    CHECK(said([&] { Opened(folder, measures[1], grid, friction()).field.load(path); }) ==
          path + ": solved for another measure than this one");
    CHECK(said([&] { Opened(folder, measures[0], rasters::refined(grid, 2), friction()).field.load(path); }) ==
          path + ": solved for another measure than this one");
    FrictionSpec other = friction();
    other.cell = 100;
    CHECK(said([&] { Opened(folder, measures[0], grid, other).field.load(path); }) ==
          path + ": solved for another grid than this one");
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
    CHECK(said([&] { one.field.load(path); }).starts_with(path + ": damaged"));
}

TEST_CASE("each field has a key: the same for the same measure on the same grid") {
    const Folder folder;
    std::vector<std::string> keys;
    for (const char* text : measures)
        for (const Grid& over : {grid, rasters::refined(grid, 2)})
            keys.push_back(Opened(folder, text, over, friction()).field.key);
    CHECK(keys[0] == Opened(folder, measures[0], grid, friction()).field.key);
    std::ranges::sort(keys);
    CHECK(std::ranges::adjacent_find(keys) == keys.end());
}

TEST_CASE("a field that is solved by regions measures the bits that it does in one piece") {
    const Folder folder;
    const Grid wide = tests::grid_of(150, 4, 1000);
    FrictionSpec spec = friction();
    spec.cell = 30;
    spec.area = wide.box();
    const std::filesystem::path regions = folder / "regions";
    for (const char* text : {measures[1], measures[2]}) {
        const Opened one(folder, text, wide, spec), last(folder, text, wide, spec);
        one.field.solve({});
        std::filesystem::create_directory(regions);
        REQUIRE(one.field.regions);
        CHECK(one.field.regions->count == 2);
        CHECK_THROWS_AS(last.field.regions->load(regions), Error);
        for (std::vector<std::size_t> due; !(due = one.field.regions->due(regions)).empty();)
            for (const std::size_t region : due)
                Opened(folder, text, wide, spec).field.regions->solve(region, regions, {});
        last.field.regions->load(regions);
        CHECK(same_bits(one.layer.tile(wide.window()), last.layer.tile(wide.window())));
        last.field.save(folder / "saved");
        one.field.load(folder / "saved");
        CHECK(same_bits(one.layer.tile(wide.window()), last.layer.tile(wide.window())));
        std::filesystem::remove_all(regions);
    }
}

TEST_CASE("a small field, and one over two frictions, are solved in one piece") {
    const Folder folder;
    CHECK(!Opened(folder, measures[0], grid, friction()).field.regions);
    CHECK(!Opened(folder, measures[9], grid, friction()).field.regions);
}
