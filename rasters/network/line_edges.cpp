// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/line_edges.hpp"

#include "rasters/segment_index.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::rasters {

LineEdges::LineEdges(std::span<const RoadLine> lines) {
    std::vector<Edge> edges;
    for (std::uint32_t line = 0; line < lines.size(); ++line) {
        const Path& path = lines[line].path;
        for (const Point p : path)
            m_scale = std::max(m_scale, require_place(p));
        for (std::uint32_t i = 0; i + 1 < path.size(); ++i)
            edges.push_back({{path[i], path[i + 1]}, line, i});
    }
    for (const std::uint32_t i :
         hilbert_order(edges.size(), [&](std::size_t k) { return edges[k].segment.box().centre(); }))
        m_edges.push_back(edges[i]);
    m_tree = PackedIndex(m_edges.size(), [&](std::size_t i) { return m_edges[i].segment.box(); });
}

double LineEdges::nearest(const Segment& from, double best) const {
    const Box around = from.box();
    double least = best;
    m_tree.least([&](const Box& box) { return std::sqrt(squared_distance(box, around)) - slack(); },
                 [&](std::size_t first, std::size_t last) {
                     for (std::size_t i = first; i < last; ++i)
                         least = std::min(least, squared_distance(m_edges[i].segment, from));
                     return std::sqrt(least);
                 },
                 std::sqrt(best));
    return least;
}

LinePlace place_on(const LineEdges::Edge& edge, double at) {
    return at < 1 ? LinePlace{edge.line, edge.edge, std::max(at, 0.0)} : LinePlace{edge.line, edge.edge + 1, 0};
}

double nearest_part(const Segment& s, Point p) {
    const Ray r = ray(s);
    return std::clamp(((p.x - r.ax) * r.dx + (p.y - r.ay) * r.dy) * r.inverse, 0.0, 1.0);
}

double crossing_part(const Segment& s, const Segment& t) {
    const auto left_of_t = [&](Point p) { return (t.b.x - t.a.x) * (p.y - t.a.y) - (t.b.y - t.a.y) * (p.x - t.a.x); };
    const double from = left_of_t(s.a), to = left_of_t(s.b);
    return std::clamp(from / (from - to), 0.0, 1.0);
}

} // namespace zonerank::rasters
