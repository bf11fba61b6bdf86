// SPDX-License-Identifier: Apache-2.0
#include "layers/hot_spots.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace zonerank;
using layers::Layer;
using layers::LayerSpec;
using layers::Sources;
using rasters::Cell;
using rasters::Grid;
using rasters::Tile;
using tests::Folder;

namespace {

constexpr float none = -9999;

/// Numbers for the cells of a grid, row by row; -9999 is no data.
LayerSpec ground(const Folder& folder, const Grid& grid, const std::vector<float>& numbers) {
    LayerSpec spec;
    spec.name = "ground";
    spec.paths = {tests::write_raster(
        folder / "ground.tif",
        {.west = grid.box().xmin, .north = grid.box().ymax, .cell = grid.cell, .cols = grid.cols, .rows = grid.rows},
        numbers)};
    return spec;
}

Layer solved(Sources& sources, const std::string& measure, const Grid& grid) {
    Layer layer = tests::measured(sources, measure, grid);
    layer.field->solve({});
    return layer;
}

Tile measured(const Folder& folder, const Grid& grid, const std::vector<float>& numbers, const std::string& within,
              const std::string& kind = "hot spots") {
    Sources sources({ground(folder, grid, numbers)}, {});
    const Layer layer =
        solved(sources, fmt::format("{}: {{measure: {{sample: {{of: ground}}}}, within: {}}}", kind, within), grid);
    CHECK(tests::same_in_tiles(layer, grid, 11));
    return tests::whole(layer, grid);
}

/// Gi* by its general formula, with the sum of weights and that of their squares, one
/// cell after the other.
double deviate(const Grid& grid, const std::vector<float>& numbers, Cell at, double cells) {
    double n = 0, sum = 0, squares = 0, w1 = 0, w2 = 0, near = 0;
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col)
            if (const auto x = static_cast<double>(numbers[static_cast<std::size_t>(row * grid.cols + col)]);
                x != static_cast<double>(none)) {
                const double weight = std::hypot(col - at.col, row - at.row) <= cells ? 1 : 0;
                n += 1;
                sum += x;
                squares += x * x;
                w1 += weight;
                w2 += weight * weight;
                near += weight * x;
            }
    const double mean = sum / n, s = std::sqrt(squares / n - mean * mean);
    return (near - mean * w1) / (s * std::sqrt((n * w2 - w1 * w1) / (n - 1)));
}

std::vector<float> noise(const Grid& grid, float base) {
    std::mt19937 random(7);
    std::vector<float> numbers;
    for (int i = 0; i < grid.cols * grid.rows; ++i)
        numbers.push_back(random() % 9 == 0 ? none : base + static_cast<float>(random() % 1000) / 100);
    for (int row = 5; row < 12; ++row)
        for (int col = 20; col < 26; ++col)
            if (float& x = numbers[static_cast<std::size_t>(row * grid.cols + col)]; x != none)
                x += 20;
    return numbers;
}

