// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/shared_distances.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::FeatureSet;
using layers::FeatureSets;

static std::shared_ptr<const FeatureSet> points(const std::vector<rasters::Point>& places) {
    FeatureSet set;
    for (const rasters::Point place : places)
        set.features.push_back({.shape = {.points = {place}, .lines = {}, .polygons = {}}, .fields = {}});
    return std::make_shared<const FeatureSet>(std::move(set));
}

TEST_CASE("the shapes of several sets, in order") {
    const FeatureSets sets{points({{1, 0}, {2, 0}}), points({}), points({{3, 0}})};
    const auto shapes = layers::shapes_of(sets);
    REQUIRE(shapes.size() == 3);
    CHECK(shapes[1]->points[0].x == 2);
    CHECK(shapes[2] == &sets[2]->features[0].shape);
}

TEST_CASE("distances to what is nearest in any of the sets") {
    const rasters::DistanceIndex index = layers::shared_distances({points({{0, 0}}), points({{10, 0}})});
    const auto from = [&](double x, double y) { return index.to(rasters::Point{x, y}); };
    CHECK(from(3, 4) == doctest::Approx(5));
    CHECK(from(9, 0) == doctest::Approx(1));
}
