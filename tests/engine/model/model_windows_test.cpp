// SPDX-License-Identifier: Apache-2.0
#include "engine/model/model.hpp"

#include "tests/support/scored_land.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace zonerank;
using namespace zonerank::tests;
using namespace zonerank::tests::scored;
using doctest::Approx;
using engine::Evaluation;
using engine::Mask;
using engine::Model;
using rasters::Window;

TEST_CASE("parts of cells see edges of area and constraints within the cell") {
    const Land land;
    const auto p = land.ready(two(), "constraints: {pit: {inside: {of: pit}}}\n");
    // The pit is 38..42 by 18..22, in the corners of the four cells around (40, 20): parts are 2.5 m.
    const rasters::Raster<Mask> parts = p->model->part_masks({12, 28, 8, 8});
    CHECK(states(*p->model, parts) == "........\n"
                                      "........\n"
                                      "........\n"
                                      "...XX...\n"
                                      "...XX...\n"
                                      "........\n"
                                      "........\n"
                                      "........\n");
    CHECK(states(*p).find('X') == std::string::npos); // no cell's centre is in it
    // The corner of the L at (50, 50).
    CHECK(states(*p->model, p->model->part_masks({18, 18, 4, 4})) == "..oo\n..oo\n....\n....\n");
    CHECK(p->model->parts_grid().cell == 2.5);
}

TEST_CASE("which windows touch the area") {
    const Land land;
    const auto p = land.ready(two());
    CHECK(p->model->touches_area({0, 0, 10, 10}));
    CHECK_FALSE(p->model->touches_area({5, 0, 5, 5}));
    CHECK(p->model->touches_area({4, 0, 6, 5}));
    CHECK(p->model->touches_area({5, 5, 1, 1}));
    CHECK_FALSE(p->model->touches_area({20, 20, 3, 3}));
}

TEST_CASE("a window that reaches outside the grid is outside there") {
    const Land land;
    const auto p = land.ready(two());
    const Evaluation e = p->model->evaluate({-2, 8, 4, 4});
    CHECK(states(*p->model, e.mask) == "oo..\noo..\noooo\noooo\n");
    CHECK(e.measurements[1][{-2, 8}] == Approx(15).epsilon(1e-6)); // distances go on
    CHECK(std::isnan(e.measurements[0][{-2, 8}]));
}

TEST_CASE("the same bits whatever the tiles and threads") {
    const Land land({{1, 1}, {2, 6}, {7, 7}});
    const auto p = land.ready(
        two(", missing: leave out", ", missing: worst") + "  u:\n    aggregate: weighted product\n    c: {measure: "
                                                          "{slope: {of: hill}}, value: {logistic: {midpoint: 50 %, "
                                                          "spread: 20 %}}, missing: 0.1}\n    d: {measure: {cover: "
                                                          "{of: lake}}, value: {linear: {best: 0 %, worst: 100 %}}}\n",
        "constraints:\n  lake: {inside: {of: lake, buffer: 7 m}}\n  pit: {inside: {of: pit, cells: any part}}\n"
        "  high: {above: {measure: {sample: {of: hill}}, limit: 80 m}}\n");
    const Model& model = *p->model;
    const Evaluation whole = model.evaluate(model.grid().window());
    for (const int tile_side : {1, 7, 64}) {
        CAPTURE(tile_side);
        const std::vector<Window> tiles = rasters::tiles(model.grid().window(), tile_side);
        for (const unsigned threads : {1U, 4U}) {
            CAPTURE(threads);
            std::atomic<std::size_t> next = 0, same = 0;
            std::vector<std::jthread> workers;
            for (unsigned t = 0; t < threads; ++t)
                workers.emplace_back([&] {
                    for (std::size_t i = next++; i < tiles.size(); i = next++)
                        same += same_as(whole, model.evaluate(tiles[i]));
                });
            workers.clear();
            CHECK(same == tiles.size());
        }
    }
}
