// SPDX-License-Identifier: Apache-2.0
#include "rasters/native.hpp"

#include "rasters/core/simd.hpp"
#include "tests/support/bits.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <random>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::same_bits;

static const Crs utm43 = parse_crs("EPSG:32643");

TEST_CASE("the native grid has the whole number of cells that comes nearest to the source") {
    RasterInfo info;
    info.crs = utm43;
    info.cell_x = info.cell_y = 30;
    const Grid grid{utm43.wkt, 240, 1001, -503, 20, 15, {}};
    CHECK(source_cell(info, grid) == doctest::Approx(30));
    struct Row {
        double cell;
        int factor;
        double native;
    };
    for (const Row& row : {Row{240, 8, 30},
                           {100, 3, 100.0 / 3},
                           {43, 2, 21.5},
                           {42, 1, 42},
                           {40, 1, 40},
                           {30, 1, 30},
                           {25, 1, 25},
                           {15, -2, 30},
                           {10, -3, 30},
                           {7, -4, 28},
                           {1, -30, 30}}) {
        CAPTURE(row.cell);
        Grid of_cell = grid;
        of_cell.cell = row.cell;
        const NativeGrid native = native_grid(info, of_cell);
        CHECK(native.factor == row.factor);
        CHECK(native.grid.cell == row.native);
    }
    // 3 arc-seconds at 33 N: 92.4 m north-south, 77.9 m east-west.
    info.crs = wgs84();
    info.cell_x = info.cell_y = 1.0 / 1200;
    const Grid mirpur = grid_over(reproject(Box{73.7, 32.9, 73.9, 33.1}, Transform(wgs84(), utm43)), 100, utm43.wkt);
    CHECK(source_cell(info, mirpur) == doctest::Approx(std::sqrt(92.4 * 77.9)).epsilon(0.002));
}

TEST_CASE("from the native grid: means where cells shrink, interpolation where they grow") {
    RasterInfo info;
    info.crs = utm43;
    info.cell_x = info.cell_y = 25;
    const Grid grid{utm43.wkt, 100, -7, 13, 6, 5, {}};
    const NativeGrid fine = native_grid(info, grid);
    REQUIRE(fine.factor == 4);
    const Window window{-1, 2, 3, 2};
    const Window needed = native_window(fine, window);
    CHECK(needed == Window{-4, 8, 12, 8});
    CHECK(fine.grid.box(needed) == grid.box(window));
    Tile native(needed, no_data);
    for (int row = 8; row < 16; ++row)
        for (int col = -4; col < 8; ++col)
            if (col >= 4 ? row == 8 : row < 12 || col < 0)
                native[{col, row}] = static_cast<float>(col + 100 * row);
    const Tile back = from_native(std::move(native), fine, window);
    CHECK(back[{-1, 2}] == -2.5F + 950);
    CHECK(back[{0, 3}] != back[{0, 3}]);
    CHECK(back[{1, 2}] == 5.5F + 800); // the four that there are

    info.cell_x = info.cell_y = 400;
    for (const std::int64_t shift : {0, 1, 2, 3}) {
        Grid shifted = grid;
        shifted.west += shift;
        shifted.north -= shift;
        const NativeGrid coarse = native_grid(info, shifted);
        REQUIRE(coarse.factor == -4);
        const Window part{1, 1, 4, 3};
        const Window around = native_window(coarse, part);
        Tile plane(around);
        for (int row = around.row; row < around.row + around.rows; ++row)
            for (int col = around.col; col < around.col + around.cols; ++col)
                plane[{col, row}] = static_cast<float>(coarse.grid.centre_x(col) + 2 * coarse.grid.centre_y(row));
        const Tile between = from_native(std::move(plane), coarse, part);
        for (int row = 1; row < 4; ++row)
            for (int col = 1; col < 5; ++col)
                CHECK(1.0 * between[{col, row}] ==
                      doctest::Approx(shifted.centre_x(col) + 2 * shifted.centre_y(row)).epsilon(1e-6));
    }
}

