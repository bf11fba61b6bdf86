// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"
#include "rasters/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace zonerank::rasters {

/// A static hierarchy of bounding boxes over items that lie in an order in which
/// neighbours are near each other: `fan` items to a leaf, `fan` boxes to a node
/// (packed R-tree; Kamel and Faloutsos 1993). Costs 2.2 bytes an item. Immutable,
/// so safe to ask from any thread.
class PackedIndex {
public:
    static constexpr std::size_t fan = 16;

    PackedIndex() = default;
    explicit PackedIndex(std::span<const Box> items)
        : PackedIndex(items.size(), [&](std::size_t i) { return items[i]; }) {}

    /// Of `size` items; box_of(i) is a box around item i, asked from several threads.
    template <typename BoxOf>
    PackedIndex(std::size_t size, BoxOf&& box_of) : m_size(size) {
        std::vector<Box> leaves((size + fan - 1) / fan);
        in_pieces(size, fan, [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last; ++i)
                leaves[i / fan].add(box_of(i));
        });
        grow(std::move(leaves));
    }

    std::size_t size() const { return m_size; }
    const Box& leaf(std::size_t i) const { return m_levels[0][i]; } ///< around items fan * i to fan * (i + 1)

    /// Calls visit(first, last) for the leaves whose box passes (and the boxes
    /// above it), in order; only items in [begin, end) are handed out.
    template <typename Pass, typename Visit>
    void select(Pass&& pass, Visit&& visit, std::size_t begin = 0,
                std::size_t end = std::numeric_limits<std::size_t>::max()) const {
        if (!m_levels.empty())
            select(m_levels.size() - 1, 0, m_levels.back().size(), pass, visit, begin, std::min(end, m_size));
    }

    /// Branch and bound: bound(box) is at most the cost of any item in it;
    /// visit(first, last) gives the least cost of those items. Returns the least
    /// of all, at most `best`.
    template <typename Bound, typename Visit>
    double least(Bound&& bound, Visit&& visit, double best = std::numeric_limits<double>::infinity()) const {
        if (!m_levels.empty())
            least(m_levels.size() - 1, 0, m_levels.back().size(), bound, visit, best);
        return best;
    }

private:
    void grow(std::vector<Box> leaves);

    template <typename Pass, typename Visit>
    void select(std::size_t level, std::size_t from, std::size_t to, Pass& pass, Visit& visit, std::size_t begin,
                std::size_t end) const {
        const std::size_t span = m_spans[level];
        from = std::max(from, begin / span);
        to = std::min(to, (end + span - 1) / span);
        for (std::size_t i = from; i < to; ++i) {
            if (!pass(m_levels[level][i]))
                continue;
            if (level == 0)
                visit(std::max(i * fan, begin), std::min((i + 1) * fan, end));
            else
                select(level - 1, i * fan, std::min((i + 1) * fan, m_levels[level - 1].size()), pass, visit, begin,
                       end);
        }
    }

    template <typename Bound, typename Visit>
    void least(std::size_t level, std::size_t from, std::size_t to, Bound& bound, Visit& visit, double& best) const {
        std::array<std::pair<double, std::size_t>, fan> order;
        const std::size_t n = to - from;
        for (std::size_t i = 0; i < n; ++i)
            order[i] = {bound(m_levels[level][from + i]), from + i};
        std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(n));
        for (std::size_t i = 0; i < n && order[i].first <= best; ++i) {
            const std::size_t first = order[i].second * fan;
            if (level == 0)
                best = std::min(best, visit(first, std::min(first + fan, m_size)));
            else
                least(level - 1, first, std::min(first + fan, m_levels[level - 1].size()), bound, visit, best);
        }
    }

    std::size_t m_size = 0;
    std::vector<std::vector<Box>> m_levels; ///< leaves first; the last has at most `fan`
    std::vector<std::size_t> m_spans;       ///< items below a box of each level
};

namespace detail {

/// A Hilbert curve through a box, 65,536 steps a side.
class HilbertCurve {
public:
    explicit HilbertCurve(const Box& box)
        : m_xmin(box.xmin), m_ymin(box.ymin), m_step(std::max({box.width(), box.height(), 1e-300}) / 65535) {}

    std::uint32_t along(Point p) const { return along(step_of(p.x - m_xmin), step_of(p.y - m_ymin)); }

private:
    static std::uint32_t along(std::uint32_t x, std::uint32_t y);

    // 0 for what is not a number, which has to lie somewhere.
    std::uint32_t step_of(double offset) const {
        const double steps = offset / m_step;
        return steps > 0 && steps < 65536 ? static_cast<std::uint32_t>(steps) : 0;
    }

    double m_xmin, m_ymin, m_step;
};

/// The lower halves of the keys in the order of the upper ones; equal ones as they came.
std::vector<std::uint32_t> order_of(std::vector<std::uint64_t> keys);

} // namespace detail

/// The numbers below `size` in the order of their points, point_of(i), along a
/// Hilbert curve through the points' bounding box; equal ones as they came.
/// point_of is asked from several threads.
template <typename PointOf>
std::vector<std::uint32_t> hilbert_order(std::size_t size, PointOf&& point_of) {
    Box box;
    for (std::size_t i = 0; i < size; ++i)
        box.add(point_of(i));
    const detail::HilbertCurve curve(box);
    std::vector<std::uint64_t> keys(size);
    in_pieces(size, 1, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i)
            keys[i] = std::uint64_t{curve.along(point_of(i))} << 32 | i;
    });
    return detail::order_of(std::move(keys));
}

inline std::vector<std::uint32_t> hilbert_order(std::span<const Point> points) {
    return hilbert_order(points.size(), [&](std::size_t i) { return points[i]; });
}

} // namespace zonerank::rasters
