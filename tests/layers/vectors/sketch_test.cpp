// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/sketch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace zonerank;
using layers::Sketch;
using layers::SketchPath;
using rasters::Path;
using rasters::Point;
using rasters::Shape;

namespace {

// 400 x 200 units of 25 m.
const layers::SketchFrame frame{.box = {300'000, 3'600'000, 310'000, 3'605'000}, .unit = 25};

double far(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    const double t = length2 > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0) : 0.0;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

Path in_metres(const SketchPath& path) {
    Path metres;
    for (const auto& [x, y] : path)
        metres.push_back({frame.box.xmin + x * frame.unit, frame.box.ymax - y * frame.unit});
    return metres;
}

double off(Point p, const Path& line) {
    double least = HUGE_VAL;
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
        least = std::min(least, far(p, line[i], line[i + 1]));
    return least;
}

Sketch drawn(const Shape& shape) {
    Sketch sketch;
    add_to(sketch, shape, frame);
    return sketch;
}

Path wandering(std::uint32_t seed, Point at, double step, int bends) {
    std::mt19937 random(seed);
    Path line{at};
    for (int i = 0; i < bends; ++i) {
        at.x += (static_cast<double>(random() % 1000) / 500 - 0.9) * step;
        at.y += (static_cast<double>(random() % 1000) / 500 - 1) * step;
        line.push_back(at);
    }
    return line;
}

} // namespace

TEST_CASE("a sketch's line lies within half a display pixel of the line, and the line of it") {
    for (std::uint32_t seed = 1; seed < 20; ++seed) {
        const Path line = wandering(seed, {303'000, 3'602'500}, 12, 400);
        const Sketch sketch = drawn({.points = {}, .lines = {line}, .polygons = {}});
        REQUIRE(sketch.lines.size() == 1);
        const Path thin = in_metres(sketch.lines[0]);
        CHECK(thin.size() < line.size() / 4);
        for (const Point p : line)
            CHECK(off(p, thin) <= 2 * frame.unit);
        for (const Point p : thin)
            CHECK(off(p, line) <= 2 * frame.unit);
    }
}

TEST_CASE("what lies beyond the frame is cut off, and comes back as a piece of its own") {
    const Path line{
        {299'000, 3'602'000}, {302'000, 3'602'000}, {302'000, 3'607'000}, {304'000, 3'607'000}, {304'000, 3'603'000}};
    const Sketch sketch = drawn({.points = {}, .lines = {line}, .polygons = {}});
    const int m = layers::sketch_margin;
    CHECK(sketch.lines == std::vector<SketchPath>{{{-m, 120}, {80, 120}, {80, -m}}, {{160, -m}, {160, 80}}});
    CHECK(drawn({.points = {}, .lines = {{{0, 0}, {1, 1}}}, .polygons = {}}).empty());
    // Bounds that meet the frame, without a point in it.
    CHECK(drawn({.points = {}, .lines = {{{299'000, 3'604'900}, {300'100, 3'607'000}}}, .polygons = {}}).empty());
}

TEST_CASE("polygons keep their holes, and go on a little beyond the frame") {
    const auto ring = [](double xmin, double ymin, double xmax, double ymax) {
        return Path{{xmin, ymin}, {xmax, ymin}, {xmax, ymax}, {xmin, ymax}, {xmin, ymin}};
    };
    const int m = layers::sketch_margin;
    const Sketch sketch = drawn(
        {.points = {},
         .lines = {},
         .polygons = {{{ring(305'000, 3'601'000, 320'000, 3'602'000), ring(306'000, 3'601'250, 307'000, 3'601'750),
                        ring(306'000, 3'601'250, 306'003, 3'601'253)}}}});
    REQUIRE(sketch.polygons.size() == 1);
    REQUIRE(sketch.polygons[0].size() == 2);
    SketchPath outer = sketch.polygons[0][0];
    std::ranges::sort(outer);
    CHECK(outer == SketchPath{{200, 120}, {200, 160}, {400 + m, 120}, {400 + m, 160}});
    CHECK(sketch.polygons[0][1].size() == 4);
    CHECK(drawn({.points = {}, .lines = {}, .polygons = {{{ring(302'000, 3'601'000, 302'003, 3'601'003)}}}}).empty());
}

TEST_CASE("points are where they are") {
    const Sketch sketch =
        drawn({.points = {{300'012, 3'604'988}, {305'000, 3'600'000}, {1, 1}}, .lines = {}, .polygons = {}});
    CHECK(sketch.points == SketchPath{{0, 0}, {200, 200}});
}

TEST_CASE("plainer sketches stay within the tolerance, without what is smaller than it") {
    const Path line = wandering(3, {303'000, 3'602'500}, 60, 400);
    const Sketch sketch = drawn({.points = {{303'000, 3'602'500}, {303'010, 3'602'490}, {304'000, 3'602'500}},
                                 .lines = {line, {{304'000, 3'602'000}, {304'150, 3'602'000}}},
                                 .polygons = {}});
    REQUIRE(sketch.lines.size() == 2);
    const Sketch plain = plainer(sketch, 8);
    REQUIRE(plain.lines.size() == 1);
    CHECK(plain.lines[0].size() < sketch.lines[0].size());
    for (const Point p : in_metres(sketch.lines[0]))
        CHECK(off(p, in_metres(plain.lines[0])) <= 8 * frame.unit + 1e-6);
    CHECK(plain.points == SketchPath{{120, 100}, {160, 100}});
}
