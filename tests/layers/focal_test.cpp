// SPDX-License-Identifier: Apache-2.0
#include "layers/focal.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace zonerank;
using layers::LayerSpec;
using layers::Sources;
using rasters::Grid;
using rasters::Tile;
using rasters::Values;
using rasters::Window;
using tests::Folder;
using tests::measured;
using tests::same_in_tiles;

namespace {

constexpr int rim = 12;

// Cells of `cell` m over the ground of a grid_of(side, side, 30) and a rim of 360 m
// around it, drawn from 0..9; one in twelve has no data.
struct Ground {
    Ground(const Folder& folder, int side, double size, std::optional<Values> values) : cell(size) {
        cols = static_cast<int>((side + 2 * rim) * 30 / cell);
        std::mt19937 random(3);
        for (int i = 0; i < cols * cols; ++i)
            numbers.push_back(random() % 12 == 0 ? -9999.0F : static_cast<float>(random() % 10));
        spec.name = "ground";
        spec.paths = {tests::write_raster(folder / "ground.tif",
                                          {.west = 500'000.0 - rim * 30,
                                           .north = 3'600'000.0 + (side + rim) * 30,
                                           .cell = cell,
                                           .cols = cols,
                                           .rows = cols},
                                          numbers)};
        spec.values = values;
    }

    // Of all cells of the file in the disc, one by one; f of none is NaN.
    template <typename F>
    double of_disc(int col, int row, double radius, F f) const {
        std::vector<double> found;
        for (int r = 0; r < cols; ++r)
            for (int c = 0; c < cols; ++c)
                if (const float v = numbers[static_cast<std::size_t>(r * cols + c)];
                    v != -9999.0F && (c - rim - col) * (c - rim - col) + (r - rim - row) * (r - rim - row) <=
                                         radius * radius / (cell * cell))
                    found.push_back(static_cast<double>(v));
        return found.empty() ? std::nan("") : f(found);
    }

    double cell;
    int cols;
    std::vector<float> numbers;
    LayerSpec spec;
};

double sum(const std::vector<double>& values) {
    double sum = 0;
    for (const double v : values)
        sum += v;
    return sum;
}

double mean(const std::vector<double>& values) {
    return sum(values) / static_cast<double>(values.size());
}

double deviation(const std::vector<double>& values) {
    double scatter = 0;
    for (const double v : values)
        scatter += (v - mean(values)) * (v - mean(values));
    return std::sqrt(scatter / static_cast<double>(values.size()));
}

template <typename F>
void check(Sources& sources, const Ground& ground, const Grid& grid, const std::string& text, double radius, F f) {
    CAPTURE(text);
    const layers::Layer layer = measured(sources, text, grid);
    const Tile tile = layer.tile(grid.window());
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col)
            CHECK(1.0 * tile[{col, row}] == doctest::Approx(ground.of_disc(col, row, radius, f)).epsilon(1e-6));
    CHECK(same_in_tiles(layer, grid, 5));
}

} // namespace

TEST_CASE("statistics of a disc, with the cells beyond the study's area") {
    const Folder folder;
    const Grid grid = tests::grid_of(14, 14, 30);
    const Ground ground(folder, 14, 30, Values::continuous);
    Sources sources({ground.spec}, {});
    check(sources, ground, grid, "focal: {of: ground, radius: 100 m}", 100, mean);
    check(sources, ground, grid, "focal: {of: ground, radius: 0.15 km, statistic: mean}", 150, mean);
    check(sources, ground, grid, "focal: {of: ground, radius: 90 m, statistic: deviation}", 90, deviation);
    check(sources, ground, grid, "focal: {of: ground, radius: 60 m, statistic: minimum}", 60,
          [](const auto& values) { return std::ranges::min(values); });
    check(sources, ground, grid, "focal: {of: ground, radius: 60 m, statistic: maximum}", 60,
          [](const auto& values) { return std::ranges::max(values); });
}

TEST_CASE("counts add up to those within the radius") {
    const Folder folder;
    const Grid grid = tests::grid_of(10, 10, 30);
    const Ground ground(folder, 10, 30, Values::counts);
    Sources sources({ground.spec}, {});
    check(sources, ground, grid, "focal: {of: ground, radius: 120 m, statistic: sum}", 120, sum);
}

TEST_CASE("the share of classes among the cells with data") {
    const Folder folder;
    const Grid grid = tests::grid_of(10, 10, 30);
    const Ground ground(folder, 10, 30, Values::classes);
    Sources sources({ground.spec}, {});
    const auto share = [](const std::vector<double>& values) {
        const auto n = std::ranges::count_if(values, [](double v) { return v == 2 || (v >= 5 && v <= 7); });
        return 100.0 * static_cast<double>(n) / static_cast<double>(values.size());
    };
    check(sources, ground, grid, "focal: {of: ground, radius: 200 m, statistic: share, classes: [2, 5..7]}", 200,
          share);
    CHECK(measured(sources, "focal: {of: ground, radius: 1 km, statistic: share, classes: 2}", grid).unit.name == "%");
}

