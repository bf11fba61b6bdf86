// SPDX-License-Identifier: Apache-2.0
#include "rasters/resample.hpp"

#include "rasters/core/simd.hpp"
#include "rasters/zonal/quad_coverage.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace zonerank::rasters {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Beyond this no raster reaches; keeps the conversions to int defined.
constexpr double farthest = 1e9;

bool usable(Point p) {
    return std::abs(p.x) < farthest && std::abs(p.y) < farthest; // false for NaN
}

double pixel_at(const Raster<double>& pixels, Cell c) {
    return pixels.window().contains(c) ? pixels[c] : nan;
}

double nearest(const Raster<double>& pixels, Point p) {
    return usable(p) ? pixel_at(pixels, {floor_of(p.x), floor_of(p.y)}) : nan;
}

double bilinear(const Raster<double>& pixels, Point p) {
    if (std::isnan(nearest(pixels, p)))
        return nan;
    const int col = floor_of(p.x - 0.5), row = floor_of(p.y - 0.5);
    const double fx = p.x - 0.5 - col, fy = p.y - 0.5 - row;
    const std::array<double, 4> weights{(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy};
    double sum = 0, weight = 0;
    for (int i = 0; i < 4; ++i) {
        const double value = pixel_at(pixels, {col + i % 2, row + i / 2});
        if (std::isnan(value))
            continue;
        sum += weights[static_cast<std::size_t>(i)] * value;
        weight += weights[static_cast<std::size_t>(i)];
    }
    return sum / weight;
}

// Keys's four weights for a point `t` of the way from the second to the third.
std::array<double, 4> cubic_weights(double t) {
    const double t2 = t * t, t3 = t2 * t;
    return {(-t + 2 * t2 - t3) / 2, (2 - 5 * t2 + 3 * t3) / 2, (t + 4 * t2 - 3 * t3) / 2, (t3 - t2) / 2};
}

double cubic(const Raster<double>& pixels, Point p) {
    if (!usable(p))
        return nan;
    const int col = floor_of(p.x - 0.5), row = floor_of(p.y - 0.5);
    const std::array<double, 4> across = cubic_weights(p.x - 0.5 - col), down = cubic_weights(p.y - 0.5 - row);
    double sum = 0;
    for (int r = 0; r < 4; ++r) {
        double along = 0;
        for (int c = 0; c < 4; ++c)
            along += across[static_cast<std::size_t>(c)] * pixel_at(pixels, {col - 1 + c, row - 1 + r});
        sum += down[static_cast<std::size_t>(r)] * along;
    }
    return std::isnan(sum) ? bilinear(pixels, p) : sum;
}

double at_point(Method method, const Raster<double>& pixels, Point p) {
    switch (method) {
    case Method::nearest:
        return nearest(pixels, p);
    case Method::cubic:
        return cubic(pixels, p);
    default:
        return bilinear(pixels, p);
    }
}

/// A row of cells whose methods reach no pixel beyond the window of those read.
struct InsideRow {
    const Raster<double>& pixels;
    std::span<const Point> places;

    bool holds() const {
        const Window& w = pixels.window();
        double left = farthest, right = -farthest, top = farthest, bottom = -farthest;
        unsigned lost = 0;
        vectorised([&]() ZONERANK_INLINE {
            double l = left, r = right, t = top, b = bottom;
            unsigned nowhere = 0;
            for (const Point *p = places.data(), *end = p + places.size(); p < end; ++p) {
                nowhere |= (p->x != p->x) | (p->y != p->y);
                l = p->x < l ? p->x : l;
                r = p->x > r ? p->x : r;
                t = p->y < t ? p->y : t;
                b = p->y > b ? p->y : b;
            }
            left = l, right = r, top = t, bottom = b, lost = nowhere;
        });
        return lost == 0 && left - 2 >= w.col && right + 2 <= w.col + w.cols && top - 2 >= w.row &&
               bottom + 2 <= w.row + w.rows;
    }

    /// As nearest() and bilinear(), to the bit.
    void nearest(float* values) const {
        const Corner corner(pixels);
        vectorised([&]() ZONERANK_INLINE {
            const Corner c = corner;
            for (std::size_t i = 0, n = places.size(); i < n; ++i)
                values[i] = static_cast<float>(*c.at(std::floor(places[i].x), std::floor(places[i].y)));
        });
    }
    void bilinear(float* values) const {
        const Corner corner(pixels);
        vectorised([&]() ZONERANK_INLINE {
            const Corner c = corner;
            const Point* place = places.data();
            for (std::size_t i = 0, n = places.size(); i < n; ++i) {
                const double x = place[i].x - 0.5, y = place[i].y - 0.5, col = std::floor(x), row = std::floor(y);
                const double fx = x - col, fy = y - row;
                const double* north = c.at(col, row);
                const double* south = north + c.cols;
                const double a = north[0], b = north[1], d = south[0], e = south[1];
                const double wa = (1 - fx) * (1 - fy), wb = fx * (1 - fy), wd = (1 - fx) * fy, we = fx * fy;
                const double sum = term(wa, a) + term(wb, b) + term(wd, d) + term(we, e);
                const double weight = part(wa, a) + part(wb, b) + part(wd, d) + part(we, e);
                const double own = fy >= 0.5 ? fx >= 0.5 ? e : d : fx >= 0.5 ? b : a;
                values[i] = static_cast<float>(own != own ? own : sum / weight);
            }
        });
    }

private:
    struct Corner {
        const double* data;
        std::ptrdiff_t cols;
        double col, row;

        explicit Corner(const Raster<double>& pixels)
            : data(pixels.values().data()), cols(pixels.window().cols), col(pixels.window().col),
              row(pixels.window().row) {}
        ZONERANK_INLINE const double* at(double c, double r) const {
            return data + static_cast<std::ptrdiff_t>(r - row) * cols + static_cast<std::ptrdiff_t>(c - col);
        }
    };
    ZONERANK_INLINE static double term(double weight, double value) { return value != value ? 0 : weight * value; }
    ZONERANK_INLINE static double part(double weight, double value) { return value != value ? 0 : weight; }
};

bool resample_inside(Method method, const InsideRow& row, float* values) {
    if ((method != Method::nearest && method != Method::bilinear) || !row.holds())
        return false;
    if (method == Method::nearest)
        row.nearest(values);
    else
        row.bilinear(values);
    return true;
}

// Corners that are a turn of the globe apart brought together.
void unroll(Quad& quad, int period) {
    if (period == 0)
        return;
    for (Point& p : quad)
        p.x -= period * std::round((p.x - quad[0].x) / period);
}

struct CellValue {
    double value = nan, share = 0;
};

CellValue over_area(Method method, const Raster<double>& pixels, const Quad& quad, QuadCoverage& shares) {
    if (!std::all_of(quad.begin(), quad.end(), usable))
        return {};
    const double area = shares.cover(quad);
    double sum = 0, weight = 0;
    shares.for_each([&](Cell c, double share) {
        const double value = pixel_at(pixels, c);
        if (std::isnan(value))
            return;
        sum += share * value;
        weight += share;
    });
    if (weight == 0)
        return {};
    return {method == Method::sum ? sum : sum / weight, std::min(weight / area, 1.0)};
}

} // namespace

