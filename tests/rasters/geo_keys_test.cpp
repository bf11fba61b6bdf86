// SPDX-License-Identifier: Apache-2.0
#include "rasters/geo_keys.hpp"

#include "rasters/core/error.hpp"
#include "rasters/crs.hpp"
#include "rasters/writer.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

const TiffField* find(const std::vector<TiffField>& fields, std::uint16_t tag) {
    const auto found = std::ranges::find(fields, tag, &TiffField::tag);
    return found == fields.end() ? nullptr : &*found;
}

std::vector<double> numbers(const TiffField& field) {
    std::vector<double> numbers(field.data.size() / sizeof(double));
    std::memcpy(numbers.data(), field.data.data(), field.data.size());
    return numbers;
}

/// What GDAL finds in a map, of which only the file itself is looked at.
Crs crs_of_map(const Grid& grid) {
    const tests::Folder folder;
    CogWriter<float>(folder / "map.tif", grid, {}).close();
    const std::string told = tests::output_of("gdalinfo -json " + (folder / "map.tif").string());
    return parse_crs(nlohmann::json::parse(told)["coordinateSystem"]["wkt"].get<std::string>());
}

} // namespace

TEST_CASE("a grid is told by the place of its corner, its cell and its CRS") {
    const Grid grid{parse_crs("EPSG:32643").wkt, 30, 10'000, -120'000, 5000, 7, {}};
    const std::vector<TiffField> fields = geo_keys(grid);
    REQUIRE(find(fields, 33550));
    CHECK(numbers(*find(fields, 33550)) == std::vector<double>{30, 30, 0});
    REQUIRE(find(fields, 33922));
    CHECK(numbers(*find(fields, 33922)) == std::vector<double>{0, 0, 0, 300'000, 3'600'000, 0});
    REQUIRE(find(fields, 34735));
    const std::vector<std::uint64_t> keys = find(fields, 34735)->whole_numbers();
    CHECK(std::vector<std::uint64_t>(keys.begin(), keys.begin() + 3) == std::vector<std::uint64_t>{1, 1, 0});
    const std::vector<std::uint64_t> projected{3072, 0, 1, 32643}; // ProjectedCRSGeoKey of the standard
    CHECK(std::ranges::search(keys, projected).size() == 4);
    REQUIRE(find(fields, 34737));
    CHECK(find(fields, 34737)->text().find("UTM zone 43N") != std::string::npos);
}

TEST_CASE("a CRS that can't be read is an error") {
    CHECK_THROWS_WITH_AS(geo_keys({"no CRS at all", 30, 0, 0, 1, 1, {}}), doctest::Contains("no CRS at all"), Error);
}

TEST_CASE("a CRS that GDAL can't tell in GeoTIFF's keys is in the file all the same") {
    const auto grid = [](const Crs& crs) { return Grid{crs.wkt, 1000, 100, -100, 20, 10, {}}; };
    for (const char* text : {"EPSG:8857", "+proj=eqearth +lon_0=70 +datum=WGS84", "+proj=moll +lon_0=70 +datum=WGS84",
                             "+proj=ob_tran +o_proj=moll +o_lat_p=45 +o_lon_p=0 +lon_0=10 +R=6371000",
                             "+proj=tmerc +lat_0=24 +lon_0=68 +ellps=evrst30 +towgs84=283,682,231", "EPSG:24373",
                             "+proj=laea +lat_0=30 +lon_0=70 +datum=WGS84", "EPSG:2056", "EPSG:2193"}) {
        CAPTURE(text);
        const Crs crs = parse_crs(text), told = crs_of_map(grid(crs));
        CHECK(told.projected);
        Point there{150'000, 95'000};
        Transform(told, crs).apply({&there, 1});
        CHECK(there.x == doctest::Approx(150'000).epsilon(1e-9));
        CHECK(there.y == doctest::Approx(95'000).epsilon(1e-9));
    }
    CHECK(crs_of_map(grid(parse_crs("EPSG:8857"))).authority == "EPSG:8857");
}

TEST_CASE("a definition too long for GDAL to read it back is an error") {
    const std::string wkt = parse_crs("+proj=ob_tran +o_proj=moll +o_lat_p=45 +o_lon_p=0 +lon_0=10 +R=6371000").wkt;
    const auto grid = [&](std::size_t size) {
        Grid long_named{wkt, 30, 0, 0, 1, 1, {}};
        const std::string_view name = "unknown";
        long_named.crs.replace(long_named.crs.find(name), name.size(),
                               std::string(size - wkt.size() + name.size(), 'n'));
        return long_named;
    };
    CHECK(crs_of_map(grid(2381)).projected);
    CHECK_THROWS_WITH_AS(geo_keys(grid(2382)), doctest::Contains("choose one that has a code"), Error);
}
