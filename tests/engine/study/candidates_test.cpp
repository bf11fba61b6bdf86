// SPDX-License-Identifier: Apache-2.0
#include "engine/study/candidates.hpp"

#include "tests/support/geos.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using engine::SitesSpec;
using layers::Feature;
using layers::Field;
using rasters::Box;

static const rasters::Crs utm = rasters::parse_crs("EPSG:32643");

static layers::FeatureSet points(const std::vector<Field>& ids) {
    layers::FeatureSet set{.fields = {"id"}};
    for (const Field& id : ids)
        set.features.push_back(
            {0, {.points = {{500'000 + 1000.0 * static_cast<double>(set.features.size()), 3'600'000}}}, {id}});
    return set;
}

TEST_CASE("a footprint has its area, whatever the number of its corners") {
    for (const double hectares : {0.01, 1.0, 400.0, 1e6}) {
        const rasters::Shape shape = engine::footprint({350'000, 3'660'000}, hectares * 10'000);
        CHECK(tests::Geos(shape).area() == doctest::Approx(hectares * 10'000).epsilon(1e-9));
        CHECK(tests::Geos(shape).valid());
    }
    const Box box = rasters::bounds(engine::footprint({100, 200}, 1'000));
    CHECK(box.centre().x == doctest::Approx(100).epsilon(1e-12));
    CHECK(box.centre().y == doctest::Approx(200).epsilon(1e-12));
    CHECK(box.width() == doctest::Approx(2 * std::sqrt(1'000 / std::acos(-1))).epsilon(1e-2));
}

TEST_CASE("on the ground a footprint is as large as asked for, where the CRS shrinks areas and where it swells them") {
    const SitesSpec sites{.footprint_m2 = 4e6};
    for (const double x : {500'000.0, 900'000.0}) {
        const layers::FeatureSet set{.features = {{0, {.points = {{x, 3'600'000}}}, {}}}};
        const auto made = engine::candidates(set, sites, {}, utm);
        CHECK(rasters::ellipsoidal_area(made[0].shape, utm) == doctest::Approx(4e6).epsilon(1e-6));
        CHECK(engine::bounds_of_ground(set, sites, utm) == rasters::bounds(made[0].shape));
    }
}

TEST_CASE("a candidate has an id: its own, or its number") {
    const SitesSpec sites{.id_field = "id", .footprint_m2 = 1e4};
    const auto made = engine::candidates(points({Field{"x"}, Field{}, Field{std::int64_t{7}}}), sites, {}, utm);
    REQUIRE(made.size() == 3);
    CHECK(made[0].id == "x");
    CHECK(made[1].id == "2");
    CHECK(made[1].name == "site 2");
    CHECK(made[2].id == "7");
    CHECK_THROWS_WITH_AS(engine::candidates(points({Field{"x"}, Field{"x"}}), sites, {}, utm),
                         "two sites have the id 'x'", Error);
    CHECK_THROWS_WITH_AS(engine::candidates(points({Field{"x"}}), sites, {"id"}, utm),
                         "id of site 'site x' is text ('x'); a site field needs numbers", Error);
}
