// SPDX-License-Identifier: Apache-2.0
#include "rasters/terrain.hpp"

#include "rasters/core/simd.hpp"
#include "rasters/native.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <gdal_priv.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <random>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::Folder;

namespace {

constexpr int side = 64;
const Grid grid{parse_crs("EPSG:32643").wkt, 30, 10'000, -120'000, side, side, {}};

Tile elevations(const std::function<double(int col, int row)>& z) {
    Tile tile(grid.window().grown(1));
    for (int row = -1; row <= side; ++row)
        for (int col = -1; col <= side; ++col)
            tile[{col, row}] = static_cast<float>(z(col, row));
    return tile;
}

// A plane that falls towards `degrees` by `percent`.
Tile plane(double degrees, double percent) {
    const double a = degrees * 3.14159265358979 / 180;
    return elevations(
        [=](int col, int row) { return 1000 - percent / 100 * 30 * (col * std::sin(a) - row * std::cos(a)); });
}

Tile rough() {
    std::mt19937 random(11);
    std::normal_distribution<double> noise(0, 8);
    return elevations([&](int col, int row) {
        return col == 20 && row == 30 ? std::nan("")
                                      : 600 + 90 * std::sin(col / 7.0) * std::cos(row / 5.0) + noise(random);
    });
}

// gdaldem's answer over the elevations, its own edge of no data left out.
std::vector<float> gdaldem(const Folder& folder, const Tile& elevation, const std::string& what) {
    const Box box = grid.box(elevation.window());
    std::vector<float> values(elevation.values().begin(), elevation.values().end());
    std::replace_if(
        values.begin(), values.end(), [](float v) { return std::isnan(v); }, -9999.0F);
    const std::string from =
        tests::write_raster(folder / "dem.tif", {"EPSG:32643", box.xmin, box.ymax, 30, side + 2, side + 2}, values);
    const std::string to = folder / "answer.tif";
    const std::string said = tests::output_of("gdaldem " + what + " -q " + from + " " + to);
    REQUIRE_MESSAGE(said.empty(), said);
    const auto file = open(to, DatasetKind::raster, {});
    std::vector<float> answer(side * side);
    REQUIRE(file->GetRasterBand(1)->RasterIO(GF_Read, 1, 1, side, side, answer.data(), side, side, GDT_Float32, 0, 0,
                                             nullptr) == CE_None);
    return answer;
}

void check_same(const Tile& ours, const std::vector<float>& theirs, double tolerance) {
    double largest = 0;
    int only_one = 0, with_data = 0;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const bool here = !std::isnan(ours.values()[i]), there = theirs[i] != -9999.0F;
        only_one += here != there;
        with_data += here;
        if (here && there)
            largest = std::max(largest, std::abs(1.0 * ours.values()[i] - 1.0 * theirs[i]));
    }
    CHECK(only_one == 0);
    CHECK(with_data == side * side - 9); // a hole takes its eight neighbours along
    CHECK(largest <= tolerance);
}

double mean(const Tile& tile) {
    double sum = 0;
    int n = 0;
    for (const float v : tile.values())
        if (!std::isnan(v)) {
            sum += 1.0 * v;
            ++n;
        }
    return sum / n;
}

} // namespace

TEST_CASE("slope, aspect and ruggedness are gdaldem's") {
    const Folder folder;
    const Tile z = rough();
    check_same(slope(z, grid, grid.window()), gdaldem(folder, z, "slope -p"), 1e-3);
    check_same(aspect(z, grid, grid.window(), 0), gdaldem(folder, z, "aspect"), 1e-2);
    check_same(ruggedness(z, grid, grid.window()), gdaldem(folder, z, "TRI -alg Riley"), 1e-4);
}

TEST_CASE("a plane's slope and direction are its own") {
    for (const double degrees : {0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 359.0})
        for (const double percent : {1.0, 15.0, 100.0}) {
            CAPTURE(degrees);
            const Tile z = plane(degrees, percent);
            CHECK(1.0 * slope(z, grid, {5, 5, 1, 1})[{5, 5}] == doctest::Approx(percent).epsilon(1e-3));
            const double towards = 1.0 * aspect(z, grid, {5, 5, 1, 1}, 0.5)[{5, 5}];
            CHECK(std::abs(std::remainder(towards - degrees, 360)) < 0.1);
            CHECK(towards >= 0);
            CHECK(towards < 360);
        }
}

