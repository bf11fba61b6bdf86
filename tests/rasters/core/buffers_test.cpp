// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/buffers.hpp"

#include "rasters/core/raster.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <thread>
#include <vector>

using namespace zonerank::rasters;

TEST_CASE("a buffer is all there, whatever its size") {
    for (const std::size_t bytes :
         {std::size_t{1}, std::size_t{1000}, std::size_t{1} << 15, std::size_t{1000003}, (std::size_t{1} << 26) + 1}) {
        void* buffer = take_buffer(bytes);
        REQUIRE(buffer != nullptr);
        std::memset(buffer, 0x5a, bytes);
        give_buffer(buffer, bytes);
    }
}

TEST_CASE("two buffers in use are two, also when taken again") {
    const std::size_t bytes = 1 << 20;
    void* a = take_buffer(bytes);
    give_buffer(a, bytes);
    void* b = take_buffer(bytes - 5);
    void* c = take_buffer(bytes);
    CHECK(b != c);
    std::memset(b, 1, bytes - 5);
    std::memset(c, 2, bytes);
    CHECK(static_cast<char*>(b)[bytes - 6] == 1);
    give_buffer(b, bytes - 5);
    give_buffer(c, bytes);
}

TEST_CASE("rasters in reused memory start with the value they are given") {
    const Window window{0, 0, 300, 300};
    { Raster<float> used(window, 7); }
    const Raster<float> fresh(window);
    for (const float value : fresh.values())
        REQUIRE(value == 0);
    CHECK(Raster<float>::unset(window).values().size() == 90'000);
}

TEST_CASE("threads take and give at once") {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([t] {
            for (int i = 0; i < 500; ++i) {
                const Raster<int> raster({0, 0, 64 + i, 200}, t);
                REQUIRE(raster[{i, 199}] == t);
            }
        });
    for (std::thread& thread : threads)
        thread.join();
}
