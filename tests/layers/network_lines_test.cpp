// SPDX-License-Identifier: Apache-2.0
#include "layers/network_lines.hpp"

#include "layers/accessibility.hpp"
#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <numeric>

using namespace zonerank;
using layers::FrictionSpec;
using layers::Network;
using layers::Params;
using layers::Sources;
using rasters::Grid;
using tests::Folder;

namespace {

const Grid grid = tests::grid_of(60, 40, 100);

Params params_of(const std::string& more) {
    return tests::params(layers::people_within_measure(), "{of: any, within: 10 min, over: lines" + more + "}");
}

Sources roads(const Folder& folder, const std::string& line = "500050 3602050,503050 3602050") {
    FrictionSpec spec;
    spec.speeds = {{.layer = "roads", .speed = 60}};
    return Sources({tests::wkt_layer(folder, "roads", "bridge", {"1,\"LINESTRING (" + line + ")\""})}, {}, spec);
}

std::string said(const Sources& sources, const std::string& more) {
    try {
        need_network(params_of(more), sources, "people within");
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

} // namespace

TEST_CASE("the lines of the friction, their levels, and what is usual") {
    const Folder folder;
    Sources sources = roads(folder);
    const Network network = read_network(params_of(""), sources, grid, "off");
    REQUIRE(network.lines.size() == 1);
    CHECK(network.lines[0].km_per_hour == 60);
    CHECK(network.lines[0].level == 0);
    CHECK(network.joining.snap == 1);
    CHECK(network.joining.join == rasters::Join::shared_vertices);
    CHECK(network.access.within == 5000);
    CHECK(network.access.minutes_per_metre == doctest::Approx(0.012));
    const std::vector<double> metres = network.lengths(network.lines[0].path);
    CHECK(std::accumulate(metres.begin(), metres.end(), 0.0) == doctest::Approx(3000 / 0.9996).epsilon(1e-5));
}

TEST_CASE("what is said instead") {
    const Folder folder;
    Sources sources = roads(folder);
    const Params params = params_of(", access: 30 km/h, off: 900 m, snap: 3 m, join: all crossings, level: bridge");
    const Network network = read_network(params, sources, grid, "off");
    CHECK(network.lines[0].level == 1);
    CHECK(network.joining.snap == 3);
    CHECK(network.joining.join == rasters::Join::all_crossings);
    CHECK(off_network(params, "off").within == 900);
    CHECK(off_network(params, "off").minutes_per_metre == doctest::Approx(0.002));
}

TEST_CASE("no lines, none near, and levels that aren't there are told") {
    const Folder folder;
    Sources far = roads(folder, "600050 3602050,603050 3602050");
    CHECK_THROWS_WITH(read_network(params_of(""), far, grid, "off"),
                      "no line of `friction: speeds` comes within 5 km of the area");
    CHECK(said(Sources({}, {}, FrictionSpec{}), "").starts_with("people within needs lines and how fast one moves"));
    CHECK(said(roads(folder), ", level: brige").find("bridge") != std::string::npos);
    CHECK(said(roads(folder), ", level: bridge").empty());
}
