// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/start_rays.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"
#include "rasters/travel/line_pieces.hpp"
#include "rasters/travel/ray_pieces.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <tuple>
#include <utility>

namespace zonerank::rasters {

static constexpr double infinite = std::numeric_limits<double>::infinity();

static Point centre_of(Cell c) {
    return {c.col + 0.5, c.row + 0.5};
}

static double square(double x) {
    return x * x;
}

static double squared_distance(Point a, Point b) {
    return square(a.x - b.x) + square(a.y - b.y);
}

// The part of the segment from a to b that is nearest to p.
static Point nearest(Point p, Point a, Point b) {
    const double length = squared_distance(a, b);
    const double share = length > 0 ? ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length : 0;
    const double t = std::clamp(share, 0.0, 1.0);
    return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

std::vector<TravelStart> starts_along(const Grid& grid, const Path& line, std::int32_t target) {
    std::vector<std::pair<double, TravelStart>> near;
    std::vector<TravelStart> starts;
    LinePieces pieces(grid);
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const Point a = line[i], b = line[i + 1], way{b.x - a.x, b.y - a.y};
        pieces.each(a, b, [&](Cell cell, double from, double to) {
            if (!grid.window().contains(cell))
                return;
            const Point centre = grid.centre(cell), first{a.x + from * way.x, a.y + from * way.y},
                        last{a.x + to * way.x, a.y + to * way.y}, at = nearest(centre, first, last);
            near.push_back({squared_distance(at, centre), {cell, at, 0, target}});
            if (from == 0)
                starts.push_back({cell, a, 0, target});
            if (to == 1)
                starts.push_back({cell, b, 0, target});
        });
    }
    std::ranges::sort(near, {}, [](const auto& n) {
        return std::tuple(n.second.cell.row, n.second.cell.col, n.first, n.second.at.x, n.second.at.y);
    });
    const auto same_cell = [](const auto& a, const auto& b) { return a.second.cell == b.second.cell; };
    near.erase(std::unique(near.begin(), near.end(), same_cell), near.end());
    for (const auto& [distance, start] : near)
        starts.push_back(start);
    return starts;
}

double ray_minutes(const Tile& slowness, Cell from, Point at, Cell to, bool cut_corners) {
    const Point end = centre_of(to);
    double sum = 0;
    const bool there = each_ray_piece(slowness, from, at, to, cut_corners, [&](Cell c, double passed, double next) {
        sum += (next - passed) * slowness[c];
    });
    return there ? sum * std::hypot(end.x - at.x, end.y - at.y) : infinite;
}

static void check(const Grid& grid, const TravelStart& s) {
    if (!grid.window().contains(s.cell))
        throw Error("a start of travel lies outside the grid");
    if (!(s.minutes >= 0 && std::isfinite(s.minutes)) || s.target < 0)
        throw Error("a start of travel at {} minutes for target {}; both have to be 0 or more", s.minutes, s.target);
}

StartIndex::StartIndex(const Grid& grid, const Tiling& tiling, std::span<const TravelStart> starts, int cells)
    : m_grid(grid), m_tiling(tiling), m_cells(cells), m_starts(starts.begin(), starts.end()),
      m_surrounded(starts.size()), m_near(tiling.size()) {
    for (const TravelStart& s : starts)
        check(grid, s);
    std::ranges::sort(m_starts, {}, [](const TravelStart& s) {
        return std::tuple(s.minutes, s.cell.row, s.cell.col, s.at.y, s.at.x, s.target);
    });
    find_surrounded();
    for (std::size_t i = 0; i < m_starts.size(); ++i) {
        const Cell c = m_starts[i].cell;
        const Window own{c.col, c.row, 1, 1};
        tiling.each(m_surrounded[i] ? own : own.grown(m_cells),
                    [&](std::size_t tile) { m_near[tile].push_back(static_cast<std::uint32_t>(i)); });
    }
}

// What comes to the place of a start in m_starts is as early as it, or earlier.
void StartIndex::find_surrounded() {
    using Place = std::pair<std::int64_t, float>;
    const auto place = [&](int col, int row) { return std::int64_t{row} * m_grid.cols + col; };
    std::vector<Place> places;
    for (const TravelStart& s : m_starts)
        places.push_back({place(s.cell.col, s.cell.row), s.minutes});
    std::ranges::sort(places);
    const auto starts_by = [&](int col, int row, float minutes) {
        const auto found = std::ranges::lower_bound(places, Place{place(col, row), 0.0F});
        return col >= 0 && col < m_grid.cols && found != places.end() && found->first == place(col, row) &&
               found->second <= minutes;
    };
    in_parallel(m_starts.size() / 4096 + 1, [&](std::size_t part) {
        for (std::size_t i = part * 4096; i < std::min(m_starts.size(), (part + 1) * 4096); ++i) {
            const auto [col, row] = m_starts[i].cell;
            bool all = m_cells > 0;
            for (int k = 0; k < 9 && all; ++k)
                all = k == 4 || starts_by(col + k % 3 - 1, row + k / 3 - 1, m_starts[i].minutes);
            m_surrounded[i] = all;
        }
    });
}

float StartIndex::earliest(std::size_t tile) const {
    return m_starts[m_near[tile].front()].minutes;
}

// Calls visit(Cell, squared distance in cells) for the cells of a window that a start reaches.
template <typename Visit>
static void each_reached(const Window& w, Cell cell, Point at, int cells, Visit&& visit) {
    const Window disc = intersection(w, Window{cell.col, cell.row, 1, 1}.grown(cells));
    for (int row = disc.row; row < disc.row + disc.rows; ++row)
        for (int col = disc.col; col < disc.col + disc.cols; ++col)
            if (const double d = squared_distance(at, centre_of({col, row})); d <= square(cells))
                visit(Cell{col, row}, d);
}

void StartIndex::own_arrivals(std::size_t tile, const Tile& slowness, const Ray& ray, const Arrive& arrive) const {
    const Window w = m_tiling.window(tile);
    for (const std::uint32_t i : m_near[tile]) {
        const TravelStart& s = m_starts[i];
        if (!w.contains(s.cell))
            continue;
        const bool straight = m_cells > 0 && slowness[s.cell] < infinite;
        const double way = straight ? ray(s.cell, LinePieces::in_cells(m_grid, s.at), s.cell) : 0;
        arrive(s.cell, static_cast<float>(s.minutes + way), s.target);
    }
}

void StartIndex::arrivals(std::size_t tile, const Tile& slowness, bool cut_corners, const Arrive& arrive) const {
    const auto straight = [&](Cell from, Point at, Cell to) {
        return ray_minutes(slowness, from, at, to, cut_corners);
    };
    arrivals(tile, slowness, straight, arrive);
}

void StartIndex::arrivals(std::size_t tile, const Tile& slowness, const Ray& ray, const Arrive& arrive) const {
    own_arrivals(tile, slowness, ray, arrive);
    if (m_cells == 0)
        return;
    const Window w = m_tiling.window(tile);
    Raster<double> nearest(w, infinite);
    const auto each = [&](std::span<const std::uint32_t> group, auto&& visit) {
        for (const std::uint32_t i : group)
            if (const TravelStart& s = m_starts[i]; !m_surrounded[i])
                each_reached(w, s.cell, LinePieces::in_cells(m_grid, s.at), m_cells,
                             [&](Cell c, double d) { visit(s, c, d); });
    };
    const auto minutes = [&](std::uint32_t i) { return m_starts[i].minutes; };
    for (std::span<const std::uint32_t> rest(m_near[tile]); !rest.empty();) {
        const auto later = std::ranges::upper_bound(rest, minutes(rest.front()), {}, minutes);
        const auto group = rest.first(static_cast<std::size_t>(later - rest.begin()));
        rest = rest.subspan(group.size());
        each(group, [&](const TravelStart&, Cell c, double d) { nearest[c] = std::min(nearest[c], d); });
        each(group, [&](const TravelStart& s, Cell c, double d) {
            if (d == nearest[c])
                arrive(c, static_cast<float>(s.minutes + ray(s.cell, LinePieces::in_cells(m_grid, s.at), c)), s.target);
        });
    }
}

} // namespace zonerank::rasters
