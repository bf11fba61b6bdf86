// SPDX-License-Identifier: Apache-2.0
#include "layers/speeds.hpp"

#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::Sources;
using layers::SpeedRule;
using layers::SpeedTable;
using tests::Folder;
using tests::grid_of;

TEST_CASE("a speed by class, by name or by code") {
    const SpeedTable table({.by_class = {{layers::parse_class("motorway"), 100},
                                         {layers::parse_class("10..19"), 20},
                                         {layers::parse_class("other"), 5}}});
    CHECK(table.of(layers::Field{std::string("motorway")}) == 100);
    CHECK(table.of(layers::Field{std::int64_t{12}}) == 20);
    CHECK(table.of(layers::Field{std::string("12")}) == 20);
    CHECK(table.of(layers::Field{std::string("track")}) == 5);
    CHECK(table.of(layers::Field{}) == 5);
    CHECK(table.of(1.0F, {"track", "motorway"}) == 100);
    CHECK(table.of(12.0F, {}) == 20);
    CHECK_FALSE(SpeedTable({.by_class = {{layers::parse_class("10"), 1}}}).of(11.0F, {}));
    CHECK(SpeedTable({.speed = 60}).of(layers::Field{}) == 60);
}

TEST_CASE("lines have their speeds and directions") {
    const Folder folder;
    const char* line = "\"LINESTRING (500000 3600500,501000 3600500)\"";
    const auto row = [&](const char* oneway) { return std::string("a,") + oneway + "," + line; };
    Sources sources(
        {tests::wkt_layer(folder, "roads", "class,oneway", {row("reverse"), row("yes"), row("either"), row("")})}, {});
    std::vector<rasters::RoadLine> lines;
    layers::add_lines({.layer = "roads", .speed = 50, .one_way = "oneway"}, sources, grid_of(10, 10, 100), lines);
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].km_per_hour == 50);
    CHECK(lines[0].one_way);
    CHECK(lines[0].path.front().x == 501'000);
    CHECK(lines[1].one_way);
    CHECK(lines[1].path.front().x == 500'000);
    CHECK_FALSE(lines[2].one_way);
    CHECK_FALSE(lines[3].one_way);
}

TEST_CASE("what a rule needs is told") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "roads", "class", {"a,\"LINESTRING (500000 3600500,501000 3600500)\""}),
                     tests::wkt_layer(folder, "towns", "class", {"a,POINT (500000 3600500)"})},
                    {});
    const auto said = [&](const SpeedRule& rule) -> std::string {
        try {
            return layers::moves_along_lines(rule, sources) ? "lines" : "ground";
        } catch (const Error& e) {
            return e.what();
        }
    };
    CHECK(said({.layer = "roads", .speed = 50}) == "lines");
    CHECK(said({.layer = "roads", .field = "class", .speed = 50}).find("`speed` by class") != std::string::npos);
    CHECK(said({.layer = "roads", .by_class = {{layers::parse_class("a"), 3}}}).find("`by`") != std::string::npos);
    CHECK(said({.layer = "towns", .speed = 50}).find("holds points") != std::string::npos);
    CHECK(said({.layer = "roads"}).find("layer 'roads' needs `speed`") != std::string::npos);
}
