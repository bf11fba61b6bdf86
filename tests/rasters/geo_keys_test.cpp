// SPDX-License-Identifier: Apache-2.0
#include "rasters/geo_keys.hpp"

#include "rasters/core/error.hpp"
#include "rasters/crs.hpp"

#include <doctest/doctest.h>

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
