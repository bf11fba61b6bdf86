// SPDX-License-Identifier: Apache-2.0
#include "rasters/writer.hpp"

#include "rasters/access.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/simd.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <gdal_priv.h>
#include <nlohmann/json.hpp>
#include <ogr_spatialref.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>
#include <vector>

#include <sys/mount.h>

using namespace zonerank;
using namespace zonerank::rasters;
namespace fs = std::filesystem;

namespace {

std::string wkt(int epsg) {
    OGRSpatialReference crs;
    crs.importFromEPSG(epsg);
    char* text = nullptr;
    crs.exportToWkt(&text);
    std::string result = text;
    CPLFree(text);
    return result;
}

Grid grid(int cols, int rows) {
    return {wkt(32643), 30, 10'000, -120'000, cols, rows, {}};
}

// Scores on a slope, with a hole of no data in the middle.
float score(Cell c) {
    return std::hypot(c.col - 300, c.row - 200) < 50 ? no_data
                                                     : static_cast<float>((c.col * 7 + c.row * 3) % 1000) / 999;
}

std::uint8_t state(Cell c) {
    return static_cast<std::uint8_t>(c.col < 20 ? 0 : 1 + (c.col / 64 + c.row / 64) % 3);
}

template <typename T, typename Of>
Raster<T> tile_of(Window window, Of of) {
    Raster<T> tile(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col)
            tile[{col, row}] = of(Cell{col, row});
    return tile;
}

template <typename T, typename Of>
void write_map(const fs::path& path, const Grid& g, std::vector<Window> windows, Of of, MapOptions options = {}) {
    CogWriter<T> writer(path, g, std::move(options));
    for (const Window& window : windows)
        writer.write(tile_of<T>(window, of));
    writer.close();
}

nlohmann::json info(const fs::path& path, const std::string& options = "") {
    return nlohmann::json::parse(tests::output_of("gdalinfo -json " + options + " " + path.string()));
}

std::string validation(const fs::path& path) {
    return tests::output_of("/usr/bin/python3 /usr/lib/python3/dist-packages/osgeo_utils/samples/"
                            "validate_cloud_optimized_geotiff.py " +
                            path.string());
}

std::vector<float> cells(const fs::path& path, int overview = -1) {
    initialise_gdal();
    auto* data = static_cast<GDALDataset*>(GDALOpen(path.c_str(), GA_ReadOnly));
    REQUIRE(data);
    GDALRasterBand* band = data->GetRasterBand(1);
    if (overview >= 0)
        band = band->GetOverview(overview);
    REQUIRE(band);
    std::vector<float> values(static_cast<std::size_t>(band->GetXSize()) * static_cast<std::size_t>(band->GetYSize()));
    CHECK(band->RasterIO(GF_Read, 0, 0, band->GetXSize(), band->GetYSize(), values.data(), band->GetXSize(),
                         band->GetYSize(), GDT_Float32, 0, 0) == CE_None);
    GDALClose(data);
    return values;
}

} // namespace

TEST_CASE("writer: a score map is a cloud-optimised GeoTIFF that others read as it was meant") {
    const tests::Folder folder;
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
    const tests::Folder folder;
    const Grid g = grid(640, 400);
    write_map<float>(folder / "map.tif", g, {g.window()}, score);
    auto embedded = info(folder / "map.tif", "--config GDAL_PAM_ENABLED NO")["bands"][0];
    REQUIRE(embedded["metadata"][""].contains("STATISTICS_MEAN"));
    // A copy without metadata has to be computed anew.
    REQUIRE(tests::output_of("gdal_translate -q -of ENVI -ot Float64 --config GDAL_PAM_ENABLED NO " +
                             (folder / "map.tif").string() + " " + (folder / "copy.img").string()) == "");
    auto computed = info(folder / "copy.img", "-stats --config GDAL_PAM_ENABLED NO")["bands"][0]["metadata"][""];
    for (const char* name : {"STATISTICS_MINIMUM", "STATISTICS_MAXIMUM", "STATISTICS_MEAN", "STATISTICS_STDDEV"})
        CHECK(std::stod(embedded["metadata"][""][name].get<std::string>()) ==
              doctest::Approx(std::stod(computed[name].get<std::string>())).epsilon(1e-9));
    CHECK(embedded["metadata"][""]["STATISTICS_VALID_PERCENT"] == computed["STATISTICS_VALID_PERCENT"]);
}

