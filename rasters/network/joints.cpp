// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/joints.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace zonerank::rasters {

std::uint32_t JoinedSets::add() {
    m_parent.push_back(static_cast<std::uint32_t>(m_parent.size()));
    return m_parent.back();
}

std::uint32_t JoinedSets::find(std::uint32_t i) {
    while (m_parent[i] != i)
        i = m_parent[i] = m_parent[m_parent[i]];
    return i;
}

namespace {

/// A vertex of a line.
struct Vertex {
    Point at;
    int level;
    bool end;
    std::uint32_t line, edge;
};

class Joiner {
public:
    Joiner(std::span<const RoadLine> lines, const LineEdges& edges, const Joining& joining);

    void join_vertices();
    void join_near_ends();
    void join_crossings();
    void join_touching();
    std::uint32_t add(LinePlace place);
    Joints joints();

private:
    /// Vertices in one place, and the number of their joint if they have one.
    struct Spot {
        Point at;
        std::uint32_t first, last; ///< in m_vertices
        std::uint32_t joint = none;
        bool end = false; ///< a line ends here
    };
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    void add_spots(std::uint32_t first, std::uint32_t last);
    void add_spot(std::uint32_t first, std::uint32_t last);
    std::uint32_t joint_of(Spot& spot);
    void touch(Spot& spot);
    int level_of(const Spot& spot) const { return m_vertices[spot.first].level; }
    double speed_at(const Spot& spot) const;
    void link(std::uint32_t a, std::uint32_t b, double metres, double km_per_hour);
    void number();

