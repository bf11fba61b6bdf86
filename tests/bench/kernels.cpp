// SPDX-License-Identifier: Apache-2.0
// The loops that studies spend their time in, one by one, timed by the CPU they take. Each
// answer is compared with a plain computation of it first; a wrong one ends in exit code 1.
// percent_of_copy sets the bytes that a kernel can't but read and write, in a second, against
// those of copying memory, measured at the start: at 100 it is as fast as memory.
#include "engine/decision/value_function.hpp"
#include "rasters/crs.hpp"
#include "rasters/distance.hpp"
#include "rasters/terrain.hpp"
#include "rasters/writer.hpp"
#include "rasters/zonal/coverage.hpp"
#include "tests/bench/timing.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/random_shapes.hpp"
#include "tests/support/yaml.hpp"

#if __has_include("rasters/focal.hpp")
#include "rasters/focal.hpp"
#endif
#if __has_include("rasters/codec/tiff_file.hpp")
#include "rasters/codec/tiff_file.hpp"
#endif

#include <gdal_priv.h>

#include <cstdio>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::bench;
using tests::Random;

namespace {

// A map of a district: 16 million cells, which no cache holds.
Grid district(int side = 4096) {
    return {parse_crs("EPSG:32643").wkt, 30, 10'000, -120'000, side, side, {}};
}

Tile noise(Window window, double low, double high, std::uint64_t seed) {
    Random random(seed);
    Tile tile = Tile::unset(window);
    for (float& value : tile.values())
        value = static_cast<float>(random.in(low, high));
    return tile;
}

void linear_value(benchmark::State& state) {
    const auto& kind = layers::find(engine::value_functions(), "value function", "linear");
    const auto function = kind.make(tests::params(kind, "{worst: 3.7, best: 9.3}"), {});
    const Tile measured = noise(district().window(), 0, 12, 1);
    Tile value = Tile::unset(measured.window());
    const auto run = [&] { function.apply(measured.values(), value.values()); };
    const auto expected = [&](std::size_t i) { return std::clamp((measured.values()[i] - 3.7) / 5.6, 0.0, 1.0); };
    run();
    if (!right(state, near_all(value.values(), expected, 1e-6)))
        return;
    const auto cells = static_cast<double>(measured.window().size());
    time(state, cells, 8 * cells, run);
}
BENCHMARK(linear_value)->Unit(benchmark::kMillisecond);

/// Percent, as Horn has it.
double slope_at(const Tile& z, Cell c, double cell) {
    double east = 0, north = 0;
    for (const int k : {-1, 0, 1}) {
        const double weight = k == 0 ? 2 : 1;
        east += weight * (z[{c.col + 1, c.row + k}] - z[{c.col - 1, c.row + k}]);
        north += weight * (z[{c.col + k, c.row - 1}] - z[{c.col + k, c.row + 1}]);
    }
    return 100 * std::hypot(east, north) / (8 * cell);
}

void slope_of_hills(benchmark::State& state) {
    const Grid grid = district();
    const Tile z = noise(grid.window().grown(1), 1000, 1100, 2);
    const auto expected = [&](Cell c) { return slope_at(z, c, grid.cell); };
    if (!right(state, near_some(slope(z, grid, grid.window()), expected, 1e-3)))
        return;
    const auto cells = static_cast<double>(grid.window().size());
    time(state, cells, 8 * cells, [&] { benchmark::DoNotOptimize(slope(z, grid, grid.window())); });
}
BENCHMARK(slope_of_hills)->Unit(benchmark::kMillisecond);

// As dense as the roads of a country: 5,000 over 60 x 60 km.
std::vector<Shape> roads(const Grid& grid) {
    Random random(3);
    std::vector<Shape> shapes;
    for (int i = 0; i < 5000; ++i)
        shapes.push_back({{}, {tests::road(random, random.in(grid.box()), 22, 180)}, {}});
    return shapes;
}

double distance_by_hand(const std::vector<Shape>& shapes, Point from) {
    double least = std::numeric_limits<double>::infinity();
    for (const Shape& shape : shapes)
        for_each_segment(shape, [&](Point a, Point b) {
            const double x = b.x - a.x, y = b.y - a.y, length = x * x + y * y;
            const double t = length > 0 ? std::clamp(((from.x - a.x) * x + (from.y - a.y) * y) / length, 0.0, 1.0) : 0;
            least = std::min(least, std::hypot(from.x - a.x - t * x, from.y - a.y - t * y));
        });
    return least;
}

void distance_to_roads(benchmark::State& state) {
    const Grid grid = district(2048);
    const std::vector<Shape> shapes = roads(grid);
    const DistanceIndex index(shapes);
    const auto run = [&](Window window) { return index.to_centres(grid, window); };
    const auto expected = [&](Cell c) { return distance_by_hand(shapes, grid.centre(c)); };
    if (!right(state, near_some(run(grid.window()), expected, 1e-3)))
        return;
    const auto cells = static_cast<double>(grid.window().size());
    time(state, cells, 4 * cells, [&] {
        for (const Window& window : tiles(grid.window(), 512))
            benchmark::DoNotOptimize(run(window));
    });
}
BENCHMARK(distance_to_roads)->Unit(benchmark::kMillisecond);

void index_of_roads(benchmark::State& state) {
    const std::vector<Shape> shapes = roads(district(2048));
    const double edges = 22.0 * static_cast<double>(shapes.size());
    time(state, edges, 0, [&] { benchmark::DoNotOptimize(DistanceIndex(shapes)); });
}
BENCHMARK(index_of_roads)->Unit(benchmark::kMillisecond);

// Sites of 50 to 500 hectares.
std::vector<Shape> sites(const Grid& grid) {
    Random random(4);
    std::vector<Shape> shapes;
    for (int i = 0; i < 500; ++i)
        shapes.push_back({{}, {}, {{{tests::star(random, random.in(grid.box().grown(-2000)), 400, 1200, 48)}}}});
    return shapes;
}

double covered_area(const Raster<std::int32_t>& shares, const Grid& grid) {
    double sum = 0;
    for (const std::int32_t share : shares.values())
        sum += share;
    return sum / full_coverage * grid.cell * grid.cell;
}

void coverage_of_sites(benchmark::State& state) {
    const Grid grid = district();
    const std::vector<Shape> shapes = sites(grid);
    const auto run = [&](const Shape& site) { return coverage(site, grid, grid.cover(bounds(site))); };
    double cells = 0, worst = 0;
    for (const Shape& site : shapes) {
        const Raster<std::int32_t> shares = run(site);
        worst = std::max(worst, std::abs(covered_area(shares, grid) / area(site) - 1));
        cells += static_cast<double>(shares.window().size());
    }
    if (!right(state, worst < 1e-6))
        return;
    time(state, cells, 4 * cells, [&] {
        for (const Shape& site : shapes)
            benchmark::DoNotOptimize(run(site));
    });
}
BENCHMARK(coverage_of_sites)->Unit(benchmark::kMillisecond);

/// What GDAL reads from the file.
Tile read_back(const std::filesystem::path& path, Window window) {
    Tile tile = Tile::unset(window);
    GDALDataset* file = GDALDataset::Open(path.c_str());
    if (file == nullptr ||
        file->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, window.cols, window.rows, tile.values().data(), window.cols,
                                         window.rows, GDT_Float32, 0, 0, nullptr) != CE_None)
        std::ranges::fill(tile.values(), no_data);
    delete file;
    return tile;
}

