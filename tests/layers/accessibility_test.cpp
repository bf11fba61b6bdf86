// SPDX-License-Identifier: Apache-2.0
#include "layers/accessibility.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace zonerank;
using layers::FrictionSpec;
using layers::Layer;
using layers::LayerSpec;
using layers::Sources;
using rasters::Cell;
using rasters::Grid;
using rasters::Point;
using rasters::Tile;
using tests::Folder;

namespace {

const Grid grid = tests::grid_of(60, 40, 100);

struct Town {
    double x, y, people;
};
const std::vector<Town> towns{{503050, 3602050, 1000},
                              {500550, 3600550, 200},
                              {505050, 3603050, 30},
                              {504950, 3600250, 7},
                              {508050, 3602050, 5000}};

LayerSpec town_layer(const Folder& folder) {
    std::vector<std::string> lines;
    for (const Town& t : towns)
        lines.push_back(fmt::format("{},POINT ({} {})", t.people, t.x, t.y));
    LayerSpec spec = tests::wkt_layer(folder, "towns", "pop", lines);
    spec.unit = layers::unit_called("people");
    return spec;
}

// A river along x = 501500, from end to end.
LayerSpec river(const Folder& folder) {
    return tests::wkt_layer(folder, "river", "", {"\"LINESTRING (501550 3590000,501550 3610000)\""});
}

/// A friction of 6 km/h, which is 100 metres a minute, over twice the grid.
FrictionSpec walking() {
    FrictionSpec spec;
    spec.ground = 6;
    spec.area = grid.box().grown(3000);
    spec.crs = rasters::parse_crs(grid.crs);
    return spec;
}

Tile measured(const std::vector<LayerSpec>& specs, const std::optional<FrictionSpec>& friction,
              const std::string& measure) {
    Sources sources(specs, {}, friction);
    const Layer layer = tests::measured(sources, measure, grid);
    if (layer.field)
        layer.field->solve({});
    CHECK(tests::same_in_tiles(layer, grid, 17));
    return tests::whole(layer, grid);
}

std::string said(const std::vector<LayerSpec>& specs, const std::optional<FrictionSpec>& friction,
                 const std::string& measure) {
    Sources sources(specs, {}, friction);
    try {
        tests::measured(sources, measure, grid);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

/// Sum of weight times f(metres) over the towns within a limit; nothing for a cell of
/// which a town lies about at the limit.
template <typename F>
std::optional<double> expected(Cell cell, double limit, F&& f, double unsure = 0.01) {
    const Point p = grid.centre(cell);
    double sum = 0;
    for (const Town& t : towns) {
        const double metres = std::hypot(p.x - t.x, p.y - t.y);
        if (std::abs(metres - limit) < unsure * limit)
            return std::nullopt;
        sum += metres <= limit ? t.people * f(metres) : 0;
    }
    return sum;
}

template <typename F>
void check_all(const Tile& tile, double limit, F&& f, double epsilon) {
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col)
            if (const auto truth = expected({col, row}, limit, f))
                REQUIRE(static_cast<double>(tile[{col, row}]) == doctest::Approx(*truth).epsilon(epsilon));
}

double whole(double) {
    return 1;
}

} // namespace

TEST_CASE("people within a straight line and within minutes on even ground are the same people") {
    const Folder folder;
    const std::vector<LayerSpec> specs{town_layer(folder)};
    check_all(measured(specs, {}, "people within: {of: towns, weight: pop, within: 2.5 km}"), 2500, whole, 1e-6);
    check_all(measured(specs, walking(), "people within: {of: towns, weight: pop, within: 25 min}"), 2500, whole, 1e-6);
    check_all(measured(specs, walking(), "people within: {of: towns, weight: pop, within: 0.75 h}"), 4500, whole, 1e-6);
}

TEST_CASE("gravity counts those farther away for less") {
    const Folder folder;
    const std::vector<LayerSpec> specs{town_layer(folder)};
    const auto halving = [](double metres) { return std::exp2(-metres / 1000); };
    const auto power = [](double metres) { return 1 / (1 + std::pow(metres / 1000, 2)); };
    check_all(measured(specs, {}, "gravity: {of: towns, weight: pop, decay: {exponential: {half: 1 km}}, limit: 4 km}"),
              4000, halving, 1e-6);
    check_all(measured(specs, walking(),
                       "gravity: {of: towns, weight: pop, decay: {exponential: {half: 10 min}}, limit: 40 min}"),
              4000, halving, 0.02);
    check_all(measured(specs, {}, "gravity: {of: towns, weight: pop, decay: {power: {half: 1 km}}, limit: 9 km}"), 9000,
              power, 1e-6);
    const auto table = [](double metres) { return metres <= 1000 ? 1 : std::max(0.0, (3000 - metres) / 2000); };
    check_all(measured(specs, {}, "gravity: {of: towns, weight: pop, decay: {table: {1 km: 1, 3 km: 0}}, limit: 4 km}"),
              4000, table, 1e-6);
}

TEST_CASE("clusters count by what their industries are to the zone's") {
    const Folder folder;
    // 1, 2 and 3 km from the cell at column 30, row 19, whose centre is at 503050, 3602050.
    const LayerSpec clusters =
        tests::wkt_layer(folder, "clusters", "firms,sector",
                         {"100,garments,POINT (504050 3602050)", "60,leather,POINT (503050 3604050)",
                          "500,marble,POINT (500050 3602050)"});
    const std::string how = "decay: {exponential: {half: 1 km}}, limit: 10 km, by: sector, similarity: {textiles: "
                            "{garments: 0.9, leather: 0.2, other: 0}, leather: {leather: 1, garments: 0.5, other: 0}}";
    const auto at = [&](const std::string& more, Cell cell = {30, 19}) {
        return static_cast<double>(measured({clusters}, {}, "gravity: {of: clusters, " + more + how + "}")[cell]);
    };
    // Half of 100, a quarter of 60, an eighth of 500, each by the mean of two rows.
    CHECK(at("weight: firms, ") == doctest::Approx(50 * 0.7 + 15 * 0.6));
    CHECK(at("weight: firms, industries: leather, ") == doctest::Approx(50 * 0.5 + 15));
    CHECK(at("industries: textiles, ") == doctest::Approx(0.5 * 0.9 + 0.25 * 0.2)); // 1 each
    const Tile by_time = measured({clusters}, walking(),
                                  "gravity: {of: clusters, weight: firms, decay: {exponential: {half: 10 min}}, limit: "
                                  "100 min, by: sector, similarity: {marble: {marble: 1, other: 0}}}");
    CHECK(static_cast<double>(by_time[{30, 19}]) == doctest::Approx(500.0 / 8).epsilon(0.01));
    CHECK(said({clusters}, {}, "gravity: {of: clusters, decay: {exponential: {half: 1 km}}, limit: 1 km}") ==
          "test: weight: which field of layer 'clusters' tells how much each feature counts?");
}

TEST_CASE("nobody in reach is 0; a barrier is unknown, and who lives behind it doesn't come") {
    const Folder folder;
    FrictionSpec friction = walking();
    friction.barriers = {{.layer = "river"}};
    const Tile sums = measured({town_layer(folder), river(folder)}, friction,
                               "people within: {of: towns, weight: pop, within: 45 min}");
    CHECK(std::isnan(sums[{15, 19}]));
    CHECK(sums[{10, 30}] == 200);
    CHECK(sums[{20, 19}] == 1000 + 30 + 7); // 200 live 1.7 km away, across the river
    const Tile none =
        measured({town_layer(folder)}, walking(), "people within: {of: towns, weight: pop, within: 1 min}");
    CHECK(std::ranges::count(none.values(), 0.0F) > 2300);
}

TEST_CASE("the friction's own area reaches as far as people come") {
    const Folder folder;
    FrictionSpec friction = walking();
    friction.area.reset();
    const Tile sums =
        measured({town_layer(folder)}, friction, "people within: {of: towns, weight: pop, within: 30 min}");
    check_all(sums, 3000, whole, 1e-6); // the town of 5000 is 2 km beyond the grid's edge
}

TEST_CASE("jobs in their catchments share the workers in theirs") {
    const Folder folder;
    LayerSpec zones = tests::wkt_layer(folder, "zones", "jobs", {"300,POINT (502050 3602050)"});
    const std::string measure = "two-step: {of: towns, weight: pop, among: zones, capacity: jobs, own: 100, within: ";
    const auto truth = [&](Cell cell) {
        const Point p = grid.centre(cell);
        double sum = 0;
        for (const Town& t : towns)
            if (std::hypot(p.x - t.x, p.y - t.y) <= 2500)
                sum += t.people / (100 + (std::hypot(502050 - t.x, 3602050 - t.y) <= 2500 ? 300 : 0));
        return sum;
    };
    const Tile straight = measured({town_layer(folder), zones}, {}, measure + "2.5 km}"),
               by_time = measured({town_layer(folder), zones}, walking(), measure + "25 min}");
    for (const Cell cell : {Cell{30, 20}, {10, 30}, {45, 12}, {55, 35}, {3, 3}}) {
        CHECK(static_cast<double>(straight[cell]) == doctest::Approx(truth(cell)));
        CHECK(static_cast<double>(by_time[cell]) == doctest::Approx(truth(cell)));
    }
}

TEST_CASE("people of polygons come from all of it") {
    const Folder folder;
    LayerSpec district = tests::wkt_layer(
        folder, "district", "pop",
        {"4000,\"POLYGON ((501000 3601000,503000 3601000,503000 3603000,501000 3603000,501000 3601000))\""});
    for (const char* within : {"500 m, gather: 50 m", "5 min, gather: 100 m"}) {
        const Tile sums = measured({district}, walking(),
                                   fmt::format("people within: {{of: district, weight: pop, within: {}}}", within));
        CHECK(static_cast<double>(sums[{20, 20}]) == doctest::Approx(1000 * 3.14159 * 0.25).epsilon(0.07));
        CHECK(static_cast<double>(sums[{10, 20}]) == doctest::Approx(1000 * 3.14159 * 0.125).epsilon(0.25));
        CHECK(sums[{40, 20}] == 0);
    }
}

TEST_CASE("the unit is the layer's, and what can't be measured is told") {
    const Folder folder;
    const std::vector<LayerSpec> specs{town_layer(folder), river(folder)};
    Sources sources(specs, {});
    CHECK(tests::measure(sources, "people within: {of: towns, weight: pop, within: 1 km}").unit.name == "people");
    const auto told = [&](const char* parameters, const char* kind = "people within") {
        return said(specs, {}, fmt::format("{}: {{of: towns, weight: pop, {}}}", kind, parameters));
    };
    CHECK(told("within: 45 min").find("a `friction` section") != std::string::npos);
    CHECK(told("within: 45").find("expected a time (min, h, s) or a length (m, km, cm), found '45'") !=
          std::string::npos);
    CHECK(told("within: 0 km").find("it must be above 0") != std::string::npos);
    CHECK(told("within: 3 ha").find("expected a time") != std::string::npos);
    CHECK(told("limit: 9 km", "gravity").find("'decay' is missing") != std::string::npos);
    CHECK(told("decay: {exponential: {half: 9 min}}, limit: 9 km", "gravity").find("expected a length") !=
          std::string::npos);
    CHECK(told("among: towns, capacity: pop, own: 0, within: 9 km", "two-step").find("own: expected") !=
          std::string::npos);
    CHECK(told("among: towns, own: 1, within: 9 km", "two-step").find("capacity: which field of layer 'towns'") !=
          std::string::npos);
}

TEST_CASE("a point far out on a barrier is told") {
    const Folder folder;
    const LayerSpec sea = tests::wkt_layer(
        folder, "sea", "",
        {"\"POLYGON ((502000 3601000,504000 3601000,504000 3603000,502000 3603000,502000 3601000))\""});
    FrictionSpec friction = walking();
    friction.barriers = {{.layer = "sea"}};
    CHECK(said({town_layer(folder), sea}, friction, "people within: {of: towns, weight: pop, within: 5 min}")
              .find("layer 'towns': the point at 503050, 3602050 lies more than 4 cells of 100 m from any ground") !=
          std::string::npos);
}

TEST_CASE("what would take days is told before") {
    const Folder folder;
    LayerSpec district = tests::wkt_layer(
        folder, "district", "pop",
        {"4000,\"POLYGON ((400000 3500000,700000 3500000,700000 3700000,400000 3700000,400000 3500000))\""});
    FrictionSpec friction = walking();
    friction.ground = 100;
    friction.area = grid.box().grown(90'000);
    CHECK(said({district}, friction, "people within: {of: district, weight: pop, within: 45 min, gather: 100 m}")
              .find("places to travel from, over 2.3 million cells each, would take many hours; gather more") !=
          std::string::npos);
}
