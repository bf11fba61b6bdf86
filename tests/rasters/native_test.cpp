// SPDX-License-Identifier: Apache-2.0
#include "rasters/native.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::rasters;

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
    const Tile back = from_native(native, fine, window);
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
        const Tile between = from_native(plane, coarse, part);
        for (int row = 1; row < 4; ++row)
            for (int col = 1; col < 5; ++col)
                CHECK(1.0 * between[{col, row}] ==
                      doctest::Approx(shifted.centre_x(col) + 2 * shifted.centre_y(row)).epsilon(1e-6));
    }
}
