// SPDX-License-Identifier: Apache-2.0
#include "rasters/spool.hpp"

#include "rasters/core/raster.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("spool: what is never written has no data, and zero is a number") {
    const tests::Folder folder;
    Spool<float> spool(folder.path(), 4, 2);
    const std::vector<float> some{0.0F, no_data, -0.5F};
    spool.write(1, 1, some);
    std::vector<float> row(4);
    spool.read(0, 0, row);
    CHECK(row == std::vector<float>{-9999, -9999, -9999, -9999});
    spool.read(0, 1, row);
    CHECK(row == std::vector<float>{-9999, 0, -9999, -0.5F});
}

TEST_CASE("spool: statistics leave out the cells without data") {
    const tests::Folder folder;
    Spool<float> spool(folder.path(), 3, 2);
    spool.write(0, 0, std::vector<float>{2, 4, 4});
    spool.write(0, 1, std::vector<float>{no_data, 6, no_data});
    const Statistics s = spool.statistics();
    CHECK(s.count == 4);
    CHECK(s.min == 2);
    CHECK(s.max == 6);
    CHECK(s.mean == 4);
    CHECK(s.stddev == doctest::Approx(std::sqrt(2.0)));
    CHECK(s.valid_percent == doctest::Approx(100.0 * 4 / 6));
}

TEST_CASE("spool: statistics far from zero keep their digits") {
    const tests::Folder folder;
    Spool<std::uint16_t> spool(folder.path(), 2, 1);
    spool.write(0, 0, std::vector<std::uint16_t>{65'534, 65'535});
    CHECK(spool.statistics().mean == 65'534.5);
    CHECK(spool.statistics().stddev == 0.5);
}

TEST_CASE("spool: an empty map has no statistics") {
    const tests::Folder folder;
    const Spool<std::uint8_t> spool(folder.path(), 3, 3);
    CHECK(spool.statistics().count == 0);
    CHECK(spool.statistics().valid_percent == 0);
}
