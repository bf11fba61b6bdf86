// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/area_file.hpp"

#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace zonerank;

TEST_CASE("the area is a file of its own, in longitude and latitude") {
    const tests::Folder folder;
    engine::Territory territory;
    territory.crs = rasters::parse_crs("EPSG:32643");
    territory.grid = rasters::grid_over({500'000, 3'600'000, 501'000, 3'602'000}, 100, territory.crs.wkt);
    territory.area.polygons.push_back({{{{500'000, 3'600'000},
                                         {501'000, 3'600'000},
                                         {501'000, 3'602'000},
                                         {500'000, 3'602'000},
                                         {500'000, 3'600'000}}}});
    engine::write_area(territory, folder.path());
    const auto json = nlohmann::json::parse(tests::read_file(folder / "area.geojson"));
    const auto& feature = json["features"][0];
    CHECK(feature["geometry"]["type"] == "Polygon");
    CHECK(feature["geometry"]["coordinates"][0][0][0] == doctest::Approx(75));         // the zone's middle
    CHECK(feature["properties"]["area_km2"] == doctest::Approx(2.0016).epsilon(3e-4)); // 2 km2 / 0.9996^2
    CHECK(tests::read_file(folder / "area.qml").find("<qgis") != std::string::npos);
}