    std::span<const RoadLine> m_lines;
    const LineEdges& m_edges;
    Joining m_joining;
    std::vector<Vertex> m_vertices; ///< those in one place together
    std::vector<Spot> m_spots;
    JoinedSets m_sets;
    Joints m_joints;
};

Joiner::Joiner(std::span<const RoadLine> lines, const LineEdges& edges, const Joining& joining)
    : m_lines(lines), m_edges(edges), m_joining(joining) {
    for (std::uint32_t line = 0; line < lines.size(); ++line) {
        const Path& path = lines[line].path;
        for (std::uint32_t i = 0; i < path.size(); ++i)
            m_vertices.push_back({path[i], lines[line].level, i == 0 || i + 1 == path.size(), line, i});
    }
    const auto key = [](const Vertex& v) { return std::tuple(v.at.x, v.at.y, v.level); };
    std::ranges::sort(m_vertices, {}, key);
}

void Joiner::join_vertices() {
    const auto size = static_cast<std::uint32_t>(m_vertices.size());
    for (std::uint32_t first = 0, last = 0; first < size; first = last) {
        while (last < size && m_vertices[last].at == m_vertices[first].at)
            ++last;
        add_spots(first, last);
    }
}

// One for all levels where a line ends, else one for each.
void Joiner::add_spots(std::uint32_t first, std::uint32_t last) {
    const auto begin = m_vertices.begin();
    if (std::any_of(begin + first, begin + last, [](const Vertex& v) { return v.end; }))
        return add_spot(first, last);
    for (std::uint32_t next = first; first < last; first = next) {
        while (next < last && m_vertices[next].level == m_vertices[first].level)
            ++next;
        add_spot(first, next);
    }
}

void Joiner::add_spot(std::uint32_t first, std::uint32_t last) {
    const auto begin = m_vertices.begin();
    m_spots.push_back({.at = m_vertices[first].at, .first = first, .last = last});
    Spot& spot = m_spots.back();
    spot.end = std::any_of(begin + first, begin + last, [](const Vertex& v) { return v.end; });
    if (spot.end || last - first > 1)
        joint_of(spot);
}

std::uint32_t Joiner::joint_of(Spot& spot) {
    if (spot.joint == none) {
        spot.joint = m_sets.add();
        for (std::uint32_t v = spot.first; v < spot.last; ++v)
            m_joints.cuts.push_back({{m_vertices[v].line, m_vertices[v].edge, 0}, spot.joint});
    }
    return spot.joint;
}

double Joiner::speed_at(const Spot& spot) const {
    double fastest = 0;
    for (std::uint32_t v = spot.first; v < spot.last; ++v)
        fastest = std::max(fastest, m_lines[m_vertices[v].line].km_per_hour);
    return fastest;
}

void Joiner::link(std::uint32_t a, std::uint32_t b, double metres, double km_per_hour) {
    m_joints.links.push_back({a, b, 0.06 * metres / km_per_hour});
}

// Spots are in the order of x, so that those near one are near it in the list, too.
void Joiner::join_near_ends() {
    const double snap = m_joining.snap;
    for (auto end = m_spots.begin(), first = end; snap > 0 && end != m_spots.end(); ++end) {
        while (first->at.x < end->at.x - snap)
            ++first;
        for (auto it = first; end->end && it != m_spots.end() && it->at.x <= end->at.x + snap; ++it)
            if (const double metres = std::hypot(it->at.x - end->at.x, it->at.y - end->at.y);
                metres <= snap && it != end)
                link(joint_of(*end), joint_of(*it), metres, std::min(speed_at(*end), speed_at(*it)));
    }
}

void Joiner::join_crossings() {
    const auto edges = m_edges.edges();
    for (std::size_t i = 0; i < edges.size(); ++i)
        m_edges.meeting(edges[i].segment.box(), [&](const LineEdges::Edge& other, std::size_t number) {
            const LineEdges::Edge& own = edges[i];
            if (number <= i || m_lines[own.line].level != m_lines[other.line].level ||
                !crosses(own.segment, other.segment))
                return;
            const std::uint32_t joint = m_sets.add();
            m_joints.cuts.push_back({place_on(own, crossing_part(own.segment, other.segment)), joint});
            m_joints.cuts.push_back({place_on(other, crossing_part(other.segment, own.segment)), joint});
        });
}

void Joiner::join_touching() {
    for (Spot& spot : m_spots)
        touch(spot);
}

// What is joined at a vertex already is told by the segment's ends.
void Joiner::touch(Spot& spot) {
    const double reach = std::max(spot.end ? m_joining.snap : 0, m_edges.slack());
    const Box around = Box{spot.at.x, spot.at.y, spot.at.x, spot.at.y}.grown(reach);
    m_edges.meeting(around, [&](const LineEdges::Edge& edge, std::size_t) {
        const Segment& s = edge.segment;
        const RoadLine& line = m_lines[edge.line];
        const double metres = std::sqrt(squared_distance(s, spot.at)), at = nearest_part(s, spot.at);
        if (s.a == spot.at || s.b == spot.at || metres > reach || at == 0 || at == 1 ||
            !(spot.end || line.level == level_of(spot)))
            return;
        link(add(place_on(edge, at)), joint_of(spot), metres, std::min(line.km_per_hour, speed_at(spot)));
    });
}

std::uint32_t Joiner::add(LinePlace place) {
    m_joints.cuts.push_back({place, m_sets.add()});
    return m_joints.cuts.back().joint;
}

// Cuts of a line that fall together are one, so that their order doesn't matter.
Joints Joiner::joints() {
    std::vector<Cut>& cuts = m_joints.cuts;
    std::ranges::sort(cuts, {}, &Cut::place);
    for (std::size_t i = 1; i < cuts.size(); ++i)
        if (cuts[i].place == cuts[i - 1].place)
            m_sets.join(cuts[i].joint, cuts[i - 1].joint);
    const auto same = [](const Cut& a, const Cut& b) { return a.place == b.place; };
    cuts.erase(std::unique(cuts.begin(), cuts.end(), same), cuts.end());
    number();
    return std::move(m_joints);
}

void Joiner::number() {
    std::vector<std::uint32_t> numbers(m_sets.size(), none);
    const auto number = [&](std::uint32_t& joint) {
        std::uint32_t& own = numbers[m_sets.find(joint)];
        if (own == none)
            own = m_joints.count++;
        joint = own;
    };
    for (Cut& cut : m_joints.cuts)
        number(cut.joint);
    for (Link& link : m_joints.links) {
        number(link.a);
        number(link.b);
    }
}

} // namespace

Joints find_joints(std::span<const RoadLine> lines, const LineEdges& edges, const Joining& joining,
                   std::span<const LinePlace> further) {
    Joiner joiner(lines, edges, joining);
    joiner.join_vertices();
    joiner.join_near_ends();
    if (joining.join == Join::all_crossings) {
        joiner.join_crossings();
        joiner.join_touching();
    }
    for (const LinePlace& place : further)
        joiner.add(place);
    return joiner.joints();
}

} // namespace zonerank::rasters
