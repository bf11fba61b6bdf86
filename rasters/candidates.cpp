// SPDX-License-Identifier: Apache-2.0
#include "rasters/candidates.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace zonerank::rasters {

static constexpr std::size_t lanes = Column::step;
static constexpr double infinity = std::numeric_limits<double>::infinity();

void Sieve::start(std::size_t things) {
    m_size = things;
    for (Column* column : {&m_x, &m_y, &m_squared})
        column->fit(std::max(things, column->size()));
}

std::size_t Sieve::nearest() {
    std::fill(m_squared.begin() + static_cast<std::ptrdiff_t>(m_size),
              m_squared.begin() + static_cast<std::ptrdiff_t>((m_size + lanes - 1) / lanes * lanes), infinity);
    double least[lanes], at[lanes];
    vectorised([&](auto width) ZONERANK_INLINE {
        using V = Lanes<width>;
        for (std::size_t k = 0; k < lanes; k += width) {
            V low, low_at{};
            fill(low, infinity);
            for (std::size_t i = k; i < m_size; i += lanes) {
                V squared, here;
                load(squared, &m_squared[i]);
                fill(here, static_cast<double>(i - k));
                low_at = squared < low ? here : low_at;
                low = squared < low ? squared : low;
            }
            store(low, least + k);
            store(low_at, at + k);
        }
    });
    const auto lane = static_cast<std::size_t>(std::min_element(least, least + lanes) - least);
    return static_cast<std::size_t>(at[lane]) + lane;
}

// Squared distances to the corners, a little more than they are: north-east and
// south-west, south-east and north-west.
static std::array<double, 4> corners(const Square& s, const Ray& known) {
    const Point c = s.centre;
    std::array<double, 4> squared{};
    std::size_t i = 0;
    for (const Point p : {Point{c.x + s.half, c.y + s.half}, Point{c.x - s.half, c.y - s.half},
                          Point{c.x + s.half, c.y - s.half}, Point{c.x - s.half, c.y + s.half}}) {
        const double d = std::sqrt(squared_distance(known, p)) + 4 * s.slack;
        squared[i++] = d * d;
    }
    return squared;
}

