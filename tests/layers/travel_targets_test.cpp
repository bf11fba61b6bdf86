// SPDX-License-Identifier: Apache-2.0
#include "layers/travel_targets.hpp"

#include "layers/measures.hpp"
#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace zonerank;
using layers::Friction;
using layers::FrictionSpec;
using layers::Ground;
using layers::Sources;
using layers::Targets;
using rasters::Grid;
using tests::Folder;

namespace {

const Grid grid = tests::grid_of(20, 20, 100);

/// A point, a line across three cells, a square of 2 x 2 cells and a point that lies outside.
struct Places {
    Folder folder;
    Sources sources{{tests::wkt_layer(folder, "places", "",
                                      {"POINT (500050 3600050)", "\"LINESTRING (500550 3600550,500750 3600550)\"",
                                       "\"POLYGON ((501000 3601000,501200 3601000,501200 3601200,501000 "
                                       "3601200,501000 3601000))\"",
                                       "POINT (509050 3600050)"}),
                     tests::wkt_layer(folder, "lake", "",
                                      {"\"POLYGON ((501000 3601000,501100 3601000,501100 3601200,501000 "
                                       "3601200,501000 3601000))\""})},
                    {}};

    Targets targets(const std::string& where = "") {
        layers::Problems problems;
        const layers::Node body =
            tests::yaml("{to: places" + (where.empty() ? "" : ", where: \"" + where + "\"") + "}");
        const auto kind = std::ranges::find(layers::measures(), "travel time", &layers::MeasureKind::name);
        return {layers::Params(body, kind->parameters, {}, "test", problems), sources, grid};
    }
    Ground ground(const FrictionSpec& spec, bool part, const std::string& where = "") {
        return layers::ground_of(targets(where), std::make_shared<const Friction>(spec, sources, grid), part);
    }
};

std::set<std::pair<int, int>> cells_of(const Ground& ground, int target) {
    std::set<std::pair<int, int>> cells;
    for (const rasters::TravelStart& start : ground.starts)
        if (start.target == target)
            cells.emplace(start.cell.col, start.cell.row);
    return cells;
}

} // namespace

TEST_CASE("features are travelled to in all cells that they take up") {
    Places places;
    const Ground ground = places.ground({}, true);
    CHECK(cells_of(ground, 0) == std::set<std::pair<int, int>>{{0, 19}});
    CHECK(cells_of(ground, 1) == std::set<std::pair<int, int>>{{5, 14}, {6, 14}, {7, 14}});
    const auto square = cells_of(ground, 2);
    for (const auto& cell : std::set<std::pair<int, int>>{{10, 8}, {11, 8}, {10, 9}, {11, 9}})
        CHECK(square.contains(cell));
    CHECK(cells_of(ground, 3).empty());
    CHECK(ground.cells() == 400);
    CHECK(places.targets().box().xmax == doctest::Approx(509'050));
}

TEST_CASE("what lies outside is told, unless the ground is a part of all") {
    Places places;
    CHECK_THROWS_WITH(places.ground({}, false), doctest::Contains("lies outside the friction's area"));
    CHECK_NOTHROW(places.ground({}, false, "id <> '3'"));
}

TEST_CASE("a barrier takes what of a target lies on it; all of it is an error") {
    Places places;
    FrictionSpec spec;
    spec.barriers = {{.layer = "lake"}};
    const auto square = cells_of(places.ground(spec, true), 2);
    CHECK_FALSE(square.contains({10, 8}));
    CHECK(square.contains({11, 8}));
    spec.barriers = {{.layer = "lake"}, {.layer = "places", .any_part = true}};
    CHECK_THROWS_WITH(places.ground(spec, true), doctest::Contains("on a barrier"));
}
