// SPDX-License-Identifier: Apache-2.0
#include "rasters/resample.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <random>

using namespace zonerank::rasters;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

Raster<double> picture(int cols, const std::vector<double>& values, Cell corner = {}) {
    Raster<double> pixels({corner.col, corner.row, cols, static_cast<int>(values.size()) / cols});
    std::copy(values.begin(), values.end(), pixels.values().begin());
    return pixels;
}

float at(Method method, const Raster<double>& pixels, Point place) {
    return resample(method, pixels, std::array{place}, {0, 0, 1, 1}, 0).values[{0, 0}];
}

struct One {
    double value = 0, share = 0;
};

One over(Method method, const Raster<double>& pixels, std::array<Point, 4> corners, int period = 0) {
    const Resampled r = resample(method, pixels, corners, {7, -3, 1, 1}, period);
    return {1.0 * r.values[{7, -3}], 1.0 * r.share[{7, -3}]};
}

// Corners in reading order: north-west, north-east, south-west, south-east.
std::array<Point, 4> box(double x0, double y0, double x1, double y1) {
    return {Point{x0, y0}, {x1, y0}, {x0, y1}, {x1, y1}};
}

} // namespace

TEST_CASE("nearest takes the pixel in which the centre lies") {
    const auto pixels = picture(2, {1, 2, 3, none}, {-1, 5});
    CHECK(at(Method::nearest, pixels, {-0.01, 5.5}) == 1);
    CHECK(at(Method::nearest, pixels, {0, 5.5}) == 2);
    CHECK(at(Method::nearest, pixels, {-1, 6.99}) == 3);
    for (const Point p : {Point{0.5, 6.5}, {-1.01, 5}, {1, 5}, {0, 7}, {0, 4.99}, {none, none}, {1e300, 0}}) {
        CAPTURE(p.x);
        CHECK(std::isnan(at(Method::nearest, pixels, p)));
    }
}

TEST_CASE("bilinear between four centres, never into a hole") {
    const auto pixels = picture(2, {10, 20, 30, 40});
    CHECK(at(Method::bilinear, pixels, {1, 1}) == 25);
    CHECK(at(Method::bilinear, pixels, {0.5, 0.5}) == 10);
    CHECK(at(Method::bilinear, pixels, {0.75, 0.5}) == 12.5);
    CHECK(at(Method::bilinear, pixels, {0.1, 0.2}) == 10); // beyond the outermost centres: the pixel's own
    const auto hole = picture(2, {10, none, 30, 50});
    CHECK(std::isnan(at(Method::bilinear, hole, {1.25, 0.75})));
    CHECK(at(Method::bilinear, hole, {0.75, 0.5}) == 10);
    CHECK(at(Method::bilinear, hole, {1.25, 1.25}) ==
          doctest::Approx((10 * 0.0625 + 30 * 0.1875 + 50 * 0.5625) / 0.8125));
    CHECK(std::isnan(at(Method::bilinear, pixels, {2, 1})));
}

TEST_CASE("cubic goes through the centres and follows a parabola's slope") {
    std::vector<double> values;
    for (int i = 0; i < 36; ++i)
        values.push_back(std::pow(i % 6, 2) + 3 * std::pow(i / 6, 2));
    const auto pixels = picture(6, values);
    CHECK(at(Method::cubic, pixels, {2.5, 3.5}) == 4 + 27);
    for (const Point p : {Point{2.75, 3.1}, {3.2, 2.9}, {2.5, 3.9}}) // Keys's is exact for polynomials to degree 2
        CHECK(1.0 * at(Method::cubic, pixels, p) ==
              doctest::Approx(std::pow(p.x - 0.5, 2) + 3 * std::pow(p.y - 0.5, 2)));
    CHECK(at(Method::cubic, pixels, {0.75, 0.75}) == at(Method::bilinear, pixels, {0.75, 0.75})); // at the rim
    values[14] = none;
    const auto hole = picture(6, values);
    CHECK(at(Method::cubic, hole, {3.2, 3.1}) == at(Method::bilinear, hole, {3.2, 3.1}));
    CHECK(std::isnan(at(Method::cubic, hole, {2.5, 2.5})));
}

TEST_CASE("cubic is the sum over Keys's kernel") {
    const auto kernel = [](double x) {
        x = std::abs(x);
        return x < 1 ? 1.5 * x * x * x - 2.5 * x * x + 1 : x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0.0;
    };
    std::mt19937 random(2);
    std::uniform_real_distribution<double> value(0, 100), place(2, 8);
    std::vector<double> values(100);
    for (double& v : values)
        v = value(random);
    const auto pixels = picture(10, values);
    for (int n = 0; n < 200; ++n) {
        const Point p{place(random), place(random)};
        double sum = 0;
        for (int i = 0; i < 100; ++i)
            sum += values[static_cast<std::size_t>(i)] * kernel(p.x - 0.5 - i % 10) * kernel(p.y - 0.5 - i / 10);
        CHECK(1.0 * at(Method::cubic, pixels, p) == doctest::Approx(sum).epsilon(1e-6));
    }
}

TEST_CASE("a centre has its pixel's whole share, or none") {
    const auto pixels = picture(2, {1, none});
    const Resampled r =
        resample(Method::nearest, pixels, std::array{Point{0.5, 0.5}, Point{1.5, 0.5}}, {0, 0, 2, 1}, 0);
    CHECK(r.share[{0, 0}] == 1);
    CHECK(r.share[{1, 0}] == 0);
}

