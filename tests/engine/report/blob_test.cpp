// SPDX-License-Identifier: Apache-2.0
#include "engine/report/blob.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/report.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace zonerank;

TEST_CASE("base64: the examples of RFC 4648") {
    CHECK(engine::base64("") == "");
    CHECK(engine::base64("f") == "Zg==");
    CHECK(engine::base64("fo") == "Zm8=");
    CHECK(engine::base64("foo") == "Zm9v");
    CHECK(engine::base64("foob") == "Zm9vYg==");
    CHECK(engine::base64("fooba") == "Zm9vYmE=");
    CHECK(engine::base64("foobar") == "Zm9vYmFy");
    CHECK(engine::base64("\xFF\xFE\xFD") == "//79");
}

TEST_CASE("blob: comes back as it was, and is never much larger") {
    std::mt19937 random(1);
    for (const auto& [cols, rows] : {std::pair{1, 1}, {1, 7}, {7, 1}, {64, 33}, {500, 500}}) {
        std::vector<std::uint8_t> noise(static_cast<std::size_t>(cols * rows));
        for (std::uint8_t& byte : noise)
            byte = static_cast<std::uint8_t>(random());
        const std::string blob = engine::blob(noise, cols);
        CHECK(tests::unblob(blob, cols, rows) == noise);
        CHECK(static_cast<double>(blob.size()) < 1.001 * 4 / 3 * cols * rows + 40);
    }
}

TEST_CASE("blob: a plane takes next to nothing") {
    std::vector<std::uint8_t> plane;
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 400; ++x)
            plane.push_back(static_cast<std::uint8_t>(3 * x + 7 * y));
    const std::string blob = engine::blob(plane, 400);
    CHECK(tests::unblob(blob, 400, 300) == plane);
    CHECK(blob.size() < 1000);
}
