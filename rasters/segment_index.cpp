// SPDX-License-Identifier: Apache-2.0
#include "rasters/segment_index.hpp"

#include "rasters/core/error.hpp"

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

SegmentIndex::SegmentIndex(std::vector<Segment> segments) {
    std::vector<Point> middles;
    middles.reserve(segments.size());
    for (const Segment& s : segments) {
        m_scale = std::max({m_scale, require_place(s.a), require_place(s.b)});
        middles.push_back(s.box().centre());
    }
    std::vector<Box> boxes;
    boxes.reserve(segments.size());
    m_segments.reserve(segments.size());
    for (const std::uint32_t i : hilbert_order(middles)) {
        m_segments.push_back(segments[i]);
        boxes.push_back(segments[i].box());
    }
    m_tree = PackedIndex(boxes);
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

std::vector<Segment> segments_of(std::span<const Shape> shapes) {
    std::vector<Segment> segments;
    for (const Shape& shape : shapes) {
        for (const Point p : shape.points)
            segments.push_back({p, p});
        for (const Path& line : shape.lines)
            if (line.size() == 1)
                segments.push_back({line[0], line[0]});
        for_each_segment(shape, [&](Point a, Point b) { segments.push_back({a, b}); });
    }
    return segments;
}

} // namespace zonerank::rasters
