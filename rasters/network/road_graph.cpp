// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/road_graph.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"
#include "rasters/network/node_search.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

namespace zonerank::rasters {

std::vector<RoadLine> clean_lines(std::vector<RoadLine> lines) {
    for (RoadLine& line : lines) {
        if (!(line.km_per_hour > 0) || std::isinf(line.km_per_hour))
            throw Error("a line has the speed {:g} km/h; a speed is above 0", line.km_per_hour);
        line.path.erase(std::unique(line.path.begin(), line.path.end()), line.path.end());
    }
    std::erase_if(lines, [](const RoadLine& line) { return line.path.size() < 2; });
    return lines;
}

std::vector<double> plane_lengths(const Path& path) {
    std::vector<double> metres;
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
        metres.push_back(std::hypot(path[i + 1].x - path[i].x, path[i + 1].y - path[i].y));
    return metres;
}

RoadGraph::RoadGraph(std::vector<RoadLine> lines, const LineEdges& edges, const Joining& joining,
                     std::span<const LinePlace> further, const EdgeLengths& lengths)
    : m_lines(std::move(lines)), m_minutes(m_lines.size()), m_joints(find_joints(m_lines, edges, joining, further)) {
    in_parallel(m_lines.size(), [&](std::size_t i) {
        m_minutes[i] = lengths(m_lines[i].path);
        for (double& edge : m_minutes[i])
            edge = 0.06 * edge / m_lines[i].km_per_hour;
    });
    add_edges();
    m_into = sorted_arcs(false);
    m_from = sorted_arcs(true);
}

std::uint32_t RoadGraph::node_at(LinePlace place) const {
    const auto found = std::ranges::lower_bound(m_joints.cuts, place, {}, &Cut::place);
    assert(found != m_joints.cuts.end() && found->place == place);
    return found->joint;
}

Point RoadGraph::point(LinePlace place) const {
    const Path& path = m_lines[place.line].path;
    const Point a = path[place.edge];
    if (place.at == 0)
        return a;
    const Point b = path[place.edge + 1];
    return {a.x + place.at * (b.x - a.x), a.y + place.at * (b.y - a.y)};
}

double RoadGraph::minutes_between(LinePlace from, LinePlace to) const {
    const double end = to.edge > from.edge ? 1 : to.at;
    return (end - from.at) * m_minutes[from.line][from.edge];
}

void RoadGraph::add_edges() {
    const std::span<const Cut> cuts = m_joints.cuts;
    for (std::size_t i = 1; i < cuts.size(); ++i) {
        const Cut &begin = cuts[i - 1], &end = cuts[i];
        if (begin.place.line != end.place.line)
            continue;
        Edge edge{begin.joint, end.joint, begin.place, end.place, 0};
        each_piece(edge, [&](const Piece& piece) { edge.minutes = piece.before + piece.minutes; });
        m_edges.push_back(edge);
    }
}

/// Calls visit(from, to, edge or over_link, minutes).
template <typename Visit>
void RoadGraph::each_arc(Visit&& visit) const {
    for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
        const Edge& edge = m_edges[i];
        visit(edge.from, edge.to, i, edge.minutes);
        if (!one_way(edge))
            visit(edge.to, edge.from, i, edge.minutes);
    }
    for (const Link& l : m_joints.links) {
        visit(l.a, l.b, over_link, l.minutes);
        visit(l.b, l.a, over_link, l.minutes);
    }
}

RoadGraph::Arcs RoadGraph::sorted_arcs(bool from) const {
    Arcs sorted{std::vector<std::uint32_t>(nodes() + 1, 0), {}};
    each_arc([&](std::uint32_t a, std::uint32_t b, std::uint32_t, double) { ++sorted.first[(from ? a : b) + 1]; });
    std::partial_sum(sorted.first.begin(), sorted.first.end(), sorted.first.begin());
    sorted.arcs.resize(sorted.first.back());
    std::vector<std::uint32_t> next(sorted.first.begin(), sorted.first.end());
    each_arc([&](std::uint32_t a, std::uint32_t b, std::uint32_t edge, double minutes) {
        sorted.arcs[next[from ? a : b]++] = {from ? b : a, edge, minutes};
    });
    return sorted;
}

std::vector<double> RoadGraph::minutes_to(std::span<const NodeStart> starts) const {
    NodeSearch search(*this, Going::to_starts);
    search.run(starts);
    return search.take();
}

std::vector<std::uint32_t> RoadGraph::parts() const {
    JoinedSets sets;
    for (std::uint32_t node = 0; node < nodes(); ++node)
        sets.add();
    for (const Edge& edge : m_edges)
        sets.join(edge.from, edge.to);
    for (const Link& link : m_joints.links)
        sets.join(link.a, link.b);
    std::vector<std::uint32_t> parts;
    for (std::uint32_t node = 0; node < nodes(); ++node)
        parts.push_back(sets.find(node));
    return parts;
}

} // namespace zonerank::rasters
