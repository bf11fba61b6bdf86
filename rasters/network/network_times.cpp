// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/network_times.hpp"

#include "rasters/polygon_index.hpp"
#include "rasters/segment_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace zonerank::rasters {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Where on the network a target is, and how long it takes from there to it.
struct Landing {
    LinePlace place;
    double minutes;
};

/// Finds the landings of targets.
class Landings {
public:
    Landings(const LineEdges& edges, const OffNetwork& access) : m_edges(edges), m_access(access) {}

    void add(const Shape& target);

    const std::vector<Landing>& all() const { return m_landings; }
    std::vector<LinePlace> places() const;
    const NetworkReach& reach() const { return m_reach; }

private:
    bool add_crossings(const Segment& outline);
    void add_nearest(std::span<const Segment> outline);
    void add_at_distance(const Segment& outline, double squared);

    const LineEdges& m_edges;
    OffNetwork m_access;
    std::vector<Landing> m_landings;
    NetworkReach m_reach;
};

void Landings::add(const Shape& target) {
    const std::vector<Segment> outline = segments_of(std::vector{&target});
    if (outline.empty())
        return;
    ++m_reach.targets;
    bool crossed = false;
    for (const Segment& s : outline)
        crossed = add_crossings(s) || crossed;
    if (!crossed)
        add_nearest(outline);
}

bool Landings::add_crossings(const Segment& outline) {
    const std::size_t before = m_landings.size();
    m_edges.meeting(outline.box(), [&](const LineEdges::Edge& edge, std::size_t) {
        if (crosses(edge.segment, outline))
            m_landings.push_back({place_on(edge, crossing_part(edge.segment, outline)), 0});
    });
    return m_landings.size() > before;
}

void Landings::add_nearest(std::span<const Segment> outline) {
    double least = infinity;
    for (const Segment& s : outline)
        least = m_edges.nearest(s, least);
    const double metres = std::sqrt(least);
    if (metres > m_access.within) {
        m_reach.nearest_off = m_reach.off++ == 0 ? metres : std::min(m_reach.nearest_off, metres);
        return;
    }
    for (const Segment& s : outline)
        add_at_distance(s, least);
}

// Of two segments that don't cross, one of the four ends is at the least distance.
void Landings::add_at_distance(const Segment& outline, double squared) {
    const double metres = std::sqrt(squared), minutes = metres * m_access.minutes_per_metre;
    m_edges.meeting(outline.box().grown(metres + m_edges.slack()), [&](const LineEdges::Edge& edge, std::size_t) {
        const Segment& s = edge.segment;
        for (const Point p : {outline.a, outline.b})
            if (squared_distance(s, p) <= squared)
                m_landings.push_back({place_on(edge, nearest_part(s, p)), minutes});
        for (const double at : {0.0, 1.0})
            if (squared_distance(outline, at == 0 ? s.a : s.b) <= squared)
                m_landings.push_back({place_on(edge, at), minutes});
    });
}

std::vector<LinePlace> Landings::places() const {
    std::vector<LinePlace> places;
    for (const Landing& landing : m_landings)
        places.push_back(landing.place);
    return places;
}

/// What one can get onto: the network's pieces, by how long it takes on from them.
class Stretches {
public:
    Stretches(const RoadGraph& graph, std::span<const double> minutes) : m_graph(graph), m_minutes(minutes) {}

    /// Adds an edge's pieces; false when no target can be reached from it.
    bool add(const RoadGraph::Edge& edge);
    void add_target(const Shape& shape);

    std::vector<Approach> take() { return std::move(m_approaches); }

private:
    void add(const RoadGraph::Piece& piece, double from_begin, double from_end);

    const RoadGraph& m_graph;
    std::span<const double> m_minutes; ///< of nodes
    std::vector<Approach> m_approaches;
};

bool Stretches::add(const RoadGraph::Edge& edge) {
    const double back = m_graph.one_way(edge) ? infinity : m_minutes[edge.from], on = m_minutes[edge.to];
    if (std::isinf(back) && std::isinf(on))
        return false;
    m_graph.each_piece(edge, [&](const RoadGraph::Piece& piece) {
        const double after = std::max(edge.minutes - (piece.before + piece.minutes), 0.0);
        add(piece, back + piece.before, on + after);
    });
    return true;
}

// A direction is left out where the other is sooner from all of the piece.
void Stretches::add(const RoadGraph::Piece& piece, double from_begin, double from_end) {
    const auto [a, b] = piece.segment;
    const double length = std::hypot(b.x - a.x, b.y - a.y), rise = length > 0 ? piece.minutes / length : 0;
    if (from_begin < from_end + piece.minutes)
        m_approaches.push_back({{a, b}, from_begin, rise});
    if (from_end < from_begin + piece.minutes || from_begin == from_end + piece.minutes)
        m_approaches.push_back({{b, a}, from_end, rise});
}

void Stretches::add_target(const Shape& shape) {
    for (const Segment& s : segments_of(std::vector{&shape}))
        m_approaches.push_back({s, 0, 0});
}

NetworkReach reach_of(const RoadGraph& graph, NetworkReach reach) {
    const std::vector<std::uint32_t> parts = graph.parts();
    reach.parts = std::set<std::uint32_t>(parts.begin(), parts.end()).size();
    for (const RoadGraph::Edge& edge : graph.edges())
        reach.minutes += edge.minutes;
    return reach;
}

} // namespace

struct NetworkTimes::Solved {
    NetworkReach reach;
    Approaches approaches;
    PolygonIndex polygons;

    static Solved solve(std::vector<RoadLine> lines, std::span<const Shape* const> targets, const Joining& joining,
                        const OffNetwork& access, const EdgeLengths& lengths);
};

NetworkTimes::Solved NetworkTimes::Solved::solve(std::vector<RoadLine> lines, std::span<const Shape* const> targets,
                                                 const Joining& joining, const OffNetwork& access,
                                                 const EdgeLengths& lengths) {
    lines = clean_lines(std::move(lines));
    const LineEdges edges(lines);
    Landings landings(edges, access);
    for (const Shape* target : targets)
        landings.add(*target);
    const RoadGraph graph(std::move(lines), edges, joining, landings.places(), lengths);
    std::vector<NodeStart> starts;
    for (const Landing& landing : landings.all())
        starts.push_back({graph.node_at(landing.place), landing.minutes});
    const std::vector<double> minutes = graph.minutes_to(starts);
    NetworkReach reach = reach_of(graph, landings.reach());
    Stretches stretches(graph, minutes);
    for (const RoadGraph::Edge& edge : graph.edges())
        reach.lost += stretches.add(edge) ? 0 : edge.minutes;
    for (const Shape* target : targets)
        stretches.add_target(*target);
    return {reach, Approaches(stretches.take(), access), PolygonIndex(targets)};
}

NetworkTimes::NetworkTimes(std::vector<RoadLine> lines, std::span<const Shape* const> targets, const Joining& joining,
                           const OffNetwork& access, const EdgeLengths& lengths)
    : m_solved(std::make_shared<const Solved>(Solved::solve(std::move(lines), targets, joining, access, lengths))) {}

const NetworkReach& NetworkTimes::reach() const {
    return m_solved->reach;
}

Tile NetworkTimes::to_centres(const Grid& grid, Window window, double limit) const {
    Tile out = m_solved->approaches.to_centres(grid, window, limit);
    for (const Run& run : m_solved->polygons.inside(grid, window))
        std::fill_n(&out[{run.col, run.row}], run.cols, 0.0F);
    return out;
}

} // namespace zonerank::rasters
