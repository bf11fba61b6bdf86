// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/road_steps.hpp"

#include "rasters/core/error.hpp"
#include "rasters/travel/road_chains.hpp"
#include "rasters/travel/road_visits.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace zonerank::rasters {

RoadCells::RoadCells(std::span<const RoadStep> steps) {
    for (const RoadStep& step : steps)
        for (const Cell cell : {step.from, step.to})
            m_places.emplace_back(cell.row, cell.col);
    std::ranges::sort(m_places);
    m_places.erase(std::unique(m_places.begin(), m_places.end()), m_places.end());
    m_places.shrink_to_fit();
}

bool RoadCells::contains(Cell cell) const {
    return std::ranges::binary_search(m_places, std::pair(cell.row, cell.col));
}

namespace {

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
    const std::vector<RoadChain> all = chains.all();
    const RoadAnchors anchors(grid, chains, all);
    for (const RoadChain& chain : all) {
        const Clock clock(chain);
        const std::vector<RoadVisit> visits = road_visits(grid, chains, chain, anchors);
        for (std::size_t i = 0; i + 1 < visits.size(); ++i)
            if (const RoadVisit& a = visits[i], &b = visits[i + 1]; !(a.cell == b.cell) && touch(a.cell, b.cell))
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
    each_step(grid, lines, [&](const RoadChain& chain, const Clock& clock, const RoadVisit& a, const RoadVisit& b) {
        const double minutes = std::max(0.0, clock.minutes(b.node) - clock.minutes(a.node));
        steps.push_back({a.cell, b.cell, static_cast<float>(minutes), chain.one_way});
    });
    return steps;
}

std::vector<RoadStep> against_traffic(std::span<const RoadStep> steps) {
    std::vector<RoadStep> back(steps.begin(), steps.end());
    for (RoadStep& step : back)
        std::swap(step.from, step.to);
    return back;
}

std::vector<Path> step_paths(const Grid& grid, std::span<const RoadLine> lines, std::span<const std::size_t> steps) {
    assert(std::ranges::is_sorted(steps));
    std::vector<Path> paths;
    std::size_t number = 0;
    each_step(grid, lines, [&](const RoadChain& chain, const Clock&, const RoadVisit& a, const RoadVisit& b) {
        if (paths.size() < steps.size() && steps[paths.size()] == number)
            paths.push_back(part_of(chain.path, std::max(0.0, a.node), b.node));
        ++number;
    });
    return paths;
}

} // namespace zonerank::rasters
