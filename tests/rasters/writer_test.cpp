// SPDX-License-Identifier: Apache-2.0
#include "rasters/writer.hpp"

#include "rasters/core/simd.hpp"
#include "tests/support/writing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;
namespace fs = std::filesystem;

TEST_CASE("writer: a score map is a cloud-optimised GeoTIFF that others read as it was meant") {
    const Folder folder;
    const Grid g = grid(1300, 700);
    const fs::path path = folder / "suitability.tif";
    write_map<float>(path, g, tiles(g.window(), 256), score,
                     {.description = "Suitability", .metadata = {{"zonerank:version", "0.1.0"}}});

    CHECK(validation(path).find("is a valid cloud optimized GeoTIFF") != std::string::npos);
    auto told = info(path);
    CHECK(told["size"] == nlohmann::json{1300, 700});
    CHECK(told["geoTransform"] == nlohmann::json{300'000.0, 30.0, 0.0, 3'600'000.0, 0.0, -30.0});
    CHECK(told["coordinateSystem"]["wkt"].get<std::string>().find("ID[\"EPSG\",32643]]") != std::string::npos);
    CHECK(told["metadata"][""]["zonerank_version"] == "0.1.0");
    CHECK(told["metadata"]["IMAGE_STRUCTURE"]["COMPRESSION"] == "ZSTD");
    auto band = told["bands"][0];
    CHECK(band["description"] == "Suitability");
    CHECK(band["noDataValue"] == -9999.0);
    CHECK(band["block"] == nlohmann::json{512, 512});
    CHECK(band["overviews"].size() == 2);

    const std::vector<float> read = cells(path);
    int wrong = 0;
    for (int row = 0; row < g.rows; ++row)
        for (int col = 0; col < g.cols; ++col) {
            const float expected = score({col, row});
            const float found = read[static_cast<std::size_t>(row) * 1300 + static_cast<std::size_t>(col)];
            wrong += found != (std::isnan(expected) ? -9999.0F : expected);
        }
    CHECK(wrong == 0);
    // Only the map is left, no spool and no file of GDAL's own.
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("writer: the embedded statistics are those that GDAL computes") {
    const Folder folder;
    const Grid g = grid(640, 400);
    write_map<float>(folder / "map.tif", g, {g.window()}, score);
    auto embedded = info(folder / "map.tif", "--config GDAL_PAM_ENABLED NO")["bands"][0];
    REQUIRE(embedded["metadata"][""].contains("STATISTICS_MEAN"));
    // A copy without metadata has to be computed anew.
    REQUIRE(output_of("gdal_translate -q -of ENVI -ot Float64 --config GDAL_PAM_ENABLED NO " +
                      (folder / "map.tif").string() + " " + (folder / "copy.img").string()) == "");
    auto computed = info(folder / "copy.img", "-stats --config GDAL_PAM_ENABLED NO")["bands"][0]["metadata"][""];
    for (const char* name : {"STATISTICS_MINIMUM", "STATISTICS_MAXIMUM", "STATISTICS_MEAN", "STATISTICS_STDDEV"})
        CHECK(std::stod(embedded["metadata"][""][name].get<std::string>()) ==
              doctest::Approx(std::stod(computed[name].get<std::string>())).epsilon(1e-9));
    CHECK(embedded["metadata"][""]["STATISTICS_VALID_PERCENT"] == computed["STATISTICS_VALID_PERCENT"]);
}

TEST_CASE("writer: bytes depend on the cells alone") {
    const Folder folder;
    const Grid g = grid(1100, 600);
    write_map<float>(folder / "whole.tif", g, {g.window()}, score);
    const std::string expected = read_file(folder / "whole.tif");
    REQUIRE(expected.size() > 10'000);
    for (const int side : {64, 333, 1000}) {
        CAPTURE(side);
        std::vector<Window> order = tiles(g.window(), side);
        std::shuffle(order.begin(), order.end(), std::mt19937(static_cast<unsigned>(side)));
        write_map<float>(folder / "map.tif", g, order, score);
        CHECK(read_file(folder / "map.tif") == expected);
    }
    // Tiles without a cell of the area may be left out, and tiles may reach over the edge.
    std::vector<Window> over = tiles(g.window().grown(50), 400);
    CogWriter<float> writer(folder / "map.tif", g, {});
    const auto half = [&](std::size_t from) {
        for (std::size_t i = from; i < over.size(); i += 2)
            writer.write(tile_of<float>(over[i], score));
    };
    std::thread other(half, 1);
    half(0);
    other.join();
    writer.close();
    CHECK(read_file(folder / "map.tif") == expected);
}

namespace {

std::vector<float> average_of(const std::vector<float>& cells, int cols, int rows) {
    std::vector<float> result;
    for (int row = 0; row < rows; row += 2)
        for (int col = 0; col < cols; col += 2) {
            double sum = 0;
            int count = 0;
            for (int y = row; y < std::min(rows, row + 2); ++y)
                for (int x = col; x < std::min(cols, col + 2); ++x)
                    if (const float cell = cells[static_cast<std::size_t>(y) * static_cast<std::size_t>(cols) +
                                                 static_cast<std::size_t>(x)];
                        cell != -9999) {
                        sum += static_cast<double>(cell);
                        ++count;
                    }
            result.push_back(count > 0 ? static_cast<float>(sum / count) : -9999);
        }
    return result;
}

int overviews_of(const fs::path& path) {
    const auto data = open(path.string(), DatasetKind::raster, {});
    return data->GetRasterBand(1)->GetOverviewCount();
}

} // namespace

TEST_CASE("writer: GDAL reads what was written, of any size, from any tiles, to the bit") {
    const Folder folder;
    const fs::path path = folder / "map.tif";
    for (const auto& [cols, rows] : std::vector<std::pair<int, int>>{
             {1, 1}, {511, 513}, {512, 512}, {513, 511}, {1025, 700}, {5000, 3}, {1024, 1536}}) {
        CAPTURE(cols);
        const Grid g = grid(cols, rows);
        write_map<float>(path, g, tiles(g.window(), 512), score);
        std::vector<float> right;
        for (int row = 0; row < rows; ++row)
            for (int col = 0; col < cols; ++col)
                right.push_back(std::isnan(score({col, row})) ? -9999.0F : score({col, row}));
        const GdalComplaints complaints;
        CHECK(cells(path) == right);
        int c = cols, r = rows;
        for (int overview = 0; overview < overviews_of(path); ++overview) {
            right = average_of(right, c, r);
            c = (c + 1) / 2, r = (r + 1) / 2;
            CHECK(cells(path, overview) == right);
        }
        CHECK((c <= 512 && r <= 512));
        CHECK(complaints.count() == 0);
        const std::string checked = validation(path);
        CHECK(checked.find("is a valid cloud optimized GeoTIFF") != std::string::npos);
        CHECK(checked.find("arning") == std::string::npos);

        const std::string bytes = read_file(path);
        for (const int side : {37, 64, 1000}) {
            std::vector<Window> order = tiles(g.window(), side);
            std::shuffle(order.begin(), order.end(), std::mt19937(static_cast<unsigned>(side)));
            write_map<float>(path, g, order, score);
            CHECK(read_file(path) == bytes);
        }
    }
}

TEST_CASE("writer: all sets of instructions write the same bytes") {
    const Folder folder;
    const Grid g = grid(1025, 700);
    write_map<float>(folder / "best.tif", g, {g.window()}, score);
    for (const Simd level : {Simd::baseline, Simd::avx2}) {
        limit_simd(level);
        write_map<float>(folder / "map.tif", g, {g.window()}, score);
        limit_simd(best_simd());
        CHECK(read_file(folder / "map.tif") == read_file(folder / "best.tif"));
    }
}

TEST_CASE("writer: overviews are GDAL's own averages") {
    const Folder folder;
    const Grid g = grid(2048, 1024);
    const auto smooth = [](Cell c) { return static_cast<float>(std::sin(c.col / 50.0) + c.row / 1000.0); };
    write_map<float>(folder / "map.tif", g, {g.window()}, smooth);
    REQUIRE(output_of("gdal_translate -q -of COG -co OVERVIEW_RESAMPLING=AVERAGE -co OVERVIEWS=IGNORE_EXISTING " +
                      (folder / "map.tif").string() + " " + (folder / "gdal.tif").string()) == "");
    for (const int overview : {0, 1}) {
        const std::vector<float> ours = cells(folder / "map.tif", overview),
                                 gdal = cells(folder / "gdal.tif", overview);
        REQUIRE(ours.size() == gdal.size());
        float apart = 0;
        for (std::size_t i = 0; i < ours.size(); ++i)
            apart = std::max(apart, std::abs(ours[i] - gdal[i]));
        CHECK(apart < 1e-6);
    }
}

TEST_CASE("writer: overviews average scores and leave out the cells without data") {
    const Folder folder;
    const Grid g = grid(1024, 1024);
    write_map<float>(folder / "map.tif", g, {{0, 0, 1024, 512}}, [](Cell c) {
        return c.col % 2 ? 0.25F : c.row % 2 ? no_data : 0.75F;
    });
    const std::vector<float> half = cells(folder / "map.tif", 0);
    REQUIRE(half.size() == 512 * 512);
    CHECK(half[0] == doctest::Approx((0.25 + 0.25 + 0.75) / 3));
    CHECK(half[512 * 300] == -9999.0F);
}

TEST_CASE_TEMPLATE("writer: a map of classes keeps to its classes, with names beside", T, std::uint8_t, std::uint16_t) {
    const Folder folder;
    const Grid g = grid(1200, 600);
    const fs::path path = folder / "constraints.tif";
    const std::vector<Category> categories{
        {0, "outside", {}}, {1, "valid", {200, 200, 200, 255}}, {3, "<unknown>", {}}};
    write_map<T>(path, g, tiles(g.window(), 200), state, {.description = "State", .categories = categories});
    CHECK(validation(path).find("is a valid cloud optimized GeoTIFF") != std::string::npos);
    auto band = info(path)["bands"][0]; // reads the .aux.xml
    CHECK(band["noDataValue"] == 0.0);
    CHECK(band["type"] == (sizeof(T) == 1 ? "Byte" : "UInt16"));
    CHECK(output_of("gdalinfo " + path.string()).find("3: <unknown>") != std::string::npos);
    CHECK(band["colorTable"]["count"] == 4);
    for (const int overview : {-1, 0, 1})
        CHECK(std::ranges::count_if(cells(path, overview), [](float cell) {
                  return !(cell >= 0 && cell <= 3) || cell != std::floor(cell);
              }) == 0);
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("writer: a map of masks keeps all 64 bits") {
    const Folder folder;
    const Grid g = grid(600, 600);
    const auto mask = [](Cell c) { return (std::uint64_t{1} << 63) | static_cast<std::uint64_t>(c.row * 600 + c.col); };
    write_map<std::uint64_t>(folder / "reasons.tif", g, {{0, 0, 600, 500}}, mask);
    CHECK(validation(folder / "reasons.tif").find("is a valid cloud optimized GeoTIFF") != std::string::npos);
    auto* data = static_cast<GDALDataset*>(GDALOpen((folder / "reasons.tif").c_str(), GA_ReadOnly));
    REQUIRE(data);
    std::vector<std::uint64_t> read(600 * 600);
    CHECK(data->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, 600, 600, read.data(), 600, 600, GDT_UInt64, 0, 0) ==
          CE_None);
    CHECK(data->GetRasterBand(1)->GetNoDataValueAsUInt64() == 0);
    GDALClose(data);
    CHECK(read[123 * 600 + 45] == mask({45, 123}));
    CHECK(read[499 * 600 + 599] == mask({599, 499}));
    CHECK(read[500 * 600] == 0);
}

TEST_CASE("writer: maps of one cell and without any data are fine") {
    const Folder folder;
    write_map<float>(folder / "one.tif", grid(1, 1), {{0, 0, 1, 1}}, [](Cell) { return 0.5F; });
    CHECK(cells(folder / "one.tif") == std::vector<float>{0.5F});
    write_map<float>(folder / "none.tif", grid(3, 2), {}, score);
    CHECK(cells(folder / "none.tif") == std::vector<float>(6, -9999));
    CHECK_FALSE(info(folder / "none.tif")["bands"][0].contains("minimum"));
}
