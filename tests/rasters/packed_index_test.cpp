// SPDX-License-Identifier: Apache-2.0
#include "rasters/packed_index.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

static std::vector<Box> scattered(int n, std::uint64_t seed) {
    Random random(seed);
    std::vector<Point> corners;
    for (int i = 0; i < n; ++i)
        corners.push_back(random.in(Box{0, 0, 1000, 1000}));
    std::vector<Box> boxes;
    for (const std::uint32_t i : hilbert_order(corners))
        boxes.push_back({corners[i].x, corners[i].y, corners[i].x + random.in(0, 9), corners[i].y + random.in(0, 9)});
    return boxes;
}

TEST_CASE("an index hands out every box that meets a window, in order, and not the whole world") {
    for (const int n : {0, 1, 15, 16, 17, 256, 257, 5000}) {
        const std::vector<Box> boxes = scattered(n, 3);
        const PackedIndex index(boxes);
        CHECK(index.size() == boxes.size());
        const Box window{200, 300, 260, 340};
        std::vector<std::size_t> handed;
        index.select([&](const Box& b) { return b.intersects(window); },
                     [&](std::size_t first, std::size_t last) {
                         CHECK(first < last);
                         for (std::size_t i = first; i < last; ++i)
                             handed.push_back(i);
                     });
        CAPTURE(n);
        CHECK(std::is_sorted(handed.begin(), handed.end()));
        CHECK(handed.size() <= boxes.size());
        const std::set<std::size_t> found(handed.begin(), handed.end());
        CHECK(found.size() == handed.size());
        for (std::size_t i = 0; i < boxes.size(); ++i)
            if (boxes[i].intersects(window))
                CHECK(found.count(i) == 1);
        if (n == 5000)
            CHECK(handed.size() < 500);
    }
}

TEST_CASE("a part of the items is handed out when a part is asked for") {
    const std::vector<Box> boxes = scattered(1000, 4);
    const PackedIndex index(boxes);
    for (const auto& range :
         std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {5, 11}, {250, 777}, {999, 1000}, {7, 7}}) {
        std::vector<std::size_t> handed;
        index.select([](const Box&) { return true; },
                     [&](std::size_t first, std::size_t last) {
                         for (std::size_t i = first; i < last; ++i)
                             handed.push_back(i);
                     },
                     range.first, range.second);
        REQUIRE(handed.size() == range.second - range.first);
        for (std::size_t i = 0; i < handed.size(); ++i)
            CHECK(handed[i] == range.first + i);
    }
}

TEST_CASE("branch and bound finds the least of all") {
    Random random(5);
    for (const int n : {1, 16, 17, 300, 5000}) {
        const std::vector<Box> boxes = scattered(n, 6);
        const PackedIndex index(boxes);
        const auto cost = [](const Box& b, Point p) { return std::hypot(b.xmin - p.x, b.ymin - p.y); };
        const auto bound = [](const Box& b, Point p) {
            return std::hypot(std::max({b.xmin - p.x, p.x - b.xmax, 0.0}), std::max({b.ymin - p.y, p.y - b.ymax, 0.0}));
        };
        for (int k = 0; k < 50; ++k) {
            const Point p = random.in(Box{-500, -500, 1500, 1500});
            double expected = std::numeric_limits<double>::infinity();
            for (const Box& b : boxes)
                expected = std::min(expected, cost(b, p));
            int looked_at = 0;
            const double found = index.least([&](const Box& b) { return bound(b, p); },
                                             [&](std::size_t first, std::size_t last) {
                                                 double least = std::numeric_limits<double>::infinity();
                                                 for (std::size_t i = first; i < last; ++i, ++looked_at)
                                                     least = std::min(least, cost(boxes[i], p));
                                                 return least;
                                             });
            CHECK(found == expected);
            if (n == 5000)
                CHECK(looked_at < 1500);
        }
    }
    CHECK(PackedIndex().least([](const Box&) { return 0.0; }, [](std::size_t, std::size_t) { return 0.0; }, 7) == 7);
}

TEST_CASE("the Hilbert order is a permutation whose neighbours are near") {
    std::vector<Point> points;
    for (int y = 0; y < 32; ++y)
        for (int x = 0; x < 32; ++x)
            points.push_back({1000.0 + x, 5.0 + y});
    const std::vector<std::uint32_t> order = hilbert_order(points);
    CHECK(std::set<std::uint32_t>(order.begin(), order.end()).size() == points.size());
    double longest = 0;
    for (std::size_t i = 0; i + 1 < order.size(); ++i)
        longest = std::max(longest, std::hypot(points[order[i]].x - points[order[i + 1]].x,
                                               points[order[i]].y - points[order[i + 1]].y));
    CHECK(longest == 1);
    CHECK(hilbert_order({}).empty());
    const std::vector<Point> same(3, Point{4, 4});
    CHECK(hilbert_order(same) == std::vector<std::uint32_t>{0, 1, 2});
}
