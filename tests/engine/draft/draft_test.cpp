// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/draft.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank;
using namespace zonerank::tests;
using engine::Draft;
using engine::FoundData;

static FoundData some_data(const Folder& folder) {
    FoundData data;
    data.layers.push_back(
        found(folder, "roads.geojson",
              {feature(R"("class": "trunk")", line(73, 74, 33)), feature(R"("class": "tertiary")", line(73, 74, 34))}));
    data.layers.push_back(
        found(folder, "places.geojson",
              {feature(R"("pop": 700000)", point(73.5, 33.5)), feature(R"("pop": 9)", point(73.6, 33.5))}));
    data.layers.push_back(found(folder, "lakes.geojson", {feature("", square(73.2, 33.2, 0.1))}));
    data.layers.push_back(found(folder, "districts.geojson", {feature(R"("lit_rate": 0.6)", square(73, 33, 1))}));
    data.layers.push_back(found(folder, "whatever.geojson", {feature("", point(73.5, 33.5))}));
    return data;
}

static const engine::DraftCriterion& criterion(const Draft& draft, std::string_view name) {
    return *std::ranges::find(draft.criteria, name, &engine::DraftCriterion::name);
}

TEST_CASE("criteria take the layers that serve them") {
    const Folder folder;
    const FoundData data = some_data(folder);
    const Draft draft = engine::draft_study({}, data, only_files);
    CHECK(criterion(draft, "trunk road").layers == std::vector<std::string>{"main roads"});
    CHECK(criterion(draft, "water").layers == std::vector<std::string>{"lakes"});
    CHECK_FALSE(criterion(draft, "power").active());
    CHECK(criterion(draft, "market").active()); // towns of half a million people and more
    REQUIRE(draft.left_out.size() == 1);
    CHECK(draft.left_out.front()->called == "whatever");
    CHECK(draft.cells == doctest::Approx(1e6).epsilon(0.5));
    REQUIRE(draft.constraints.size() == 1);
    CHECK(draft.constraints.front().body == "{inside: {of: lakes}}");
}

TEST_CASE("fields of other names and shares of one are fitted in") {
    const Folder folder;
    const FoundData data = some_data(folder);
    const Draft draft = engine::draft_study({}, data, only_files);
    CHECK(criterion(draft, "literacy").measure == "{attribute: {field: lit_rate}}");
    CHECK(criterion(draft, "literacy").value == "{linear: {worst: 0.3, best: 0.8}}");
    CHECK(criterion(draft, "workers").measure == "{people within: {weight: pop}}");
}

TEST_CASE("roads with classes give minutes, where that costs little") {
    const Folder folder;
    const FoundData data = some_data(folder);
    const Draft near = engine::draft_study({}, data, only_files);
    CHECK(near.friction.active);
    CHECK(near.friction.speeds == std::vector<std::pair<std::string, int>>{{"trunk", 60}, {"tertiary", 35}});
    CHECK(criterion(near, "workers").entry->name == "labor pool within 45 min");
    FoundData far = some_data(folder);
    far.layers[1].lonlat = {0, 0, 100, 60};
    const Draft straight = engine::draft_study({}, far, only_files);
    CHECK_FALSE(straight.friction.active);
    CHECK(criterion(straight, "workers").entry->name == "labor pool");
}

TEST_CASE("industrial areas are not sites and clusters at once") {
    const Folder folder;
    FoundData data = some_data(folder);
    const std::string industrial = R"("class": "industrial")";
    data.layers.push_back(
        found(folder, "landuse.geojson",
              {feature(industrial, square(73.5, 33.5, 0.01)), feature(industrial, square(73.6, 33.6, 0.01))}));
    CHECK_FALSE(criterion(engine::draft_study({}, data, only_files), "cluster").active());
    CHECK(criterion(engine::draft_study({.no_sites = true}, data, only_files), "cluster").active());
}

TEST_CASE("the same colleges do not count twice") {
    const Folder folder;
    FoundData data = some_data(folder);
    data.layers.push_back(found(folder, "colleges.geojson", {feature("", point(73.5, 33.5))}));
    const Draft draft = engine::draft_study({}, data, only_files);
    CHECK(criterion(draft, "training").active());
    CHECK_FALSE(criterion(draft, "colleges").active());
    CHECK(criterion(draft, "colleges").why_not == "it looks at the same as training, and one of the two is enough");
}

TEST_CASE("polygons of another country are left out") {
    const Folder folder;
    FoundData data = some_data(folder);
    data.layers.push_back(found(folder, "here.geojson", {feature("", point(10.5, 50.5)), feature("", point(11, 51))}));
    const Draft draft = engine::draft_study({.box = rasters::Box{10, 50, 11, 51}}, data, only_files);
    CHECK_FALSE(criterion(draft, "literacy").active());
    CHECK(criterion(draft, "trunk road").active()); // what is measured to may lie beyond
}

TEST_CASE("nothing to draft from") {
    CHECK_THROWS_WITH_AS(engine::draft_study({}, {}, only_files), doctest::Contains("no map layer was found"), Error);
    const Folder folder;
    FoundData data;
    data.layers.push_back(
        found(folder, "whatever.geojson", {feature("", line(73, 74, 33)), feature("", line(73, 74, 34))}));
    CHECK_THROWS_WITH_AS(engine::draft_study({}, data, only_files), doctest::Contains("no layer here serves"), Error);
}
