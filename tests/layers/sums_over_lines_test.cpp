// SPDX-License-Identifier: Apache-2.0
#include "layers/sums_over_lines.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

using namespace zonerank;
using layers::FrictionSpec;
using layers::Layer;
using layers::LayerSpec;
using layers::Sources;
using rasters::Cell;
using rasters::Grid;
using rasters::Tile;
using tests::Folder;

namespace {

const Grid grid = tests::grid_of(60, 40, 100); // 500000..506000, 3600000..3604000

/// Three towns, each by itself, too, two sites with jobs, and a network of three roads.
std::vector<LayerSpec> layers_of(const Folder& folder) {
    const std::string towns[] = {"100,POINT (500550 3602250)", "20,POINT (503050 3600550)", "3,POINT (505450 3603050)"};
    std::vector<LayerSpec> specs{
        tests::wkt_layer(folder, "towns", "pop", {towns[0], towns[1], towns[2]}),
        tests::wkt_layer(folder, "sites", "jobs", {"50,POINT (501050 3602050)", "70,POINT (505050 3602050)"}),
        tests::wkt_layer(folder, "roads", "way",
                         {"no,\"LINESTRING (500050 3602050,506050 3602050)\"",
                          "no,\"LINESTRING (503050 3600050,503050 3602050)\"",
                          "yes,\"LINESTRING (505050 3602050,505050 3604050)\""})};
    for (int i = 0; i < 3; ++i)
        specs.push_back(tests::wkt_layer(folder, fmt::format("town{}", i), "pop", {towns[i]}));
    return specs;
}

FrictionSpec speeds(bool one_way = false) {
    FrictionSpec spec;
    spec.speeds = {{.layer = "roads", .speed = 30}}; // 500 m a minute
    spec.speeds[0].one_way = one_way ? "way" : "";
    return spec;
}

Tile measured(const std::vector<LayerSpec>& specs, const std::string& measure, FrictionSpec friction = speeds()) {
    Sources sources(specs, {}, std::move(friction));
    const Layer layer = tests::measured(sources, measure, grid);
    if (layer.field)
        layer.field->solve({});
    CHECK(tests::same_in_tiles(layer, grid, 17));
    return tests::whole(layer, grid);
}

const std::string crossing = ", join: all crossings";

/// Sum over the towns of weight(town) times share(minutes along both-way lines to it).
double by_hand(const std::vector<Tile>& minutes, Cell cell, const std::function<double(std::size_t, double)>& share) {
    double sum = 0;
    for (std::size_t i = 0; i < minutes.size(); ++i)
        if (const auto m = static_cast<double>(minutes[i][cell]); !std::isnan(m))
            sum += share(i, m);
    return sum;
}

std::vector<Tile> minutes_to_towns(const std::vector<LayerSpec>& specs) {
    std::vector<Tile> minutes;
    for (int i = 0; i < 3; ++i)
        minutes.push_back(measured(specs, fmt::format("network time: {{to: town{}, within: 1 km{}}}", i, crossing)));
    return minutes;
}

constexpr double people[] = {100, 20, 3};

void check_all(const Tile& found, const std::vector<Tile>& minutes, double limit,
               const std::function<double(std::size_t, double)>& share) {
    int some = 0;
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col) {
            bool sure = true;
            for (const Tile& m : minutes)
                sure = sure && !(std::abs(static_cast<double>(m[{col, row}]) - limit) < 1e-4);
            const double expected =
                by_hand(minutes, {col, row}, [&](std::size_t i, double m) { return m <= limit ? share(i, m) : 0; });
            some += expected > 0;
            if (sure)
                REQUIRE(static_cast<double>(found[{col, row}]) == doctest::Approx(expected).epsilon(1e-5));
        }
    CHECK(some > 300);
}

} // namespace

TEST_CASE("people within, gravity and their network times by hand") {
    const Folder folder;
    const auto specs = layers_of(folder);
    const std::vector<Tile> minutes = minutes_to_towns(specs);
    const std::string of = "of: towns, weight: pop, over: lines, off: 1 km" + crossing;
    check_all(measured(specs, "people within: {within: 9 min, " + of + "}"), minutes, 9,
              [](std::size_t i, double) { return people[i]; });
    check_all(measured(specs, "gravity: {decay: {exponential: {half: 4 min}}, limit: 15 min, " + of + "}"), minutes, 15,
              [](std::size_t i, double m) { return people[i] * std::exp2(-m / 4); });
}

TEST_CASE("workers for each job, by network times to jobs and cells") {
    const Folder folder;
    const auto specs = layers_of(folder);
    const std::vector<Tile> minutes = minutes_to_towns(specs);
    const Cell sites[] = {{10, 19}, {50, 19}};
    constexpr double jobs[] = {50, 70};
    check_all(
        measured(specs, "two-step: {of: towns, weight: pop, among: sites, capacity: jobs, own: 10, within: 9 min, "
                        "over: lines, off: 1 km" +
                            crossing + "}"),
        minutes, 9, [&](std::size_t i, double) {
            double all = 10;
            for (int k = 0; k < 2; ++k)
                all += static_cast<double>(minutes[i][sites[k]]) <= 9 ? jobs[k] : 0;
            return people[i] / all;
        });
}

TEST_CASE("people come along one-way lines in their direction") {
    const Folder folder;
    const std::string measure =
        "people within: {of: towns, weight: pop, over: lines, off: 300 m, within: 20 min" + crossing + "}";
    const auto specs = layers_of(folder);
    const Tile both = measured(specs, measure), one_way = measured(specs, measure, speeds(true));
    // From the third town nobody gets to the road in the middle; to the north of it all come.
    CHECK(both[{15, 19}] == 120);
    CHECK(one_way[{15, 19}] == 120);
    CHECK(one_way[{50, 2}] == doctest::Approx(120));
    CHECK(both[{50, 2}] == doctest::Approx(120));
    CHECK(one_way[{0, 0}] == 0);
}

TEST_CASE("towns beyond the roads are hinted at, and what doesn't fit is told") {
    const Folder folder;
    const auto specs = layers_of(folder);
    Sources sources(specs, {}, speeds());
    CHECK(tests::measured(sources, "people within: {of: towns, weight: pop, within: 9 min, over: lines, off: 300 m}",
                          grid)
              .hint == "1 of 3 places lies farther than `off` from every line of `friction: speeds` (the nearest: 0.4 "
                       "km), and counts only for what is that near");
    const auto said = [&](const std::string& more, const std::optional<FrictionSpec>& friction = speeds()) {
        Sources all(specs, {}, friction);
        try {
            tests::measured(all, "people within: {of: towns, weight: pop, " + more + "}", grid);
        } catch (const Error& e) {
            return std::string(e.what());
        }
        return std::string();
    };
    const auto has = [](const std::string& text, const char* part) { return text.find(part) != std::string::npos; };
    CHECK(has(said("within: 9 km, over: lines"), "over: within is a length, in a straight line; a time goes over"));
    CHECK(has(said("within: 9 min, off: 3 km"), "off: that is for times along lines; write `over: lines`"));
    CHECK(has(said("within: 9 min, over: lines", {}), "people within needs lines and how fast one moves along them"));
    CHECK(has(said("within: 9 min, over: rivers"), "over"));
    CHECK(has(said("within: 9 min, over: lines, access: 0 km/h"), "above 0"));
}