TEST_CASE("a cell of several pixels has the part of them that are of the classes") {
    const Folder folder;
    const Grid grid = tests::grid_of(8, 8, 30);
    const Ground ground(folder, 8, 10, Values::classes);
    Sources sources({ground.spec}, {});
    const layers::Layer layer =
        measured(sources, "focal: {of: ground, radius: 29 m, statistic: share, classes: [0..3]}", grid);
    const Tile tile = layer.tile(grid.window());
    for (int row = 0; row < 8; ++row)
        for (int col = 0; col < 8; ++col) {
            double with_data = 0, of_classes = 0;
            for (int i = 0; i < 9; ++i) {
                const int c = (rim + col) * 3 + i % 3, r = (rim + row) * 3 + i / 3;
                const float v = ground.numbers[static_cast<std::size_t>(r * ground.cols + c)];
                with_data += v != -9999.0F;
                of_classes += v >= 0 && v <= 3;
            }
            CHECK(1.0 * tile[{col, row}] == doctest::Approx(100 * of_classes / with_data).epsilon(1e-6));
        }
    CHECK(same_in_tiles(layer, grid, 3));
}

TEST_CASE("numbers are in the base of the layer's unit") {
    const Folder folder;
    const Grid grid = tests::grid_of(10, 10, 30);
    Ground ground(folder, 10, 30, Values::continuous);
    ground.spec.unit = layers::unit_called("km");
    Sources sources({ground.spec}, {});
    for (const auto& [statistic, f] : {std::pair{"mean", &mean}, {"deviation", &deviation}}) {
        const layers::Layer layer =
            measured(sources, fmt::format("focal: {{of: ground, radius: 100 m, statistic: {}}}", statistic), grid);
        CHECK(layer.unit.name == "m");
        CHECK(1.0 * layer.tile({4, 5, 1, 1})[{4, 5}] ==
              doctest::Approx(1000 * ground.of_disc(4, 5, 100, *f)).epsilon(1e-6));
    }
}

TEST_CASE("focal says what doesn't fit") {
    const Folder folder;
    LayerSpec numbers = Ground(folder, 2, 30, Values::continuous).spec, counts = numbers, classes = numbers,
              unsaid = numbers;
    unsaid.name = "unsaid";
    unsaid.values = {};
    counts.name = "people";
    counts.values = Values::counts;
    classes.name = "landcover";
    classes.values = Values::classes;
    Sources sources(
        {numbers, counts, classes, unsaid, tests::wkt_layer(folder, "roads", "kind", {"a,\"LINESTRING (0 0, 1 1)\""})},
        {});
    const auto refused = [&](const std::string& text, const char* why) {
        CAPTURE(text);
        CHECK_THROWS_WITH_AS(measured(sources, "focal: {radius: 1 km, " + text + "}", tests::grid_of(1, 1, 10)), why,
                             Error);
    };
    refused("of: roads", "test: layer 'roads' holds lines; focal needs a raster");
    refused("of: landcover", "test: layer 'landcover' holds classes: they have a share (statistic: share) and no mean");
    refused("of: people, statistic: maximum",
            "test: layer 'people' holds counts, whose maximum depends on the cell; take the sum (statistic: sum)");
    refused("of: ground, statistic: sum",
            "test: layer 'ground' holds no counts to add up; write `values: counts` for it, or take the mean");
    refused("of: ground, statistic: share, classes: 3",
            "test: layer 'ground' holds no classes; write `values: classes` for it");
    refused("of: unsaid, statistic: share, classes: 3",
            "test: layer 'unsaid' doesn't say that its numbers are classes; write `values: classes` for it");
    refused("of: landcover, statistic: share", "test: classes: which classes of layer 'landcover' is it the share of?");
    refused("of: ground, classes: 3", "test: classes: they have a share (statistic: share) and no mean");
    refused("of: landcover, statistic: share, classes: forest",
            "classes: class 'forest': the classes of this layer are numbers, without names");
    CHECK_THROWS_WITH_AS(
        measured(sources, "focal: {of: ground, radius: 30 km}", tests::grid_of(1, 1, 10)),
        "radius: 30000 m are 3000 cells of the grid, and no more than 1000 can be looked through: take "
        "a larger cell",
        Error);
    const auto narrow = [&](const std::string& text, const char* why) {
        CHECK_THROWS_WITH_AS(measured(sources, text, tests::grid_of(1, 1, 10)), why, Error);
    };
    narrow("focal: {of: ground, radius: 9 m}",
           "radius: within 9 m of a cell's centre there is no cell but itself, 10 m wide: take 10 m or more");
    narrow("focal: {of: landcover, radius: 4 m, statistic: share, classes: 3}",
           "radius: within 4 m of a cell's centre there is no cell but itself, 10 m wide: take 5 m or more");
    CHECK_NOTHROW(measured(sources, "focal: {of: ground, radius: 10 m}", tests::grid_of(1, 1, 10)));
    CHECK_NOTHROW(measured(sources, "focal: {of: landcover, radius: 5 m, statistic: share, classes: 3}",
                           tests::grid_of(1, 1, 10)));
    CHECK_THROWS_AS(measured(sources, "focal: {of: ground, radius: 0 m}", tests::grid_of(1, 1, 10)), Error);
}