std::string said(const std::string& parameters) {
    const Folder folder;
    const Grid grid = tests::grid_of(4, 4, 100);
    LayerSpec classes = ground(folder, grid, std::vector<float>(16, 1));
    classes.name = "classes";
    classes.values = rasters::Values::classes;
    Sources sources({ground(folder, grid, std::vector<float>(16, 1)), classes}, {});
    try {
        tests::measured(sources, "hot spots: " + parameters, grid);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

} // namespace

// Six points, a distance of 15, weights of 0 and 1: the Gi* that PySAL's documentation
// gives of them (esda.G_Local with star=True).
TEST_CASE("a published example") {
    const Folder folder;
    const Grid grid = tests::grid_of(7, 5, 5);
    std::vector<float> numbers(35, none);
    struct Point {
        int x, y;
        float value;
        double z;
    };
    const std::vector<Point> points{{10, 10, 2, -1.39727626}, {20, 10, 3, -0.28917762}, {40, 10, 3.2F, 0.65064964},
                                    {15, 20, 5, -0.28917762}, {30, 20, 8, 1.23452088},  {30, 30, 7, 2.02424331}};
    const auto cell = [](const Point& p) { return Cell{p.x / 5 - 2, 6 - p.y / 5}; };
    for (const Point& p : points)
        numbers[static_cast<std::size_t>(cell(p).row * 7 + cell(p).col)] = p.value;
    const Tile z = measured(folder, grid, numbers, "15 m"), p = measured(folder, grid, numbers, "15 m, statistic: p");
    for (const Point& point : points)
        CHECK(static_cast<double>(z[cell(point)]) == doctest::Approx(point.z).epsilon(1e-6));
    CHECK(static_cast<double>(p[cell(points[5])]) == doctest::Approx(0.0429447).epsilon(1e-5)); // of the normal table
    CHECK(std::ranges::count_if(z.values(), [](float v) { return std::isnan(v); }) == 29);
}

TEST_CASE("each cell's deviate is that of the formula, at the edges and around holes, too") {
    const Folder folder;
    const Grid grid = tests::grid_of(37, 29, 100);
    for (const float base : {0.0F, 4000.0F}) { // far from 0 digits are not lost
        const std::vector<float> numbers = noise(grid, base);
        for (const double cells : {1.0, 3.5, 12.0}) {
            const Tile z = measured(folder, grid, numbers, fmt::format("{} m", cells * 100));
            for (int row = 0; row < grid.rows; ++row)
                for (int col = 0; col < grid.cols; ++col) {
                    const float value = z[{col, row}];
                    REQUIRE(std::isnan(value) == (numbers[static_cast<std::size_t>(row * 37 + col)] == none));
                    if (!std::isnan(value))
                        REQUIRE(static_cast<double>(value) ==
                                doctest::Approx(deviate(grid, numbers, {col, row}, cells)).epsilon(1e-4));
                }
        }
    }
}

TEST_CASE("classes by the usual limits") {
    const Folder folder;
    const Grid grid = tests::grid_of(37, 29, 100);
    const std::vector<float> numbers = noise(grid, 0);
    const Tile z = measured(folder, grid, numbers, "300 m"),
               classes = measured(folder, grid, numbers, "300 m", "hot spot class");
    std::vector<int> met(7);
    for (std::size_t c = 0; c < z.values().size(); ++c) {
        const float value = z.values()[c];
        if (std::isnan(value)) {
            CHECK(std::isnan(classes.values()[c]));
            continue;
        }
        const float size = std::abs(value);
        const int steps = size >= 2.575829F ? 3 : size >= 1.959964F ? 2 : size >= 1.644854F ? 1 : 0;
        CHECK(classes.values()[c] == static_cast<float>(value < 0 ? 3 - steps : 3 + steps));
        ++met[static_cast<std::size_t>(classes.values()[c])];
    }
    CHECK(met[6] > 30); // the patch of 7 x 6
    CHECK(met[3] > 300);
    Sources sources({ground(folder, grid, numbers)}, {});
    const Layer layer =
        tests::measured(sources, "hot spot class: {measure: {sample: {of: ground}}, within: 300 m}", grid);
    CHECK(layer.categorical);
    CHECK(layer.classes[3] == "not significant");
    CHECK(layer.classes[6] == "hot 99 %");
}

TEST_CASE("of industrial land, and where there is nothing to compare") {
    const Folder folder;
    const Grid grid = tests::grid_of(40, 40, 100);
    const LayerSpec land = tests::wkt_layer(
        folder, "land", "class",
        {"works,\"POLYGON ((500500 3600500,501500 3600500,501500 3601500,500500 3601500,500500 3600500))\"",
         "farm,\"POLYGON ((502000 3602000,503000 3602000,503000 3603000,502000 3603000,502000 3602000))\""});
    Sources sources({land}, {});
    const std::string cover = "hot spots: {within: 500 m, measure: {cover: {of: land, where: \"class = 'works'\"}}}";
    const Layer layer = solved(sources, cover, grid);
    const Tile z = tests::whole(layer, grid);
    CHECK(z[{10, 29}] > 10);
    CHECK(z[{25, 14}] < 0);
    CHECK(layers::layers_of(tests::measure(sources, cover)) == std::vector<std::string>{"land"});
    const Grid small = tests::grid_of(6, 6, 100);
    for (const char* within : {"100 m", "5 km"}) {
        const Tile level = measured(folder, small, std::vector<float>(36, 7), within);
        CHECK(std::ranges::count(level.values(), 0.0F) == 36);
    }
    const Tile nothing = measured(folder, small, std::vector<float>(36, none), "200 m");
    CHECK(std::ranges::all_of(nothing.values(), [](float v) { return std::isnan(v); }));
}

TEST_CASE("what can't be a hot spot is told") {
    CHECK(said("{measure: {sample: {of: ground}}, within: 50 m}") ==
          "within: within 50 m of a cell's centre there is no cell but itself, 100 m wide: take 100 m or more");
    CHECK(said("{measure: {sampel: {of: ground}}, within: 1 km}")
              .find("unknown measure 'sampel'; did you mean "
                    "'sample'?") != std::string::npos);
    CHECK(said("{measure: {sample: {of: grund}}, within: 1 km}").find("did you mean 'ground'?") != std::string::npos);
    CHECK(said("{measure: {category: {of: classes}}, within: 1 km}").find("measure: classes have no mean") !=
          std::string::npos);
    CHECK(said("{measure: {aspect: {of: ground}}, within: 1 km}").find("directions have no mean") != std::string::npos);
    CHECK(said("{measure: {sample: {of: ground}}, within: 1 km, statistic: q}").find("unknown choice 'q'") !=
          std::string::npos);
}
