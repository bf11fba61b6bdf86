// SPDX-License-Identifier: Apache-2.0
#include "layers/open_layers.hpp"

#include <doctest/doctest.h>

#include <atomic>

using namespace zonerank;
using layers::Layer;
using layers::Measure;
using rasters::Grid;
using rasters::Tile;
using rasters::Window;

namespace {

std::atomic<int> opened = 0, measured = 0;

Layer counting(const layers::Params&, layers::Sources&, const Grid&) {
    ++opened;
    return {.unit = {}, .tile = [](Window window) {
                ++measured;
                return Tile(window, static_cast<float>(window.col));
            }};
}

const layers::MeasureKind kind{.name = "counting", .summary = "", .make = {.unit = nullptr, .layer = counting}};

Measure measure(std::string key) {
    return {.kind = &kind, .params = {}, .unit = {}, .key = std::move(key)};
}

const Grid grid{"", 10, 0, 0, 4, 4, {}};

} // namespace

TEST_CASE("what two look at is opened once, and measured once in a window") {
    opened = measured = 0;
    layers::Sources sources({}, {});
    layers::OpenLayers layers(sources);
    const Layer one = layers.layer(measure("slope"), grid), two = layers.layer(measure("slope"), grid);
    CHECK(opened == 1);
    Tile first = one.tile({1, 0, 2, 2});
    first[{1, 0}] = 77; // what one does with its tile is its own
    const Tile second = two.tile({1, 0, 2, 2});
    CHECK(measured == 1);
    CHECK(second[{1, 0}] == 1);
    CHECK(two.tile({2, 0, 2, 2})[{2, 0}] == 2);
    CHECK(measured == 2);
}

TEST_CASE("other measures and other grids are other layers") {
    opened = 0;
    layers::Sources sources({}, {});
    layers::OpenLayers layers(sources);
    layers.layer(measure("slope"), grid);
    layers.layer(measure("aspect"), grid);
    layers.layer(measure("slope"), rasters::refined(grid, 4));
    CHECK(opened == 3);
}
