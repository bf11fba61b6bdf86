// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/road_steps.hpp"

#include "rasters/core/error.hpp"
#include "rasters/travel/line_pieces.hpp"
#include "rasters/travel/road_chains.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>

namespace zonerank::rasters {

namespace {

/// A part of a chain in one cell, in metres along the chain.
struct Visit {
    Cell cell;
    double begin, end;
    double node; ///< where steps lead from and to
    bool fixed;  ///< the node is a vertex where lines meet

    double length() const { return end - begin; }
};

bool touch(Cell a, Cell b) {
    return std::abs(a.col - b.col) <= 1 && std::abs(a.row - b.row) <= 1;
}

/// Goes along a chain and notes what it runs through.
class Walk {
public:
    Walk(const Grid& grid, const RoadChains& chains) : m_window(grid.window()), m_pieces(grid), m_chains(chains) {}

    std::vector<Visit> along(const Path& path) {
        for (std::size_t i = 0; i + 1 < path.size(); ++i) {
            segment(path[i], path[i + 1]);
            if (i + 2 < path.size() && m_chains.meet(path[i + 1]))
                fix(m_metres);
        }
        if (m_visits.empty())
            return {};
        fix(m_metres);
        m_visits.front().node = 0;
        m_visits.front().fixed = true;
        return std::move(m_visits);
    }

private:
    void segment(Point a, Point b);
    void add(Cell cell, double from, double to);
    void fix(double metres) {
        if (!m_visits.empty() && !m_visits.back().fixed) {
            m_visits.back().node = metres;
            m_visits.back().fixed = true;
        }
    }

    Window m_window;
    LinePieces m_pieces;
    const RoadChains& m_chains;
    double m_metres = 0;
    std::vector<Visit> m_visits;
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
    if (!m_window.contains(cell))
        return;
    if (m_visits.empty() || !(m_visits.back().cell == cell))
        m_visits.push_back({cell, from, to, 0, false});
    m_visits.back().end = to;
}

/// Whether a piece, with those before and after it, can be left out: one that cuts a
/// corner, or goes over to another cell and back.
bool can_go(const Visit& before, const Visit& v, const Visit& after, double cell) {
    if (v.fixed || !touch(before.cell, after.cell))
        return false;
    const bool back = before.cell == after.cell && v.length() < cell;
    return back || v.length() < std::min(before.length(), after.length());
}

/// Leaves out such pieces, and joins those of one cell around them.
std::vector<Visit> thinned(const std::vector<Visit>& all, double cell) {
    std::vector<Visit> kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Visit& v = all[i];
        if (!kept.empty() && i + 1 < all.size() && can_go(kept.back(), v, all[i + 1], cell))
            continue;
        if (kept.empty() || !(kept.back().cell == v.cell) || (kept.back().fixed && v.fixed)) {
            kept.push_back(v);
            continue;
        }
        kept.back().end = v.end;
        if (v.fixed)
            kept.back().node = v.node;
        kept.back().fixed |= v.fixed;
    }
    for (Visit& v : kept)
        if (!v.fixed)
            v.node = (v.begin + v.end) / 2;
    return kept;
}

double length_of(const Path& path, std::size_t first, std::size_t last) {
    double length = 0;
    for (std::size_t i = first; i < last; ++i)
        length += std::hypot(path[i + 1].x - path[i].x, path[i + 1].y - path[i].y);
    return length;
}

/// Minutes along a chain, by metres.
class Clock {
public:
    explicit Clock(const RoadChain& chain) {
        std::size_t from = 0;
        for (const auto& [last, km_per_hour] : chain.stretches) {
            const double per_metre = 60 / (km_per_hour * 1000), length = length_of(chain.path, from, last);
            m_parts.push_back({m_metres, m_minutes, per_metre});
            m_metres += length;
            m_minutes += length * per_metre;
            from = last;
        }
    }

    double minutes(double metres) const {
        const auto after = std::ranges::upper_bound(m_parts, metres, {}, &Part::begin);
        const Part& part = after == m_parts.begin() ? m_parts.front() : *(after - 1);
        return part.minutes + (metres - part.begin) * part.per_metre;
    }

private:
    struct Part {
        double begin, minutes, per_metre;
    };
    double m_metres = 0, m_minutes = 0;
    std::vector<Part> m_parts;
};

void check(const RoadLine& line) {
    if (!(line.km_per_hour > 0 && std::isfinite(line.km_per_hour)))
        throw Error("a road's speed is {} km/h; it has to be above 0", line.km_per_hour);
}

/// Calls visit(chain, clock, from, to) for each step of the lines, in their order.
template <typename Step>
void each_step(const Grid& grid, std::span<const RoadLine> lines, Step&& step) {
    std::ranges::for_each(lines, check);
    const RoadChains chains(lines);
    for (const RoadChain& chain : chains.all()) {
        const Clock clock(chain);
        const std::vector<Visit> visits = thinned(Walk(grid, chains).along(chain.path), grid.cell);
        for (std::size_t i = 0; i + 1 < visits.size(); ++i)
            if (const Visit& a = visits[i], &b = visits[i + 1]; !(a.cell == b.cell) && touch(a.cell, b.cell))
                step(chain, clock, a, b);
    }
}

/// The part of a path between two lengths along it.
Path part_of(const Path& path, double begin, double end) {
    Path part;
    double metres = 0;
    for (std::size_t i = 0; i + 1 < path.size() && metres < end; ++i) {
        const Point a = path[i], b = path[i + 1];
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        const auto at = [&](double along) {
            const double share = length > 0 ? (along - metres) / length : 0;
            return Point{a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
        };
        if (part.empty() && metres + length >= begin)
            part.push_back(at(begin));
        if (!part.empty())
            part.push_back(metres + length <= end ? b : at(end));
        metres += length;
    }
    return part;
}

} // namespace

std::vector<RoadStep> road_steps(const Grid& grid, std::span<const RoadLine> lines) {
    std::vector<RoadStep> steps;
    each_step(grid, lines, [&](const RoadChain& chain, const Clock& clock, const Visit& a, const Visit& b) {
        const double minutes = std::max(0.0, clock.minutes(b.node) - clock.minutes(a.node));
        steps.push_back({a.cell, b.cell, static_cast<float>(minutes), chain.one_way});
    });
    return steps;
}

std::vector<Path> step_paths(const Grid& grid, std::span<const RoadLine> lines, std::span<const std::size_t> steps) {
    assert(std::ranges::is_sorted(steps));
    std::vector<Path> paths;
    std::size_t number = 0;
    each_step(grid, lines, [&](const RoadChain& chain, const Clock&, const Visit& a, const Visit& b) {
        if (paths.size() < steps.size() && steps[paths.size()] == number)
            paths.push_back(part_of(chain.path, a.node, b.node));
        ++number;
    });
    return paths;
}

} // namespace zonerank::rasters