static Resampled resample_areas(Method method, const Raster<double>& pixels, std::span<const Point> places,
                                Window window, int period) {
    Resampled result{Tile::unset(window), Tile::unset(window)};
    QuadCoverage shares;
    const auto stride = static_cast<std::size_t>(window.cols) + 1;
    std::size_t i = 0;
    for (int row = 0; row < window.rows; ++row)
        for (int col = 0; col < window.cols; ++col, ++i) {
            const std::size_t at = i + static_cast<std::size_t>(row), below = at + stride;
            Quad quad{places[at], places[at + 1], places[below + 1], places[below]};
            unroll(quad, period);
            const CellValue cell = over_area(method, pixels, quad, shares);
            result.values.values()[i] = static_cast<float>(cell.value);
            result.share.values()[i] = static_cast<float>(cell.share);
        }
    return result;
}

static Resampled resample_points(Method method, const Raster<double>& pixels, std::span<const Point> places,
                                 Window window) {
    Resampled result{Tile::unset(window), Tile::unset(window)};
    const auto cols = static_cast<std::size_t>(window.cols);
    for (int row = 0; row < window.rows; ++row) {
        const std::size_t first = static_cast<std::size_t>(row) * cols;
        float* values = result.values.values().data() + first;
        const std::span<const Point> here = places.subspan(first, cols);
        if (!resample_inside(method, {pixels, here}, values))
            for (std::size_t i = 0; i < cols; ++i)
                values[i] = static_cast<float>(at_point(method, pixels, here[i]));
    }
    std::ranges::transform(result.values.values(), result.share.values().begin(),
                           [](float value) { return std::isnan(value) ? 0.0F : 1.0F; });
    return result;
}

Resampled resample(Method method, const Raster<double>& pixels, std::span<const Point> places, Window window,
                   int period) {
    return by_area(method) ? resample_areas(method, pixels, places, window, period)
                           : resample_points(method, pixels, places, window);
}

Window pixels_around(std::span<const Point> places) {
    Box box;
    vectorised([&]() ZONERANK_INLINE {
        double left = farthest, right = -farthest, top = farthest, bottom = -farthest;
        for (const Point *p = places.data(), *end = p + places.size(); p < end; ++p) {
            const bool there = (p->x > -farthest) & (p->x < farthest) & (p->y > -farthest) & (p->y < farthest);
            left = there & (p->x < left) ? p->x : left;
            right = there & (p->x > right) ? p->x : right;
            top = there & (p->y < top) ? p->y : top;
            bottom = there & (p->y > bottom) ? p->y : bottom;
        }
        box = {left, top, right, bottom};
    });
    if (box.empty())
        return {};
    constexpr int reach = 2;
    const int col = floor_of(box.xmin) - reach, row = floor_of(box.ymin) - reach;
    return {col, row, floor_of(box.xmax) + reach + 1 - col, floor_of(box.ymax) + reach + 1 - row};
}

} // namespace zonerank::rasters
