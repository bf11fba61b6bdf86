// SPDX-License-Identifier: Apache-2.0
#include "rasters/writer.hpp"

#include "tests/support/writing.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;
namespace fs = std::filesystem;

TEST_CASE("writer: other packings and BigTIFF are read alike") {
    const Folder folder;
    const Grid g = grid(1025, 700);
    write_map<float>(folder / "zstd.tif", g, {g.window()}, score);
    const std::vector<float> right = cells(folder / "zstd.tif"), half = cells(folder / "zstd.tif", 0);
    write_map<float>(folder / "big.tif", g, {g.window()}, score, {.description = "", .kind = TiffKind::big});
    write_map<float>(folder / "deflate.tif", g, {g.window()}, score,
                     {.description = "", .packing = {Packing::Kind::deflate, 0, 0}});
    CHECK(read_file(folder / "big.tif").substr(0, 3) == "II+");
    for (const char* name : {"big.tif", "deflate.tif"}) {
        CAPTURE(name);
        CHECK(cells(folder / name) == right);
        CHECK(cells(folder / name, 0) == half);
        CHECK(validation(folder / name).find("is a valid cloud optimized GeoTIFF") != std::string::npos);
    }
    CHECK(info(folder / "deflate.tif")["metadata"]["IMAGE_STRUCTURE"]["COMPRESSION"] == "DEFLATE");
}

TEST_CASE("writer: lerc is off by no more than it may, and keeps no-data") {
    const Folder folder;
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
        const Folder folder;
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
    const Folder folder;
    const Grid g = grid(20'000, 20'000);
    write_map<float>(folder / "map.tif", g, {{10'000, 10'000, 1, 1}}, [](Cell) { return 0.5F; });
    CHECK(fs::file_size(folder / "map.tif") < 2'200 * 200); // 2,139 blocks of all levels
    CHECK(validation(folder / "map.tif").find("is a valid cloud optimized GeoTIFF") != std::string::npos);
    CHECK(info(folder / "map.tif")["bands"][0]["metadata"][""]["STATISTICS_MAXIMUM"] == "0.5");
}
