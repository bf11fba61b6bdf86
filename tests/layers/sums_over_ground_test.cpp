// SPDX-License-Identifier: Apache-2.0
#include "layers/sums_over_ground.hpp"

#include "layers/accessibility.hpp"
#include "layers/terms/decay.hpp"
#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::Catchment;
using layers::FrictionSpec;
using layers::Layer;
using layers::Params;
using layers::Reach;
using layers::Sources;
using rasters::Grid;
using rasters::Tile;
using tests::Folder;

namespace {

const Grid grid = tests::grid_of(40, 40, 100);

/// Two towns, a mill with jobs beside the first, and 6 km/h, 100 m a minute, everywhere.
Sources places(const Folder& folder) {
    FrictionSpec spec;
    spec.ground = 6;
    return Sources({tests::wkt_layer(folder, "towns", "pop", {"60,POINT (501050 3602050)", "8,POINT (503050 3602050)"}),
                    tests::wkt_layer(folder, "mills", "jobs", {"20,POINT (500550 3602050)"})},
                   {}, spec);
}

Tile solved(const Layer& layer) {
    REQUIRE(layer.field);
    CHECK(layer.field->grids.size() == 1);
    layer.field->solve({});
    return tests::whole(layer, grid);
}

} // namespace

TEST_CASE("sums and shares over the friction's grid, to be solved") {
    const Folder folder;
    Sources sources = places(folder);
    layers::Problems problems;
    const layers::MeasureKind kind = layers::two_step_measure();
    const Params params(tests::yaml("{of: towns, weight: pop, among: mills, capacity: jobs, own: 10, within: 12 min}"),
                        kind.parameters, {}, kind.name, problems);
    REQUIRE(problems.ok());
    Catchment ground(params, sources, grid, Reach(params, "within"));
    const Tile sums = solved(sums_over_ground({}, "people within", ground, {}, layers::keep_all, grid));
    CHECK(sums[{20, 19}] == doctest::Approx(68));
    CHECK(sums[{5, 19}] == doctest::Approx(60));
    CHECK(sums[{39, 19}] == doctest::Approx(8));
    const Tile shares = solved(shares_over_ground(ground, {}, {"among", "capacity", ""}, 10, grid));
    CHECK(shares[{20, 19}] == doctest::Approx(60.0 / 30 + 8.0 / 10));
    CHECK(shares[{5, 19}] == doctest::Approx(2));
}
