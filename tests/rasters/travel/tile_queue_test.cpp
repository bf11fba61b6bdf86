// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/tile_queue.hpp"

#include <doctest/doctest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace zonerank::rasters;

TEST_CASE("one thread works on the most urgent first; the smallest urgency counts") {
    TileQueue queue(5);
    queue.activate(0, 3);
    queue.activate(1, 2);
    queue.activate(0, 1);
    queue.activate(1, 4);
    std::vector<std::size_t> order;
    tbb::task_arena(1).execute([&] {
        queue.run([&](std::size_t tile) {
            order.push_back(tile);
            if (tile == 0) {
                queue.activate(4, 9);
                queue.activate(3, 8);
            }
        });
    });
    CHECK(order == std::vector<std::size_t>{0, 1, 3, 4});
}

TEST_CASE("a tile is worked on by one thread at a time, and again when it is asked for meanwhile") {
    const tbb::global_control more_than_cores(tbb::global_control::max_allowed_parallelism, 4);
    constexpr std::size_t tiles = 20;
    TileQueue queue(tiles);
    std::vector<std::atomic<int>> at_work(tiles), done(tiles);
    std::atomic<int> left = 5000, together = 0;
    for (std::size_t i = 0; i < tiles; ++i)
        queue.activate(i, 0);
    tbb::task_arena(4).execute([&] {
        queue.run([&](std::size_t tile) {
            together += at_work[tile]++ != 0;
            ++done[tile];
            if (left-- > 0) {
                queue.activate(tile, 1);
                queue.activate((tile * 7 + 3) % tiles, 0.5F);
            }
            --at_work[tile];
        });
    });
    CHECK(together == 0);
    CHECK(left <= 0);
    for (const std::atomic<int>& times : done)
        CHECK(times > 0);
}

TEST_CASE("an exception ends the work and is passed on") {
    TileQueue queue(100);
    for (std::size_t i = 0; i < 100; ++i)
        queue.activate(i, static_cast<float>(i));
    std::atomic<int> done = 0;
    CHECK_THROWS_WITH(queue.run([&](std::size_t tile) {
        ++done;
        if (tile == 3)
            throw std::runtime_error("broken");
        std::this_thread::sleep_for(std::chrono::milliseconds(2)); // so that it has time to be told
    }),
                      "broken");
    CHECK(done < 100);
}