TEST_CASE("writer: bytes depend on the cells alone") {
    const tests::Folder folder;
    const Grid g = grid(1100, 600);
    write_map<float>(folder / "whole.tif", g, {g.window()}, score);
    const std::string expected = tests::read_file(folder / "whole.tif");
    REQUIRE(expected.size() > 10'000);
    for (const int side : {64, 333, 1000}) {
        CAPTURE(side);
        std::vector<Window> order = tiles(g.window(), side);
        std::shuffle(order.begin(), order.end(), std::mt19937(static_cast<unsigned>(side)));
        write_map<float>(folder / "map.tif", g, order, score);
        CHECK(tests::read_file(folder / "map.tif") == expected);
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
    CHECK(tests::read_file(folder / "map.tif") == expected);
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
    const tests::Folder folder;
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

        const std::string bytes = tests::read_file(path);
        for (const int side : {37, 64, 1000}) {
            std::vector<Window> order = tiles(g.window(), side);
            std::shuffle(order.begin(), order.end(), std::mt19937(static_cast<unsigned>(side)));
            write_map<float>(path, g, order, score);
            CHECK(tests::read_file(path) == bytes);
        }
    }
}

TEST_CASE("writer: all sets of instructions write the same bytes") {
    const tests::Folder folder;
    const Grid g = grid(1025, 700);
    write_map<float>(folder / "best.tif", g, {g.window()}, score);
    for (const Simd level : {Simd::baseline, Simd::avx2}) {
        limit_simd(level);
        write_map<float>(folder / "map.tif", g, {g.window()}, score);
        limit_simd(best_simd());
        CHECK(tests::read_file(folder / "map.tif") == tests::read_file(folder / "best.tif"));
    }
}

TEST_CASE("writer: overviews are GDAL's own averages") {
    const tests::Folder folder;
    const Grid g = grid(2048, 1024);
    const auto smooth = [](Cell c) { return static_cast<float>(std::sin(c.col / 50.0) + c.row / 1000.0); };
    write_map<float>(folder / "map.tif", g, {g.window()}, smooth);
    REQUIRE(
        tests::output_of("gdal_translate -q -of COG -co OVERVIEW_RESAMPLING=AVERAGE -co OVERVIEWS=IGNORE_EXISTING " +
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

TEST_CASE("writer: other packings and BigTIFF are read alike") {
    const tests::Folder folder;
    const Grid g = grid(1025, 700);
    write_map<float>(folder / "zstd.tif", g, {g.window()}, score);
    const std::vector<float> right = cells(folder / "zstd.tif"), half = cells(folder / "zstd.tif", 0);
    write_map<float>(folder / "big.tif", g, {g.window()}, score, {.description = "", .kind = TiffKind::big});
    write_map<float>(folder / "deflate.tif", g, {g.window()}, score,
                     {.description = "", .packing = {Packing::Kind::deflate, 0, 0}});
    CHECK(tests::read_file(folder / "big.tif").substr(0, 3) == "II+");
    for (const char* name : {"big.tif", "deflate.tif"}) {
        CAPTURE(name);
        CHECK(cells(folder / name) == right);
        CHECK(cells(folder / name, 0) == half);
        CHECK(validation(folder / name).find("is a valid cloud optimized GeoTIFF") != std::string::npos);
    }
    CHECK(info(folder / "deflate.tif")["metadata"]["IMAGE_STRUCTURE"]["COMPRESSION"] == "DEFLATE");
}

TEST_CASE("writer: lerc is off by no more than it may, and keeps no-data") {
    const tests::Folder folder;
    const Grid g = grid(1025, 700);
    write_map<float>(folder / "map.tif", g, {g.window()}, score,
                     {.description = "", .packing = {Packing::Kind::lerc, 0, 0.001}});
    CHECK(validation(folder / "map.tif").find("is a valid cloud optimized GeoTIFF") != std::string::npos);
    const std::vector<float> read = cells(folder / "map.tif");
    int wrong = 0;
    for (int row = 0; row < 700; ++row)
        for (int col = 0; col < 1025; ++col) {
            const float right = score({col, row}), found = read[static_cast<std::size_t>(row * 1025 + col)];
            wrong += std::isnan(right) != std::isnan(found) || std::abs(right - found) > 0.001001F;
        }
    CHECK(wrong == 0);
    const auto band = info(folder / "map.tif")["bands"][0];
    CHECK(band["noDataValue"] == "NaN");
    CHECK(band["metadata"][""].contains("STATISTICS_MEAN"));
}

TEST_CASE("writer: a measured -9999 is data on the map, in overviews and in statistics") {
    for (const auto kind : {Packing::Kind::zstd, Packing::Kind::lerc}) {
        const tests::Folder folder;
        const Grid g = grid(1024, 512);
        write_map<float>(folder / "map.tif", g, {g.window()}, [](Cell c) { return c.col % 2 ? -9999.0F : no_data; },
                         {.description = "", .packing = {kind, 0, 0.001}});
        const auto band = info(folder / "map.tif", "-stats")["bands"][0];
        CHECK(band["metadata"][""]["STATISTICS_VALID_PERCENT"] == "50");
        CHECK(band["metadata"][""]["STATISTICS_MEAN"] == "-9999");
        CHECK(cells(folder / "map.tif", 0)[0] == doctest::Approx(-9999).epsilon(1e-6));
        CHECK(cells(folder / "map.tif")[1] == doctest::Approx(-9999).epsilon(1e-6));
    }
}

TEST_CASE("writer: blocks without data cost next to nothing") {
    const tests::Folder folder;
    const Grid g = grid(20'000, 20'000);
    write_map<float>(folder / "map.tif", g, {{10'000, 10'000, 1, 1}}, [](Cell) { return 0.5F; });
    CHECK(fs::file_size(folder / "map.tif") < 2'200 * 200); // 2,139 blocks of all levels
    CHECK(validation(folder / "map.tif").find("is a valid cloud optimized GeoTIFF") != std::string::npos);
    CHECK(info(folder / "map.tif")["bands"][0]["metadata"][""]["STATISTICS_MAXIMUM"] == "0.5");
}

TEST_CASE("writer: overviews average scores and leave out the cells without data") {
    const tests::Folder folder;
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
    const tests::Folder folder;
    const Grid g = grid(1200, 600);
    const fs::path path = folder / "constraints.tif";
    const std::vector<Category> categories{
        {0, "outside", {}}, {1, "valid", {200, 200, 200, 255}}, {3, "<unknown>", {}}};
    write_map<T>(path, g, tiles(g.window(), 200), state, {.description = "State", .categories = categories});
    CHECK(validation(path).find("is a valid cloud optimized GeoTIFF") != std::string::npos);
    auto band = info(path)["bands"][0]; // reads the .aux.xml
    CHECK(band["noDataValue"] == 0.0);
    CHECK(band["type"] == (sizeof(T) == 1 ? "Byte" : "UInt16"));
    CHECK(tests::output_of("gdalinfo " + path.string()).find("3: <unknown>") != std::string::npos);
    CHECK(band["colorTable"]["count"] == 4);
    for (const int overview : {-1, 0, 1})
        CHECK(std::ranges::count_if(cells(path, overview), [](float cell) {
                  return !(cell >= 0 && cell <= 3) || cell != std::floor(cell);
              }) == 0);
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("writer: a map of masks keeps all 64 bits") {
    const tests::Folder folder;
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
    const tests::Folder folder;
    write_map<float>(folder / "one.tif", grid(1, 1), {{0, 0, 1, 1}}, [](Cell) { return 0.5F; });
    CHECK(cells(folder / "one.tif") == std::vector<float>{0.5F});
    write_map<float>(folder / "none.tif", grid(3, 2), {}, score);
    CHECK(cells(folder / "none.tif") == std::vector<float>(6, -9999));
    CHECK_FALSE(info(folder / "none.tif")["bands"][0].contains("minimum"));
}

TEST_CASE("writer: without close() nothing is left, and an earlier map stays") {
    const tests::Folder folder;
    tests::write_file(folder / "map.tif", "earlier");
    {
        CogWriter<float> writer(folder / "map.tif", grid(300, 300), {});
        writer.write(tile_of<float>({0, 0, 300, 300}, score));
    }
    CHECK(tests::read_file(folder / "map.tif") == "earlier");
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("writer: a CRS or a folder that can't be used is an error") {
    const tests::Folder folder;
    Grid nowhere = grid(10, 10);
    nowhere.crs = "no CRS at all";
    CHECK_THROWS_WITH_AS(CogWriter<float>(folder / "map.tif", nowhere, {}), doctest::Contains("no CRS at all"), Error);
    CHECK(fs::is_empty(folder.path()));
    CHECK_THROWS_WITH_AS(CogWriter<float>(folder / "gone" / "map.tif", grid(10, 10), {}), doctest::Contains("gone"),
                         Error);
}

namespace {

/// A small file system over a folder, as long as this lives.
class SmallDisk {
public:
    explicit SmallDisk(const fs::path& folder)
        : m_folder(folder), m_mounted(::mount("none", folder.c_str(), "tmpfs", 0, "size=3m") == 0) {}
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (m_mounted)
            ::umount2(m_folder.c_str(), MNT_DETACH);
    }
    bool mounted() const { return m_mounted; }

private:
    fs::path m_folder;
    bool m_mounted;
};

} // namespace

TEST_CASE("writer: a full disk is an error, and nothing is left of the map") {
    const tests::Folder folder;
    const SmallDisk disk(folder.path());
    if (!disk.mounted()) {
        MESSAGE("skipped: a small file system can't be mounted here");
        return;
    }
    std::mt19937 random(5);
    const auto noise = [&](Cell) { return std::uniform_real_distribution<float>(0, 1)(random); };
    const auto write_noise = [&](int side) {
        write_map<float>(folder / "map.tif", grid(side, side), {{0, 0, side, side}}, noise);
    };
    CHECK_THROWS_WITH_AS(write_noise(1100), doctest::Contains("too full"), Error);
    const tests::Folder elsewhere;
    const Scratch first(elsewhere.path()); // has the memory, so that the map's blocks go to the disk
    CHECK_THROWS_WITH_AS(write_noise(760), doctest::Contains("too full"), Error);
    CHECK_THROWS_WITH_AS(write_noise(1100), doctest::Contains("scratch space can't be written"), Error);
    CHECK(fs::is_empty(folder.path()));
    write_map<float>(folder / "map.tif", grid(100, 100), {{0, 0, 100, 100}}, noise);
    CHECK(fs::exists(folder / "map.tif"));
}