TEST_CASE("below the threshold a cell is flat, not without direction") {
    CHECK(aspect(plane(90, 2), grid, {5, 5, 1, 1}, 3)[{5, 5}] == -1);
    CHECK(1.0 * aspect(plane(90, 4), grid, {5, 5, 1, 1}, 3)[{5, 5}] == doctest::Approx(90).epsilon(0.01));
    CHECK(aspect(plane(90, 0), grid, {5, 5, 1, 1}, 0)[{5, 5}] == -1);
}

TEST_CASE("a window has the numbers of the whole") {
    const Tile z = rough();
    const Tile whole = slope(z, grid, grid.window());
    for (const Window& w : tiles(grid.window(), 17)) {
        const Tile part = slope(z, grid, w);
        for (int row = w.row; row < w.row + w.rows; ++row)
            for (int col = w.col; col < w.col + w.cols; ++col)
                CHECK((part[{col, row}] == whole[{col, row}] || std::isnan(part[{col, row}])));
    }
}

TEST_CASE("the bits are the same on all processors") {
    const Tile z = rough();
    const auto kernels = {std::function<Tile()>([&] { return slope(z, grid, grid.window()); }),
                          std::function<Tile()>([&] { return aspect(z, grid, grid.window(), 3); }),
                          std::function<Tile()>([&] { return ruggedness(z, grid, grid.window()); })};
    for (const auto& kernel : kernels) {
        limit_simd(Simd::baseline);
        const Tile expected = kernel();
        for (const Simd level : {Simd::avx2, Simd::avx512}) {
            limit_simd(level);
            const Tile found = kernel();
            CHECK(std::memcmp(found.values().data(), expected.values().data(), found.values().size_bytes()) == 0);
        }
        limit_simd(best_simd());
    }
    CHECK(slope(z, grid, {3, 3, 0, 5}).values().empty());
}

TEST_CASE("Spearfish: the slope of coarse cells is the mean of the native slope") {
    const char* data = std::getenv("ZONERANK_TEST_DATA");
    if (data == nullptr) {
        MESSAGE("ZONERANK_TEST_DATA is not set");
        return;
    }
    const RasterSource dem{.paths = {std::string(data) + "/terrain/spearfish_dem_30m.tif"},
                           .resample = Resample::cubic};
    const RasterInfo info = inspect(dem, {});
    const Crs utm13 = info.crs;
    const Grid coarse = grid_over(info.box.grown(-500), 240, utm13.wkt);
    const NativeGrid fine = native_grid(info, coarse);
    CHECK(fine.factor == 8);
    const Window needed = native_window(fine, coarse.window());
    Tile native = slope(RasterReader(dem, fine.grid, {}).read(needed.grown(1)), fine.grid, needed);
    const double measured_first = mean(from_native(std::move(native), fine, coarse.window()));

    // The independent answer: gdaldem over the file as it is.
    const Folder folder;
    const std::string to = folder / "slope.tif";
    const std::string said = tests::output_of("gdaldem slope -p -q " + dem.paths[0] + " " + to);
    REQUIRE_MESSAGE(said.empty(), said);
    const Grid own = grid_over(coarse.box(), info.cell_x, utm13.wkt, {info.box.xmin, info.box.ymax});
    const double native_mean = mean(RasterReader({.paths = {to}}, own, {}).read(own.window()));
    CHECK(measured_first == doctest::Approx(native_mean).epsilon(0.01));
    MESSAGE(measured_first << " " << native_mean);

    const Tile averaged = RasterReader(dem, coarse, {}).read(coarse.window().grown(1));
    const double resampled_first = mean(slope(averaged, coarse, coarse.window()));
    MESSAGE(resampled_first);
    CHECK(resampled_first < 0.7 * measured_first);
}
