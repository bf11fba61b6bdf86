// SPDX-License-Identifier: Apache-2.0
#include "rasters/candidates.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

static constexpr double infinity = std::numeric_limits<double>::infinity();
static constexpr Simd levels[] = {Simd::baseline, Simd::avx2, Simd::avx512};

static Rays rays_of(const std::vector<Segment>& segments) {
    Rays rays;
    rays.clear();
    rays.add(segments, 0, segments.size());
    return rays;
}

// Points, short and long segments around a place of millions of metres.
static std::vector<Segment> strewn(Random& random, int n) {
    std::vector<Segment> segments;
    for (int i = 0; i < n; ++i) {
        const Point a = random.in(Box{3'000'000, 4'000'000, 3'010'000, 4'010'000});
        const double reach = i % 3 == 0 ? 0 : i % 3 == 1 ? 200 : 9000;
        segments.push_back({a, {a.x + random.in(-reach, reach), a.y + random.in(-reach, reach)}});
    }
    return segments;
}

static std::vector<std::uint32_t> kept(const Rays& rays, const Square& square, double reach = infinity) {
    Sieve sieve;
    rays.measure(square.centre, sieve);
    const auto which = sieve.sift(square, rays[sieve.nearest()], reach);
    return {which.begin(), which.end()};
}

TEST_CASE("what a sieve drops is nearest to no point of the square, whatever the processor") {
    Random random(81);
    std::size_t all = 0, left = 0;
    for (int i = 0; i < 300; ++i) {
        const std::vector<Segment> segments = strewn(random, 1 + random.below(200));
        const Rays rays = rays_of(segments);
        const Point centre = random.in(Box{2'990'000, 3'990'000, 3'020'000, 4'020'000});
        const Square square{centre, i % 5 == 0 ? 0 : random.in(1, 900), 1e-5};
        const std::vector<std::uint32_t> which = kept(rays, square);
        for (const Simd level : levels) {
            limit_simd(level);
            REQUIRE(kept(rays, square) == which);
        }
        limit_simd(best_simd());
        const Box box = Box{centre.x, centre.y, centre.x, centre.y}.grown(square.half);
        for (int k = 0; k < 60; ++k) {
            const Point p = k == 0 ? Point{box.xmin, box.ymax} : k == 1 ? centre : random.in(box);
            double least = infinity, of_kept = infinity;
            for (const Segment& s : segments)
                least = std::min(least, squared_distance(s, p));
            for (const std::uint32_t n : which)
                of_kept = std::min(of_kept, squared_distance(segments[n], p));
            REQUIRE(of_kept == least);
        }
        all += segments.size();
        left += which.size();
    }
    CHECK(left < all / 8);
}

TEST_CASE("what is beyond reach of the centre is dropped, and nothing else for it") {
    Random random(82);
    const std::vector<Segment> segments = strewn(random, 500);
    const Rays rays = rays_of(segments);
    const Square square{{3'005'000, 4'005'000}, 5000, 1e-5};
    std::vector<std::uint32_t> expected;
    for (const std::uint32_t n : kept(rays, square))
        if (squared_distance(segments[n], square.centre) <= 1000.0 * 1000)
            expected.push_back(n);
    CHECK(expected.size() > 10);
    CHECK(kept(rays, square, 1000) == expected);
    CHECK(kept(rays, square, 0).empty());
}

TEST_CASE("the nearest to the centre, of any number of segments and of boxes") {
    Random random(83);
    for (int n = 1; n < 40; ++n) {
        const std::vector<Segment> segments = strewn(random, n);
        const Rays rays = rays_of(segments);
        Boxes boxes;
        for (std::size_t i = 0; i < segments.size(); ++i)
            boxes.add(segments[i].box(), 100 + i);
        const Point from = random.in(Box{3'000'000, 4'000'000, 3'010'000, 4'010'000});
        double to_segment = infinity, to_box = infinity;
        for (const Segment& s : segments) {
            to_segment = std::min(to_segment, squared_distance(s, from));
            to_box = std::min(to_box, squared_distance(s.box(), from));
        }
        for (const Simd level : levels) {
            limit_simd(level);
            Sieve sieve;
            rays.measure(from, sieve);
            const std::size_t nearest = sieve.nearest();
            REQUIRE(nearest < segments.size());
            CHECK(sieve.squared(nearest) == to_segment);
            CHECK(squared_distance(segments[nearest], from) == to_segment);
            boxes.measure(from, sieve);
            CHECK(sieve.squared(sieve.nearest()) == to_box);
            CHECK(boxes.item(sieve.nearest()) == 100 + sieve.nearest());
        }
        limit_simd(best_simd());
    }
}

TEST_CASE("distances of 8 x 8 points have the bits of distances one by one") {
    Random random(84);
    for (int i = 0; i < 100; ++i) {
        const std::vector<Segment> segments = strewn(random, 30);
        Rays rays;
        const std::vector<std::uint32_t> every_third{0, 3, 6, 9, 12, 15, 18, 21, 24, 27}, half{1, 2, 5, 7, 8};
        rays.assign(rays_of(segments), every_third);
        double x[8], y[8];
        for (int k = 0; k < 8; ++k) {
            x[k] = 3'005'000 + 30 * k;
            y[k] = 4'005'000 - 30 * k;
        }
        for (const Simd level : levels) {
            limit_simd(level);
            float metres[64];
            rays.metres(half, x, y, metres);
            for (int k = 0; k < 64; ++k) {
                double least = infinity;
                for (const std::uint32_t n : half)
                    least = std::min(least, squared_distance(segments[rays.segment(n)], Point{x[k % 8], y[k / 8]}));
                REQUIRE(metres[k] == static_cast<float>(std::sqrt(least)));
            }
        }
        limit_simd(best_simd());
    }
}