// As smooth as a study's.
Tile scores(const Grid& grid) {
    Tile tile = noise(grid.window(), 0, 0.001, 5);
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col)
            tile[{col, row}] += static_cast<float>(0.5 + 0.4 * std::sin(col / 90.0) * std::cos(row / 70.0));
    return tile;
}

void write_cog(const std::filesystem::path& path, const Grid& grid, const Tile& tile) {
    CogWriter<float> writer(path, grid, {"score"});
    writer.write(tile);
    writer.close();
}

// With overviews and statistics.
void cog_of_scores(benchmark::State& state) {
    const Grid grid = district(2048);
    const tests::Folder folder;
    const Tile tile = scores(grid);
    const auto run = [&] { write_cog(folder / "scores.tif", grid, tile); };
    run();
    const Tile found = read_back(folder / "scores.tif", grid.window());
    if (!right(state, near_all(
                          found.values(), [&](std::size_t i) { return tile.values()[i]; }, 0)))
        return;
    const auto cells = static_cast<double>(grid.window().size());
    time(state, cells, 4 * cells, run);
}
BENCHMARK(cog_of_scores)->Unit(benchmark::kMillisecond);

#if __has_include("rasters/focal.hpp")
void focal_mean(benchmark::State& state) {
    const Disc disc(1000 / 30.0);
    const Window window{0, 0, 2048, 2048};
    const Tile values = noise(window.grown(disc.reach()), 2, 12, 6);
    const auto expected = [&](Cell c) {
        double sum = 0;
        for (int x = -33; x <= 33; ++x)
            for (int y = -33; y <= 33; ++y)
                sum += 9 * (x * x + y * y) <= 10'000 ? values[{c.col + x, c.row + y}] : 0;
        return sum / static_cast<double>(disc.size());
    };
    if (!right(state, near_some(focal(values, window, disc, Focal::mean), expected, 1e-5)))
        return;
    const auto cells = static_cast<double>(window.size());
    time(state, cells, 8 * cells, [&] { benchmark::DoNotOptimize(focal(values, window, disc, Focal::mean)); });
}
BENCHMARK(focal_mean)->Unit(benchmark::kMillisecond);
#endif

#if __has_include("rasters/codec/tiff_file.hpp")
// Of a map of our own: ZSTD and a predictor.
void tiff_blocks(benchmark::State& state) {
    const Grid grid = district(2048);
    const tests::Folder folder;
    const Tile tile = scores(grid);
    write_cog(folder / "scores.tif", grid, tile);
    const auto file = TiffFile::open(folder / "scores.tif", 1);
    Tile block = Tile::unset({0, 0, 512, 512});
    bool same = true;
    const auto each_block = [&](auto&& visit) {
        for (const Window& window : tiles(grid.window(), 512)) {
            file->read(window.col / 512, window.row / 512, std::as_writable_bytes(block.values()));
            visit(window);
        }
    };
    each_block([&](Window window) {
        for (int row = 0; row < 512; ++row)
            same = same && std::ranges::equal(block.row(row), tile.row(window.row + row).subspan(window.col, 512));
    });
    if (!right(state, same))
        return;
    const auto cells = static_cast<double>(grid.window().size());
    time(state, cells, 4 * cells, [&] { each_block([&](Window) { benchmark::DoNotOptimize(block); }); });
}
BENCHMARK(tiff_blocks)->Unit(benchmark::kMillisecond);
#endif

} // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    GDALAllRegister();
    std::printf("copying memory: %.1f GB/s, read and written\n", memory_rate() / 1e9);
    benchmark::RunSpecifiedBenchmarks();
    return all_right ? 0 : 1;
}
