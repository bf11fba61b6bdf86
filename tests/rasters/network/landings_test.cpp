// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/landings.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

const OffNetwork off{.minutes_per_metre = 0.01, .within = 500};
const std::vector<RoadLine> roads{{{{0, 0}, {9000, 0}}, 60}, {{{0, 400}, {9000, 400}}, 60}};

Landings found(const std::vector<Shape>& places) {
    return find_landings(LineEdges(roads), off, addresses(places));
}

} // namespace

TEST_CASE("a place lands at what is nearest, at all of it that is as near, or where lines cross it") {
    const Landings landings = found({{.points = {{3000, -100}}},
                                     {.points = {{3000, 200}}},
                                     {.points = {{3000, -501}}},
                                     {},
                                     {.lines = {{{4500, -50}, {4500, 300}}}}});
    REQUIRE(landings.of(0).size() > 0);
    for (const Landing& landing : landings.of(0)) {
        CHECK(landing.place.line == 0);
        CHECK(landing.place.at == doctest::Approx(1.0 / 3));
        CHECK(landing.minutes == doctest::Approx(1));
    }
    CHECK(std::ranges::any_of(landings.of(1), [](const Landing& l) { return l.place.line == 0; }));
    CHECK(std::ranges::any_of(landings.of(1), [](const Landing& l) { return l.place.line == 1; }));
    CHECK(landings.of(2).empty());
    CHECK(landings.of(3).empty());
    REQUIRE(landings.of(4).size() == 1);
    CHECK(landings.of(4)[0].minutes == 0);
    CHECK(landings.of(4)[0].place.at == doctest::Approx(0.5));
    CHECK(landings.all.size() == landings.first.back());
}

TEST_CASE("what is too far from every line is counted") {
    const Landings landings =
        found({{.points = {{0, 1000}}}, {.points = {{0, -700}}}, {.points = {{0, 5}}}, {.points = {{0, 2000}}}, {}});
    CHECK(landings.places == 4);
    CHECK(landings.off == 3);
    CHECK(landings.nearest_off == 600);
}
