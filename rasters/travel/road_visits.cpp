// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/road_visits.hpp"

#include "rasters/travel/line_pieces.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace zonerank::rasters {

RoadAnchors::RoadAnchors(const Grid& grid, const RoadChains& chains, std::span<const RoadChain> all) : m_grid(grid) {
    for (const RoadChain& chain : all)
        for (std::size_t i = 0; i < chain.path.size(); ++i)
            if (i == 0 || i + 1 == chain.path.size() || chains.meet(chain.path[i]))
                offer(chain.path[i]);
}

Point RoadAnchors::of(Cell cell) const {
    const auto found = m_vertices.find(place(cell));
    return found == m_vertices.end() ? m_grid.centre(cell) : found->second;
}

void RoadAnchors::offer(Point vertex) {
    const Cell cell = LinePieces::cell_of(m_grid, vertex);
    if (!m_grid.window().contains(cell))
        return;
    const auto order = [centre = m_grid.centre(cell)](Point p) {
        return std::tuple(std::hypot(p.x - centre.x, p.y - centre.y), p.x, p.y);
    };
    const auto [there, first] = m_vertices.emplace(place(cell), vertex);
    if (!first && order(vertex) < order(there->second))
        there->second = vertex;
}

namespace {

/// Goes along a chain and notes what it runs through.
class Walk {
public:
    Walk(const Grid& grid, const RoadChains& chains) : m_grid(grid), m_pieces(grid), m_chains(chains) {}

    std::vector<RoadVisit> along(const Path& path) {
        meet(path.front());
        for (std::size_t i = 0; i + 1 < path.size(); ++i) {
            segment(path[i], path[i + 1]);
            if (i + 2 == path.size() || m_chains.meet(path[i + 1]))
                meet(path[i + 1]);
        }
        return std::move(m_visits);
    }

private:
    void segment(Point a, Point b);
    void add(Cell cell, double from, double to);
    /// Also where the vertex lies on the line between two cells, and only another line is in its own.
    void meet(Point vertex) {
        const Cell cell = LinePieces::cell_of(m_grid, vertex);
        if (m_grid.window().contains(cell)) {
            add(cell, m_metres, m_metres);
            m_visits.back().fixed = true;
        }
    }

    const Grid& m_grid;
    LinePieces m_pieces;
    const RoadChains& m_chains;
    double m_metres = 0;
    std::vector<RoadVisit> m_visits;
};

void Walk::segment(Point a, Point b) {
    const double length = std::hypot(b.x - a.x, b.y - a.y), begin = m_metres;
    if (!(length > 0))
        return;
    m_pieces.each(a, b,
                  [&](Cell cell, double from, double to) { add(cell, begin + from * length, begin + to * length); });
    m_metres = begin + length;
}

void Walk::add(Cell cell, double from, double to) {
    if (!m_grid.window().contains(cell))
        return;
    if (m_visits.empty() || !(m_visits.back().cell == cell))
        m_visits.push_back({cell, from, to});
    m_visits.back().end = to;
}

/// Whether a piece, with those before and after it, can be left out: one that cuts a
/// corner, or goes over to another cell and back.
bool can_go(const RoadVisit& before, const RoadVisit& v, const RoadVisit& after, double cell) {
    if (v.fixed || !touch(before.cell, after.cell))
        return false;
    const bool back = before.cell == after.cell && v.length() < cell;
    return back || v.length() < std::min(before.length(), after.length());
}

/// Leaves out such pieces, and joins those of one cell around them.
std::vector<RoadVisit> thinned(const std::vector<RoadVisit>& all, double cell) {
    std::vector<RoadVisit> kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const RoadVisit& v = all[i];
        if (!kept.empty() && i + 1 < all.size() && can_go(kept.back(), v, all[i + 1], cell))
            continue;
        if (kept.empty() || !(kept.back().cell == v.cell)) {
            kept.push_back(v);
            continue;
        }
        kept.back().end = v.end;
        kept.back().fixed |= v.fixed;
    }
    return kept;
}

/// Looks for a path's nearest point to others, farther and farther along it.
class Nearest {
public:
    explicit Nearest(const Path& path) : m_path(path) {}

    /// Metres along the path of the first such point between `from`, not before that of
    /// the last call, and `to`; before its beginning and beyond its end along its first
    /// and last segments.
    double to(Point p, double from, double to) {
        while (m_first + 2 < m_path.size() && m_begin + length(m_first) < from)
            m_begin += length(m_first++);
        double best = from, least = HUGE_VAL, begin = m_begin;
        for (std::size_t i = m_first; i + 1 < m_path.size() && begin <= to; begin += length(i++))
            if (const double at = on_segment(i, p, from - begin, to - begin), off = distance(i, at, p); off < least) {
                least = off;
                best = begin + at;
            }
        return best;
    }

private:
    double length(std::size_t i) const {
        return std::hypot(m_path[i + 1].x - m_path[i].x, m_path[i + 1].y - m_path[i].y);
    }
    double on_segment(std::size_t i, Point p, double from, double to) const {
        const Point a = m_path[i], b = m_path[i + 1];
        const double all = length(i), first = i == 0 ? from : std::max(from, 0.0),
                     last = i + 2 == m_path.size() ? to : std::min(to, all);
        const double along = all > 0 ? ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / all : 0;
        return std::max(first, std::min(along, last));
    }
    double distance(std::size_t i, double at, Point p) const {
        const Point a = m_path[i], b = m_path[i + 1];
        const double all = length(i), share = all > 0 ? at / all : 0;
        return std::hypot(a.x + share * (b.x - a.x) - p.x, a.y + share * (b.y - a.y) - p.y);
    }

    const Path& m_path;
    std::size_t m_first = 0; ///< segment
    double m_begin = 0;      ///< metres along the path of its begin
};

void find_nodes(std::vector<RoadVisit>& visits, const Path& path, const RoadAnchors& anchors, double cell) {
    Nearest nearest(path);
    double least = -HUGE_VAL;
    for (RoadVisit& v : visits) {
        const double beyond = v.fixed ? cell : cell / 2;
        least = v.node = std::max(least, nearest.to(anchors.of(v.cell), v.begin - beyond, v.end + beyond));
    }
}

} // namespace

std::vector<RoadVisit> road_visits(const Grid& grid, const RoadChains& chains, const RoadChain& chain,
                                   const RoadAnchors& anchors) {
    std::vector<RoadVisit> visits = thinned(Walk(grid, chains).along(chain.path), grid.cell);
    find_nodes(visits, chain.path, anchors, grid.cell);
    return visits;
}

} // namespace zonerank::rasters
