// SPDX-License-Identifier: Apache-2.0
#include "rasters/polygon_index.hpp"

#include <cmath>
#include <compare>
#include <tuple>

namespace zonerank::rasters {

// Where an edge crosses the parallel at y; the same for both polygons that
// share the edge, because its lower end comes first.
static double crossing(const Segment& e, double y) {
    return e.a.x + (y - e.a.y) * ((e.b.x - e.a.x) / (e.b.y - e.a.y));
}

PolygonIndex::PolygonIndex(const Shape& shape) : PolygonIndex(std::vector{&shape}) {}

PolygonIndex::PolygonIndex(std::span<const Shape* const> shapes) {
    std::vector<const Polygon*> polygons;
    std::vector<Point> centres;
    for (const Shape* shape : shapes)
        for (const Polygon& polygon : shape->polygons)
            if (const Box box = bounds(polygon); !box.empty()) {
                polygons.push_back(&polygon);
                centres.push_back(box.centre());
            }
    std::vector<Box> boxes, edge_boxes;
    for (const std::uint32_t i : hilbert_order(centres)) {
        const std::size_t first = m_edges.size();
        for (const Path& ring : polygons[i]->rings)
            for (std::size_t k = 0; k + 1 < ring.size(); ++k)
                if (ring[k].y != ring[k + 1].y)
                    m_edges.push_back(ring[k].y < ring[k + 1].y ? Segment{ring[k], ring[k + 1]}
                                                                : Segment{ring[k + 1], ring[k]});
        boxes.push_back(bounds(*polygons[i]));
        m_polygons.push_back({first, m_edges.size(), boxes.back()});
    }
    for (const Segment& edge : m_edges)
        edge_boxes.push_back(edge.box());
    m_polygon_index = PackedIndex(boxes);
    m_edge_index = PackedIndex(edge_boxes);
}

template <typename Visit>
void PolygonIndex::each_polygon(const Box& box, Visit&& visit) const {
    m_polygon_index.select([&](const Box& b) { return b.intersects(box); },
                           [&](std::size_t first, std::size_t last) {
                               for (std::size_t i = first; i < last; ++i)
                                   if (m_polygons[i].box.intersects(box))
                                       visit(i);
                           });
}

bool PolygonIndex::contains(Point p) const {
    bool found = false;
    each_polygon({p.x, p.y, p.x, p.y}, [&](std::size_t polygon) {
        bool odd = false;
        m_edge_index.select([&](const Box& b) { return b.ymin <= p.y && p.y <= b.ymax && b.xmin <= p.x; },
                            [&](std::size_t first, std::size_t last) {
                                for (std::size_t i = first; i < last; ++i)
                                    if (const Segment& e = m_edges[i]; e.a.y <= p.y && p.y < e.b.y)
                                        odd ^= crossing(e, p.y) < p.x;
                            },
                            m_polygons[polygon].first, m_polygons[polygon].last);
        found = found || odd;
    });
    return found;
}

namespace {

/// An edge of a polygon crosses a row's centres between col - 1 and col.
struct Crossing {
    int row, col;
    auto operator<=>(const Crossing&) const = default;
};

} // namespace

// The whole number nearest to a guess, kept within a window before it is narrowed.
static int clamped(double guess, int low, int high) {
    return static_cast<int>(std::clamp(guess, static_cast<double>(low), static_cast<double>(high)));
}

// The window's first column whose centre lies east of x; one past its last if none does.
static int first_east(const Grid& grid, const Window& w, double x) {
    const int end = w.col + w.cols;
    int col = clamped((x - grid.centre_x(w.col)) / grid.cell + w.col, w.col, end);
    while (col > w.col && grid.centre_x(col - 1) > x)
        --col;
    while (col < end && !(grid.centre_x(col) > x))
        ++col;
    return col;
}

// The window's first row whose centre lies south of y.
static int first_south(const Grid& grid, const Window& w, double y) {
    const int end = w.row + w.rows;
    int row = clamped((grid.centre_y(w.row) - y) / grid.cell + w.row, w.row, end);
    while (row > w.row && grid.centre_y(row - 1) < y)
        --row;
    while (row < end && !(grid.centre_y(row) < y))
        ++row;
    return row;
}

static void cross_rows(const Segment& edge, const Grid& grid, const Window& w, std::vector<Crossing>& crossings) {
    for (int row = first_south(grid, w, edge.b.y); row < w.row + w.rows; ++row) {
        const double y = grid.centre_y(row);
        if (y < edge.a.y)
            break;
        if (const int col = first_east(grid, w, crossing(edge, y)); col < w.col + w.cols)
            crossings.push_back({row, col});
    }
}

// Along one polygon's crossings of a row in and out alternate.
static void add_runs(std::span<const Crossing> crossings, const Window& w, std::vector<Run>& runs) {
    for (std::size_t i = 0; i < crossings.size();) {
        const Crossing in = crossings[i++];
        const bool ends = i < crossings.size() && crossings[i].row == in.row;
        const int out = ends ? crossings[i++].col : w.col + w.cols;
        if (out > in.col)
            runs.push_back({in.row, in.col, out - in.col});
    }
}

// Makes one of runs that overlap or touch.
static void merge(std::vector<Run>& runs) {
    const auto before = [](const Run& a, const Run& b) { return std::tie(a.row, a.col) < std::tie(b.row, b.col); };
    if (!std::is_sorted(runs.begin(), runs.end(), before))
        std::sort(runs.begin(), runs.end(), before);
    auto last = runs.begin();
    for (const Run& run : runs)
        if (last->row == run.row && run.col <= last->col + last->cols)
            last->cols = std::max(last->cols, run.col + run.cols - last->col);
        else
            *++last = run;
    if (!runs.empty())
        runs.erase(last + 1, runs.end());
}

std::vector<Run> PolygonIndex::inside(const Grid& grid, Window window) const {
    const Box box = grid.box(window);
    std::vector<Run> runs;
    std::vector<Crossing> crossings;
    each_polygon(box, [&](std::size_t polygon) {
        crossings.clear();
        m_edge_index.select(
            [&](const Box& b) { return b.ymin <= box.ymax && box.ymin <= b.ymax && b.xmin <= box.xmax; },
            [&](std::size_t first, std::size_t last) {
                for (std::size_t i = first; i < last; ++i)
                    cross_rows(m_edges[i], grid, window, crossings);
            },
            m_polygons[polygon].first, m_polygons[polygon].last);
        std::sort(crossings.begin(), crossings.end());
        add_runs(crossings, window, runs);
    });
    merge(runs);
    return runs;
}

} // namespace zonerank::rasters
