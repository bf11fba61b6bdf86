// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/site_names.hpp"

#include "tests/support/draft.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace zonerank;
using namespace zonerank::tests;
using engine::DraftSites;
using engine::KnownPlace;
using engine::names_by_place;
using engine::UnnamedGround;
using Names = std::vector<std::string>;

// A degree of latitude is 111 km; one of longitude at 33 degrees north is 93 km.
static const std::vector<KnownPlace> places{{{73.6, 33.0}, "Dina"}, {{73.7, 33.2}, "Mirpur"}};

TEST_CASE("ground is called after the nearest place, with the direction from it") {
    const std::vector<UnnamedGround> grounds{{{73.603, 33.003}, 10},     // 0.4 km away
                                             {{73.6, 33.045}, 10},       // 5 km to the north
                                             {{73.632, 33.0}, 10},       // 3 km to the east
                                             {{73.568, 32.973}, 10},     // 3 km west, 3 km south
                                             {{73.7 + 360, 33.155}, 10}, // 5 km south, once around
                                             {{73.7, 33.1}, 20}};        // 11 km from Mirpur, 14.5 km from Dina
    CHECK(names_by_place(grounds, places) ==
          Names{"Dina", "N of Dina", "E of Dina", "SW of Dina", "S of Mirpur (10 ha)", "S of Mirpur (20 ha)"});
}

TEST_CASE("what would be called the same is told apart by its size, then by a number") {
    const std::vector<UnnamedGround> grounds{{{73.6, 33.0}, 12}, {{73.601, 33.0}, 120}, {{73.602, 33.0}, 120.2}};
    CHECK(names_by_place(grounds, places) == Names{"Dina (12 ha)", "Dina (120 ha) 1", "Dina (120 ha) 2"});
}

TEST_CASE("industrial areas without names become a file of their own") {
    const Folder folder;
    const std::vector<engine::FoundLayer> layers{
        found(folder, "landuse.geojson",
              {feature(R"("class": "industrial")", square(73.6, 33.0, 0.01)),
               feature(R"("class": "industrial")", square(73.6, 33.1, 0.01))}),
        found(folder, "places.geojson",
              {feature(R"("name": "\"Dina\" <b>")", point(73.605, 33.005)), feature("", point(73.6, 33.1)),
               feature(R"("name": "Mirpur")", point(74, 33)), feature(R"("name": "Kotli")", point(74, 34))})};
    const DraftSites unnamed{.source = engine::NamedLayer{layers.front().path, "", "fid in (0, 1)"}, .industry = true};
    const DraftSites named = engine::with_names(unnamed, folder.path(), layers, only_files);
    CHECK(named.source->path == folder / "sites.geojson");
    CHECK(named.name == "name");
    CHECK(named.made_of->path == layers.front().path);
    const auto json = nlohmann::json::parse(named.file);
    CHECK(json["features"][0]["properties"]["name"] == "\"Dina\" <b>");
    CHECK(json["features"][1]["properties"]["name"] == "N of \"Dina\" <b>");
    CHECK(json["features"][1]["geometry"]["coordinates"][0].size() == 5);
}

TEST_CASE("what has names, or has no places around it, stays as it is") {
    const Folder folder;
    const std::vector<engine::FoundLayer> layers{found(folder, "places.geojson", {feature("", point(73.6, 33.1))})};
    DraftSites sites{.source = engine::NamedLayer{folder / "landuse.geojson", "", ""}, .industry = true};
    CHECK(engine::with_names(sites, folder.path(), layers, only_files).file.empty());
    sites.name = "title";
    CHECK(engine::with_names(sites, folder.path(), {}, only_files).name == "title");
}