// At a corner (x, y) from the centre the tangent plane is d + way * (x, y) / d. It is
// compared with the known distance without a root or a division: multiplied by d, squared.
std::span<const std::uint32_t> Sieve::sift(const Square& square, const Ray& known, double reach) {
    const std::array<double, 4> corner = corners(square, known);
    m_excess.fit(std::max(m_size, m_excess.size()));
    m_kept.resize(m_excess.size());
    vectorised([&](auto width) ZONERANK_INLINE {
        using V = Lanes<width>;
        V zero, all;
        fill_unknown(zero, 0);
        fill(all, infinity);
        const auto lower = [&](const V& plane, const V& squared, double known_squared, V& least) ZONERANK_INLINE {
            const V above = plane > zero ? plane : zero, excess = above * above - squared * known_squared;
            least = excess < least ? excess : least;
        };
        for (std::size_t i = 0; i < m_size; i += width) {
            V squared, x, y;
            load(squared, &m_squared[i]);
            load(x, &m_x[i]);
            load(y, &m_y[i]);
            const V a = x * square.half, b = y * square.half, sum = a + b, difference = a - b;
            V least = all;
            lower(squared + sum, squared, corner[0], least);
            lower(squared - sum, squared, corner[1], least);
            lower(squared + difference, squared, corner[2], least);
            lower(squared - difference, squared, corner[3], least);
            store<V>(squared > reach * reach ? all : least, &m_excess[i]);
        }
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_size; ++i) {
        m_kept[kept] = static_cast<std::uint32_t>(i);
        kept += !(m_excess[i] > 0);
    }
    return {m_kept.data(), kept};
}

void Rays::resize(std::size_t size) {
    for (Column* column : {&m_ax, &m_ay, &m_dx, &m_dy, &m_inverse})
        column->fit(size);
    m_segment.resize(size);
}

void Rays::add(std::span<const Segment> segments, std::size_t first, std::size_t last) {
    const std::size_t at = size(), n = last - first;
    resize(at + n);
    double *ax = &m_ax[at], *ay = &m_ay[at], *dx = &m_dx[at], *dy = &m_dy[at], *inverse = &m_inverse[at];
    const Segment* s = &segments[first];
    for (std::size_t i = 0; i < n; ++i) {
        const Ray r = ray(s[i]);
        ax[i] = r.ax, ay[i] = r.ay, dx[i] = r.dx, dy[i] = r.dy, inverse[i] = r.inverse;
        m_segment[at + i] = static_cast<std::uint32_t>(first + i);
    }
}

void Rays::assign(const Rays& all, std::span<const std::uint32_t> which) {
    resize(which.size());
    for (std::size_t i = 0; i < which.size(); ++i) {
        const std::uint32_t from = which[i];
        m_ax[i] = all.m_ax[from];
        m_ay[i] = all.m_ay[from];
        m_dx[i] = all.m_dx[from];
        m_dy[i] = all.m_dy[from];
        m_inverse[i] = all.m_inverse[from];
        m_segment[i] = all.m_segment[from];
    }
}

void Rays::measure(Point from, Sieve& sieve) const {
    sieve.start(size());
    vectorised([&](auto width) ZONERANK_INLINE {
        using V = Lanes<width>;
        V zero, one;
        fill_unknown(zero, 0);
        fill_unknown(one, 1);
        for (std::size_t i = 0; i < size(); i += width) {
            V ax, ay, dx, dy, inverse, x, y;
            load(ax, &m_ax[i]);
            load(ay, &m_ay[i]);
            load(dx, &m_dx[i]);
            load(dy, &m_dy[i]);
            load(inverse, &m_inverse[i]);
            way_from<V, V>(from.x - ax, from.y - ay, dx, dy, inverse, zero, one, x, y);
            sieve.set(i, x, y);
        }
    });
}

void Rays::metres(std::span<const std::uint32_t> which, const double* x, const double* y, float (&metres)[64]) const {
    vectorised([&](auto width) ZONERANK_INLINE {
        using V = Lanes<width>;
        double least[lanes][lanes];
        V zero, one;
        fill_unknown(zero, 0);
        fill_unknown(one, 1);
        for (std::size_t k = 0; k < lanes; k += width) {
            V east, low[lanes] = {};
            load(east, x + k);
            for (V& v : low)
                fill(v, infinity);
            for (const std::uint32_t n : which) {
                const V px = east - m_ax[n];
                for (std::size_t row = 0; row < lanes; ++row) {
                    V ex, ey;
                    way_from<V, double>(px, y[row] - m_ay[n], m_dx[n], m_dy[n], m_inverse[n], zero, one, ex, ey);
                    const V squared = ex * ex + ey * ey;
                    low[row] = squared < low[row] ? squared : low[row];
                }
            }
            for (std::size_t row = 0; row < lanes; ++row)
                store(low[row], &least[row][k]);
        }
        for (std::size_t i = 0; i < lanes * lanes; ++i)
            metres[i] = static_cast<float>(std::sqrt((&least[0][0])[i]));
    });
}

void Boxes::add(const Box& box, std::size_t item) {
    const std::size_t i = size();
    m_item.push_back(item);
    for (Column* column : {&m_xmin, &m_ymin, &m_xmax, &m_ymax})
        column->fit(i + 1);
    m_xmin[i] = box.xmin, m_ymin[i] = box.ymin, m_xmax[i] = box.xmax, m_ymax[i] = box.ymax;
}

void Boxes::measure(Point from, Sieve& sieve) const {
    sieve.start(size());
    vectorised([&](auto width) ZONERANK_INLINE {
        using V = Lanes<width>;
        V zero;
        fill_unknown(zero, 0);
        const auto beside = [&](const V& below, const V& above, V& way) ZONERANK_INLINE {
            const V over = above > zero ? above : zero;
            way = below < zero ? below : over;
        };
        for (std::size_t i = 0; i < size(); i += width) {
            V xmin, ymin, xmax, ymax, x, y;
            load(xmin, &m_xmin[i]);
            load(ymin, &m_ymin[i]);
            load(xmax, &m_xmax[i]);
            load(ymax, &m_ymax[i]);
            beside(from.x - xmin, from.x - xmax, x);
            beside(from.y - ymin, from.y - ymax, y);
            sieve.set(i, x, y);
        }
    });
}

} // namespace zonerank::rasters
