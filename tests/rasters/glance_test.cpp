// SPDX-License-Identifier: Apache-2.0
#include "rasters/glance.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using rasters::glance;
using rasters::Glance;

static const rasters::Access only_files{};

static Glance of(const tests::Folder& folder, const std::vector<float>& values) {
    return glance(
        tests::write_raster(
            folder / "a.tif",
            {.west = 500'000, .north = 3'700'000, .cell = 30, .cols = static_cast<int>(values.size()), .rows = 1},
            values),
        only_files);
}

TEST_CASE("the range leaves out no-data") {
    const tests::Folder folder;
    const Glance found = of(folder, {3, -9999, 12.5F});
    CHECK(found.least == 3);
    CHECK(found.most == 12.5);
    CHECK(found.classes.empty());
    CHECK_FALSE(found.whole);
    CHECK(found.info.cols == 3);
}

TEST_CASE("whole numbers are told one by one, while they are few") {
    const tests::Folder folder;
    CHECK(of(folder, {50, 10, 10, 30}).classes == std::vector<int>{10, 30, 50});
    std::vector<float> many;
    for (int i = 0; i < 65; ++i)
        many.push_back(static_cast<float>(i));
    CHECK(of(folder, many).classes.empty());
}

TEST_CASE("nothing but no-data") {
    const tests::Folder folder;
    const Glance found = of(folder, {-9999, -9999});
    CHECK(found.least == 0);
    CHECK(found.most == 0);
}

TEST_CASE("what is no raster says so") {
    const tests::Folder folder;
    tests::write_file(folder / "a.tif", "no");
    CHECK_THROWS_AS(glance(folder / "a.tif", only_files), Error);
}
