// SPDX-License-Identifier: Apache-2.0
#include "rasters/segment_index.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"

#include <cmath>

namespace zonerank::rasters {

static double magnitude(Point p) {
    return std::max(std::abs(p.x), std::abs(p.y));
}

double require_place(Point p) {
    if (!(magnitude(p) < 1e12) || std::isnan(p.x) || std::isnan(p.y))
        throw Error("a shape has the coordinates ({:g}, {:g}), which are no place on a map in metres", p.x, p.y);
    return magnitude(p);
}

// The largest coordinate.
static double scale_of(std::span<const Segment> segments) {
    double scale = 0;
    bool places = true;
    for (const auto& [a, b] : segments) {
        const double ax = std::abs(a.x), ay = std::abs(a.y), bx = std::abs(b.x), by = std::abs(b.y);
        places = places && ax < 1e12 && ay < 1e12 && bx < 1e12 && by < 1e12;
        scale = std::max({scale, ax, ay, bx, by});
    }
    for (std::size_t i = 0; i < segments.size() && !places; ++i) {
        require_place(segments[i].a);
        require_place(segments[i].b);
    }
    return scale;
}

SegmentIndex::SegmentIndex(const std::vector<Segment>& segments) : m_scale(scale_of(segments)) {
    const std::vector<std::uint32_t> order =
        hilbert_order(segments.size(), [&](std::size_t k) { return segments[k].box().centre(); });
    m_segments.resize(segments.size());
    in_pieces(order.size(), 1, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i)
            m_segments[i] = segments[order[i]];
    });
    m_tree = PackedIndex(m_segments.size(), [&](std::size_t i) { return m_segments[i].box(); });
}

double SegmentIndex::slack(Point p) const {
    return 1e-12 * (m_scale + magnitude(p));
}

// Boxes are compared with a margin, so that the nearest segment as computed is
// never left out because a box seemed a rounding error farther away.
template <typename From>
double SegmentIndex::nearest_to(const From& from, const Box& around, double margin, double least) const {
    m_tree.least([&](const Box& box) { return std::sqrt(squared_distance(box, around)) - margin; },
                 [&](std::size_t first, std::size_t last) {
                     for (std::size_t i = first; i < last; ++i)
                         least = std::min(least, squared_distance(m_segments[i], from));
                     return std::sqrt(least);
                 },
                 std::sqrt(least));
    return least;
}

double SegmentIndex::nearest(Point p, double best) const {
    return nearest_to(p, {p.x, p.y, p.x, p.y}, slack(p), best);
}

double SegmentIndex::nearest(const Segment& s, double best) const {
    return nearest_to(s, s.box(), std::max(slack(s.a), slack(s.b)), best);
}

static std::size_t most_segments_of(const Shape& shape) {
    std::size_t count = shape.points.size();
    for (const Path& line : shape.lines)
        count += line.size();
    for (const Polygon& polygon : shape.polygons)
        for (const Path& ring : polygon.rings)
            count += ring.size();
    return count;
}

std::vector<Segment> segments_of(std::span<const Shape* const> shapes) {
    std::size_t most = 0;
    for (const Shape* shape : shapes)
        most += most_segments_of(*shape);
    std::vector<Segment> segments;
    segments.reserve(most);
    for (const Shape* shape : shapes) {
        for (const Point p : shape->points)
            segments.push_back({p, p});
        for (const Path& line : shape->lines)
            if (line.size() == 1)
                segments.push_back({line[0], line[0]});
        for_each_segment(*shape, [&](Point a, Point b) { segments.push_back({a, b}); });
    }
    return segments;
}

} // namespace zonerank::rasters