namespace {

// Native cells under a window, a third of them without data.
Tile holed(const NativeGrid& fine, Window window) {
    std::mt19937 random(8);
    Tile tile(native_window(fine, window).grown(1));
    for (float& v : tile.values())
        v = random() % 3 == 0 ? no_data : static_cast<float>(random() % 10'000) / 7;
    return tile;
}

double mean_of(const Tile& native, Cell cell, int factor) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < factor * factor; ++i)
        if (const float v = native[{cell.col * factor + i % factor, cell.row * factor + i / factor}]; !std::isnan(v)) {
            sum += static_cast<double>(v);
            ++n;
        }
    return n > 0 ? sum / n : std::nan("");
}

// From the four native cells around a centre those with data, by their nearness.
double bilinear_of(const Tile& native, Cell cell, const NativeGrid& fine) {
    const double x = (cell.col + fine.first.col + 0.5) / -fine.factor - 0.5;
    const double y = (cell.row + fine.first.row + 0.5) / -fine.factor - 0.5;
    if (std::isnan(native[{static_cast<int>(std::floor(x + 0.5)), static_cast<int>(std::floor(y + 0.5))}]))
        return std::nan("");
    const int west = static_cast<int>(std::floor(x)), north = static_cast<int>(std::floor(y));
    double sum = 0, weight = 0;
    for (const int row : {north, north + 1})
        for (const int col : {west, west + 1})
            if (const float v = native[{col, row}]; !std::isnan(v)) {
                const double share = (1 - std::abs(x - col)) * (1 - std::abs(y - row));
                sum += share * static_cast<double>(v);
                weight += share;
            }
    return sum / weight;
}

} // namespace

TEST_CASE("holes are left out of means and interpolation, cell by cell and on all processors") {
    const Grid grid{utm43.wkt, 100, -7, 13, 60, 50, {}};
    const Window window{-3, 5, 37, 23};
    for (const int factor : {1, 2, 3, 8, -2, -3, -5}) {
        CAPTURE(factor);
        const NativeGrid fine{grid, factor, factor < 0 ? Cell{1, 0} : Cell{}};
        const Tile native = holed(fine, window);
        limit_simd(Simd::baseline);
        const Tile tile = from_native(native.copy(), fine, window);
        for (int row = window.row; row < window.row + window.rows; ++row)
            for (int col = window.col; col < window.col + window.cols; ++col) {
                const double expected =
                    factor > 0 ? mean_of(native, {col, row}, factor) : bilinear_of(native, {col, row}, fine);
                REQUIRE(std::isnan(expected) == std::isnan(tile[{col, row}]));
                if (!std::isnan(expected))
                    CHECK(1.0 * tile[{col, row}] == doctest::Approx(expected).epsilon(1e-7));
            }
        for (const Simd level : {Simd::avx2, Simd::avx512}) {
            limit_simd(level);
            CHECK(same_bits(from_native(native.copy(), fine, window), tile));
        }
        limit_simd(best_simd());
        for (const Window& w : tiles(window, 8)) {
            const Tile part = from_native(native.copy(), fine, w);
            for (int row = w.row; row < w.row + w.rows; ++row)
                CHECK(std::memcmp(part.row(row).data(), &tile[{w.col, row}], part.row(row).size_bytes()) == 0);
        }
    }
}

TEST_CASE("native cells that are the grid's are handed on, not copied") {
    const Grid grid{utm43.wkt, 100, 0, 0, 60, 50, {}};
    Tile native(grid.window(), 3);
    const float* values = native.values().data();
    CHECK(from_native(std::move(native), {grid, 1, {}}, grid.window()).values().data() == values);
}

TEST_CASE("parts of a window make the whole") {
    const Grid grid{utm43.wkt, 100, 0, 0, 60, 50, {}};
    const Window window{-2, 3, 41, 29};
    int parts = 0;
    const std::function<Tile(Window)> numbered = [&](Window w) {
        ++parts;
        CHECK(w.cols <= 10);
        CHECK(w.rows <= 10);
        Tile tile(w);
        for (int row = w.row; row < w.row + w.rows; ++row)
            for (int col = w.col; col < w.col + w.cols; ++col)
                tile[{col, row}] = static_cast<float>(col + 1000 * row);
        return tile;
    };
    const Tile whole = in_parts(window, {grid, 100, {}}, numbered);
    CHECK(parts == 15);
    CHECK(whole.window() == window);
    for (int row = 3; row < 32; ++row)
        for (int col = -2; col < 39; ++col)
            REQUIRE(whole[{col, row}] == static_cast<float>(col + 1000 * row));
}
