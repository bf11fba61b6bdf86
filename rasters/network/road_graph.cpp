// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/road_graph.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
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
    add_arcs();
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

void RoadGraph::add_arcs() {
    m_first.assign(nodes() + 1, 0);
    const auto each = [&](auto&& visit) {
        for (const Edge& edge : m_edges) {
            visit(edge.to, Arc{edge.from, edge.minutes});
            if (!one_way(edge))
                visit(edge.from, Arc{edge.to, edge.minutes});
        }
        for (const Link& link : m_joints.links) {
            visit(link.a, Arc{link.b, link.minutes});
            visit(link.b, Arc{link.a, link.minutes});
        }
    };
    each([&](std::uint32_t into, const Arc&) { ++m_first[into + 1]; });
    for (std::uint32_t node = 0; node < nodes(); ++node)
        m_first[node + 1] += m_first[node];
    m_arcs.resize(m_first.back());
    std::vector<std::uint32_t> next(m_first.begin(), m_first.end());
    each([&](std::uint32_t into, const Arc& arc) { m_arcs[next[into]++] = arc; });
}

std::vector<double> RoadGraph::minutes_to(std::span<const NodeStart> starts) const {
    using Due = std::pair<double, std::uint32_t>;
    std::vector<double> least(nodes(), std::numeric_limits<double>::infinity());
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
    const auto offer = [&](std::uint32_t node, double minutes) {
        if (minutes < least[node])
            due.emplace(least[node] = minutes, node);
    };
    for (const NodeStart& start : starts)
        offer(start.node, start.minutes);
    while (!due.empty()) {
        const auto [minutes, node] = due.top();
        due.pop();
        if (minutes > least[node])
            continue;
        for (std::uint32_t arc = m_first[node]; arc < m_first[node + 1]; ++arc)
            offer(m_arcs[arc].from, minutes + m_arcs[arc].minutes);
    }
    return least;
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
