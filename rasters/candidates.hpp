// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/buffers.hpp"
#include "rasters/core/lanes.hpp"
#include "rasters/segment.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// A square that holds every point which a block of cells is measured from.
struct Square {
    Point centre;
    double half;  ///< metres from the centre to its sides
    double slack; ///< metres that a distance in it, as computed, may be off, with room to spare
};

/// Numbers of many things side by side, for loops that take several at once:
/// there is room for whole vectors.
class Column : public std::vector<double, BufferAllocator<double>> {
public:
    static constexpr std::size_t step = 8;

    void fit(std::size_t things) { resize((things + step - 1) / step * step); }
};

/// Finds which of many things can be nearest to some point of a square. They are
/// known by the way from each one's nearest point to the square's centre.
class Sieve {
public:
    void start(std::size_t things);

    template <typename V>
    ZONERANK_INLINE void set(std::size_t i, const V& x, const V& y) {
        store(x, &m_x[i]);
        store(y, &m_y[i]);
        store<V>(x * x + y * y, &m_squared[i]);
    }

    std::size_t nearest(); ///< to the centre; one of equals
    double squared(std::size_t i) const { return m_squared[i]; }

    /// Positions of the things, in order, but for those that are farther than
    /// `known` from every point of the square or farther than `reach` from its centre.
    /// Things have to be convex: then distance to one is a convex function, nowhere
    /// below its tangent plane at the centre. And that plane less the distance to
    /// `known` is concave: positive at all four corners, it is so in all the square.
    /// Valid until the next call.
    std::span<const std::uint32_t> sift(const Square& square, const Ray& known, double reach);

private:
    std::size_t m_size = 0;
    Column m_x, m_y, m_squared, m_excess;
    std::vector<std::uint32_t> m_kept;
};

/// Segments in columns.
class Rays {
public:
    std::size_t size() const { return m_segment.size(); }
    std::size_t capacity() const { return m_segment.capacity(); }
    Ray operator[](std::size_t i) const { return {m_ax[i], m_ay[i], m_dx[i], m_dy[i], m_inverse[i]}; }
    std::uint32_t segment(std::size_t i) const { return m_segment[i]; } ///< its position where it was added from

    void clear() { resize(0); }
    void add(std::span<const Segment> segments, std::size_t first, std::size_t last);
    void assign(const Rays& all, std::span<const std::uint32_t> which);

    void measure(Point from, Sieve& sieve) const;

    /// Distances from 8 x 8 points, (x[i % 8], y[i / 8]), to the nearest of some rays,
    /// computed in double and rounded once.
    void metres(std::span<const std::uint32_t> which, const double* x, const double* y, float (&metres)[64]) const;

private:
    void resize(std::size_t size);

    Column m_ax, m_ay, m_dx, m_dy, m_inverse;
    std::vector<std::uint32_t> m_segment;
};

/// Boxes in columns.
class Boxes {
public:
    std::size_t size() const { return m_item.size(); }
    std::size_t item(std::size_t i) const { return m_item[i]; }

    void clear() { m_item.clear(); }
    void add(const Box& box, std::size_t item);

    void measure(Point from, Sieve& sieve) const;

private:
    Column m_xmin, m_ymin, m_xmax, m_ymax;
    std::vector<std::size_t> m_item;
};

} // namespace zonerank::rasters