TEST_CASE("averages and sums go by the share that is covered") {
    const auto pixels = picture(3, {1, 2, 3, 4, 5, 6, 7, 8, 9});
    CHECK(over(Method::average, pixels, box(0, 0, 2, 2)).value == 3);
    CHECK(over(Method::sum, pixels, box(0, 0, 2, 2)).value == 12);
    CHECK(over(Method::average, pixels, box(0.5, 0, 1.5, 1)).value == 1.5);
    CHECK(over(Method::sum, pixels, box(1.25, 1.25, 1.75, 1.75)).value == 1.25);
    CHECK(over(Method::average, pixels, box(1.25, 1.25, 1.75, 1.75)).value == 5);
    // Half beyond the raster: the mean of the rest, and its share.
    const One half = over(Method::average, pixels, box(2, 0, 4, 1));
    CHECK(half.value == 3);
    CHECK(half.share == 0.5);
    CHECK(std::isnan(over(Method::average, pixels, box(3, 0, 4, 1)).value));
    CHECK(over(Method::average, pixels, box(3, 0, 4, 1)).share == 0);
    // Upside down and mirrored, as a raster with north below would have it.
    CHECK(over(Method::sum, pixels, box(0, 2, 2, 0)).value == 12);
    CHECK(over(Method::sum, pixels, box(2, 0, 0, 2)).value == 12);
    // A lozenge of area 2 around the middle: 5 whole, a quarter of each neighbour.
    const std::array<Point, 4> lozenge{Point{1.5, 0.5}, {2.5, 1.5}, {0.5, 1.5}, {1.5, 2.5}};
    CHECK(over(Method::sum, pixels, lozenge).value == doctest::Approx(5 + (2 + 4 + 6 + 8) / 4.0));
    CHECK(std::isnan(over(Method::sum, pixels, {Point{none, none}, {1, 0}, {0, 1}, {1, 1}}).value));
}

TEST_CASE("random quadrilaterals weigh pixels as counting points does") {
    std::mt19937 random(21);
    std::uniform_real_distribution<double> place(2, 8), value(0, 100);
    std::vector<double> values(100);
    for (double& v : values)
        v = value(random);
    values[44] = values[57] = none;
    const auto pixels = picture(10, values);
    for (int n = 0; n < 60; ++n) {
        const double x = place(random), y = place(random), angle = place(random), a = place(random) / 4,
                     b = place(random) / 4;
        const auto corner = [&](double u, double v) {
            return Point{x + u * a * std::cos(angle) - v * b * std::sin(angle),
                         y + u * a * std::sin(angle) + v * b * std::cos(angle)};
        };
        double sum = 0;
        int with_data = 0;
        constexpr int steps = 400;
        for (int i = 0; i < steps * steps; ++i) {
            const Point p = corner(2 * (i % steps + 0.5) / steps - 1, 2 * (i / steps + 0.5) / steps - 1);
            if (p.x < 0 || p.y < 0 || p.x >= 10 || p.y >= 10)
                continue;
            const double v = pixels[{static_cast<int>(p.x), static_cast<int>(p.y)}];
            if (std::isnan(v))
                continue;
            sum += v;
            ++with_data;
        }
        const std::array<Point, 4> quad{corner(-1, -1), corner(1, -1), corner(-1, 1), corner(1, 1)};
        const One average = over(Method::average, pixels, quad);
        CHECK(average.value == doctest::Approx(sum / with_data).epsilon(0.005));
        CHECK(average.share == doctest::Approx(1.0 * with_data / (steps * steps)).epsilon(0.005));
        CHECK(over(Method::sum, pixels, quad).value ==
              doctest::Approx(sum * 4 * a * b / (steps * steps)).epsilon(0.005));
    }
}

TEST_CASE("a bent net of cells neither loses nor doubles a pixel") {
    std::mt19937 random(4);
    std::uniform_real_distribution<double> shift(-0.3, 0.3);
    const auto pixels = picture(30, std::vector<double>(900, 1));
    std::vector<Point> net;
    for (int i = 0; i < 49; ++i)
        net.push_back({6 + 3.1 * (i % 7) + shift(random), 5 + 2.7 * (i / 7) + shift(random)});
    double rim = 0; // the area inside the net's outline
    const auto cross = [&](int i, int j) {
        const Point a = net[static_cast<std::size_t>(i)], b = net[static_cast<std::size_t>(j)];
        rim += (a.x * b.y - b.x * a.y) / 2;
    };
    for (int i = 0; i < 6; ++i) {
        cross(i, i + 1);
        cross(6 + 7 * i, 13 + 7 * i);
        cross(48 - i, 47 - i);
        cross(42 - 7 * i, 35 - 7 * i);
    }
    const Resampled r = resample(Method::sum, pixels, net, {0, 0, 6, 6}, 0);
    double sum = 0;
    for (const float v : r.values.values())
        sum += 1.0 * v;
    CHECK(sum == doctest::Approx(rim).epsilon(1e-6));
}

TEST_CASE("a cell that a turn of the globe tore apart is put together") {
    const auto pixels = picture(4, {1, 2, 3, 4}, {6, 0}); // columns 6..9; 8 around
    const std::array<Point, 4> torn{Point{7.5, 0}, {0.5, 0}, {7.5, 1}, {0.5, 1}};
    CHECK(over(Method::average, pixels, torn, 8).value == 2.5); // half of 7, half of 8 = 0
}

TEST_CASE("the pixels around places reach as far as the methods do") {
    CHECK(pixels_around(std::array{Point{3.5, 8.2}, Point{5.1, 7.9}}) == Window{1, 5, 7, 6});
    CHECK(pixels_around(std::array{Point{-0.5, 0.5}, Point{none, none}}) == Window{-3, -2, 5, 5});
    CHECK(pixels_around({}).empty());
    CHECK(pixels_around(std::array{Point{1e300, 1}}).empty());
}
