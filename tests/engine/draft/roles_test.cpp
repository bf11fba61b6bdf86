// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/roles.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/draft.hpp"
#include "tests/support/files.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace zonerank;
using namespace zonerank::tests;
using engine::Guess;
using engine::guess;
using engine::names_any;
using engine::role_called;

static std::vector<std::string> roads() {
    return {feature(R"("class": "motorway")", line(73, 74, 33)), feature(R"("class": "primary")", line(73, 74, 34)),
            feature(R"("class": "tertiary")", line(73, 74, 35))};
}

TEST_CASE("each role once, and named as a layer of a study may be") {
    std::set<std::string_view> seen;
    for (const engine::Role& role : engine::roles()) {
        CHECK(seen.insert(role.name).second);
        CHECK(role.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz ") == role.name.npos);
    }
    CHECK_THROWS_WITH_AS(role_called("rivrs"), "unknown role 'rivrs'; did you mean 'rivers'?", Error);
}

TEST_CASE("words are found where a name's own words begin") {
    CHECK(names_any("osm_Roads-main", "road"));
    CHECK(names_any("gridStation", "grid_station"));
    CHECK(names_any("pop2023", "pop"));
    CHECK(names_any("Flüsse", "flüsse"));
    CHECK_FALSE(names_any("popular", "pop"));
    CHECK_FALSE(names_any("crossroad", "road"));
    CHECK_FALSE(names_any("riots", "rio"));
}

TEST_CASE("features are chosen by the values that belong to a role") {
    const Folder folder;
    const engine::FoundLayer layer = found(folder, "lines.geojson", roads());
    const Guess motorways = guess(role_called("motorways"), layer);
    CHECK(motorways.strength == 2);
    CHECK(motorways.where == "class = 'motorway'");
    CHECK(motorways.features == 1);
    const Guess main = guess(role_called("main roads"), layer);
    CHECK(main.where == "class in ('motorway', 'primary')");
    const Guess all = guess(role_called("roads"), layer);
    CHECK(all.where.empty());
    CHECK(all.features == 3);
    CHECK(guess(role_called("rail"), layer).strength == 0);
}

TEST_CASE("a name counts where the geometry fits, unless another word in it says no") {
    const Folder folder;
    const std::vector<std::string> lines{feature("", line(73, 74, 33))};
    CHECK(guess(role_called("rail"), found(folder, "railways.geojson", lines)).strength == 1);
    CHECK(guess(role_called("rail"), found(folder, "tram_rails.geojson", lines)).strength == 0);
    CHECK(guess(role_called("stations"), found(folder, "railway_stations_bus.geojson", {feature("", point(73, 33))}))
              .strength == 0);
    CHECK(guess(role_called("lakes"), found(folder, "water.geojson", lines)).strength == 0);
    CHECK(guess(role_called("seaports"), found(folder, "airports.geojson", {feature("", point(73, 33))})).strength ==
          0);
}

TEST_CASE("a value may have to stand in a field of its own") {
    const Folder folder;
    const engine::FoundLayer bus = found(folder, "a.geojson", {feature(R"("bus": "station")", point(73, 33))});
    const engine::FoundLayer rail = found(folder, "b.geojson", {feature(R"("railway": "station")", point(73, 33))});
    CHECK(guess(role_called("stations"), bus).strength == 0);
    CHECK(guess(role_called("stations"), rail).strength == 2);
    CHECK(guess(role_called("substations"), rail).strength == 0);
}

TEST_CASE("people need a number, and only those with one are taken") {
    const Folder folder;
    const std::vector<std::string> towns{feature(R"("pop": 1200)", point(73, 33)),
                                         feature(R"("pop": 0)", point(74, 33))};
    const Guess with = guess(role_called("towns"), found(folder, "cities.geojson", towns));
    CHECK(with.field == "pop");
    CHECK(with.where == "pop > 0");
    CHECK(guess(role_called("towns"), found(folder, "places.geojson", {feature("", point(73, 33))})).strength == 0);
}

TEST_CASE("shares of one are told from per cent") {
    const Folder folder;
    const auto literacy = [&](const char* name, const char* number) {
        return guess(role_called("literacy"),
                     found(folder, name, {feature(fmt::format(R"("literacy": {})", number), square(73, 33, 1))}));
    };
    CHECK(literacy("a.geojson", "0.61").fraction);
    CHECK_FALSE(literacy("b.geojson", "61.5").fraction);
}

TEST_CASE("of airports those with flights") {
    const Folder folder;
    const std::vector<std::string> airports{feature(R"("iata": "ISB", "scheduled": "TRUE")", point(73, 33)),
                                            feature(R"("iata": "MFG", "scheduled": "FALSE")", point(74, 33))};
    const Guess found_ones = guess(role_called("airports"), found(folder, "airports.geojson", airports));
    CHECK(found_ones.where == "scheduled = 'TRUE'");
    CHECK(found_ones.features == 1);
}

TEST_CASE("rasters by their numbers") {
    const Folder folder;
    const auto raster = [&](const std::string& name, const std::vector<float>& values, double cell = 30) {
        const std::string path = write_raster(
            folder / name,
            {.west = 500'000, .north = 3'700'000, .cell = cell, .cols = static_cast<int>(values.size()), .rows = 1},
            values);
        return engine::layers_in(path, only_files).front();
    };
    CHECK(guess(role_called("terrain"), raster("dem.tif", {210, 340.5F, 900})).strength == 1);
    CHECK(guess(role_called("terrain"), raster("dem_coarse.tif", {210, 340.5F, 900}, 2000)).strength == 0);
    CHECK(guess(role_called("terrain"), raster("rain.tif", {210, 340.5F, 900})).strength == 0);
    CHECK(guess(role_called("landcover"), raster("landcover.tif", {1.5F, 20, 30})).strength == 0);
}

TEST_CASE("the surest layer plays a role, of equals that with most") {
    const Folder folder;
    const std::vector<engine::FoundLayer> layers{
        found(folder, "roads_few.geojson", {roads().front()}), found(folder, "roads_all.geojson", roads()),
        found(folder, "road_names.geojson", {feature("", line(73, 74, 33)), feature("", line(73, 74, 33))})};
    for (const Guess& best : engine::best_guesses(layers))
        if (best.role->name == "roads")
            CHECK(best.layer->called == "roads_all");
}
