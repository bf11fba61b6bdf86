// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft_area.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/draft.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;
using engine::draft_area;
using engine::DraftArea;
using engine::FoundData;
using engine::Wishes;

static DraftArea area_of(const Wishes& wishes, const FoundData& data) {
    return draft_area(wishes, engine::best_guesses(data.layers), data, only_files);
}

TEST_CASE("a polygon by its name; a slip of it is told with the nearest") {
    const Folder folder;
    const std::string file = write_features(folder, "districts.geojson",
                                            {feature(R"("district": "Mirpur")", square(73, 33, 0.5)),
                                             feature(R"("district": "Kotli")", square(74, 33, 0.5))});
    Wishes wishes{.area = engine::NamedLayer{file, "", "district = 'Mirpur'"}};
    const DraftArea area = area_of(wishes, {});
    CHECK(area.lonlat == rasters::Box{73, 33, 73.5, 33.5});
    wishes.area->where = "district = 'Mirpr'";
    CHECK_THROWS_WITH_AS(area_of(wishes, {}), doctest::Contains("did you mean 'Mirpur'?"), Error);
    const Wishes points{
        .area = engine::NamedLayer{write_features(folder, "p.geojson", {feature("", point(73, 33))}), "", ""}};
    CHECK_THROWS_WITH_AS(area_of(points, {}), doctest::Contains("no polygon"), Error);
}

TEST_CASE("without a wish the area is where the roads reach") {
    const Folder folder;
    FoundData data;
    data.layers.push_back(
        found(folder, "roads.geojson",
              {feature(R"("class": "trunk")", line(73, 74, 33)), feature(R"("class": "trunk")", line(73, 74, 34))}));
    const std::vector<std::string> many(5, feature("", line(10, 20, 40)));
    data.layers.push_back(found(folder, "others.geojson", many));
    CHECK(area_of({}, data).lonlat == rasters::Box{73, 33, 74, 34});
    CHECK_THROWS_WITH_AS(area_of({}, {}), doctest::Contains("--area"), Error);
}

TEST_CASE("an area without any data is refused, with where they are") {
    const Folder folder;
    FoundData data;
    data.layers.push_back(
        found(folder, "roads.geojson", {feature("", line(73, 74, 33)), feature("", line(73, 74, 34))}));
    const auto box = [&](double w, double s, double e, double n) { return Wishes{.box = rasters::Box{w, s, e, n}}; };
    CHECK_THROWS_WITH_AS(area_of(box(33, 73, 34, 74), data),
                         doctest::Contains("those of roads.geojson are within 73,33,74,34"), Error);
    CHECK_NOTHROW(area_of(box(73.9, 33.9, 80, 40), data));
    CHECK_NOTHROW(area_of(box(73.9 - 360, 33.9, 80 - 360, 40), data));
    CHECK_NOTHROW(area_of(box(170, 30, 75, 40), data)); // the long way around
}

TEST_CASE("what was not opened is named when nothing else is there") {
    FoundData data;
    data.skipped.push_back({"a/broken.gpkg", "no format"});
    CHECK_THROWS_WITH_AS(area_of({}, data), doctest::Contains("(broken.gpkg was not opened: no format)"), Error);
}

TEST_CASE("a layer that is called so is the area") {
    const Folder folder;
    FoundData data;
    data.layers.push_back(found(folder, "study_area.geojson", {feature("", square(73, 33, 0.5))}));
    CHECK(area_of({}, data).source->path == folder / "study_area.geojson");
}

TEST_CASE("cells are round, and about as many as asked for") {
    const rasters::Box degree{0, 0, 1, 1}; // 111.2 x 111.2 km on a sphere
    CHECK(engine::cells_in(degree, 1000) == doctest::Approx(111.19 * 111.19).epsilon(0.001));
    CHECK(engine::round_cell(degree, 1e6) == 100);
    CHECK(engine::round_cell({0, 0, 0.001, 0.001}, 1e6) == 1);
    CHECK(engine::cells_in({179.5, 0, -179.5, 1}, 1000) == doctest::Approx(engine::cells_in(degree, 1000)));
}
