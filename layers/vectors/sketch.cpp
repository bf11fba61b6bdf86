// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/sketch.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace zonerank::layers {

using rasters::Box;
using rasters::Path;
using rasters::Point;
using rasters::Polygon;
using rasters::Shape;

namespace {

/// A side of a box, across one axis: what is within it has at least 0 inward.
struct Side {
    double Point::*axis;
    double at;
    double sign; ///< of the way inward

    double inward(Point p) const { return sign * (p.*axis - at); }
};

std::array<Side, 4> sides(const Box& box) {
    return {{{&Point::x, box.xmin, 1}, {&Point::x, box.xmax, -1}, {&Point::y, box.ymin, 1}, {&Point::y, box.ymax, -1}}};
}

Point between(Point a, Point b, double share) {
    return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

/// The shares of the way from a to b that lie in a box: first > second where none does (Liang and Barsky 1984).
std::pair<double, double> inside(Point a, Point b, const Box& box) {
    double from = 0, to = 1;
    for (const Side& side : sides(box)) {
        const double at_a = side.inward(a), at_b = side.inward(b);
        if (at_a < 0 && at_b < 0)
            return {1, 0};
        if (at_a < 0)
            from = std::max(from, at_a / (at_a - at_b));
        else if (at_b < 0)
            to = std::min(to, at_a / (at_a - at_b));
    }
    return {from, to};
}

/// Calls visit(piece) for what of a line lies in a box.
template <typename Visit>
void clip_line(const Path& line, const Box& box, Visit&& visit) {
    Path piece;
    const auto finish = [&] {
        if (piece.size() > 1)
            visit(piece);
        piece.clear();
    };
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const auto [from, to] = inside(line[i], line[i + 1], box);
        if (from > to) {
            finish();
            continue;
        }
        if (piece.empty())
            piece.push_back(between(line[i], line[i + 1], from));
        piece.push_back(to < 1 ? between(line[i], line[i + 1], to) : line[i + 1]);
        if (to < 1)
            finish();
    }
    finish();
}

/// A ring without what lies beyond one side (Sutherland and Hodgman 1974); not closed.
Path clip_ring(const Path& ring, const Side& side) {
    Path kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i], b = ring[(i + 1) % ring.size()];
        const double at_a = side.inward(a), at_b = side.inward(b);
        if (at_a >= 0)
            kept.push_back(a);
        if ((at_a < 0) != (at_b < 0))
            kept.push_back(between(a, b, at_a / (at_a - at_b)));
    }
    return kept;
}

double square(double x) {
    return x * x;
}

/// Of a point's distance to the line between two others.
template <typename P>
double distance2(const P& p, const P& a, const P& b) {
    const double dx = b[0] - a[0], dy = b[1] - a[1], length2 = dx * dx + dy * dy;
    const double px = p[0] - a[0], py = p[1] - a[1];
    const double along = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0, 1.0) : 0.0;
    return square(px - along * dx) + square(py - along * dy);
}

/// A path with fewer points, its ends kept. Not recursive: a path may have a million points.
template <typename P>
std::vector<P> plain(const std::vector<P>& path, double tolerance) {
    if (path.size() < 3)
        return path;
    std::vector<bool> keep(path.size());
    keep.front() = keep.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, path.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        std::size_t middle = first;
        double most = square(tolerance);
        for (std::size_t i = first + 1; i < last; ++i)
            if (const double far = distance2(path[i], path[first], path[last]); far > most) {
                most = far;
                middle = i;
            }
        if (middle == first)
            continue;
        keep[middle] = true;
        open.insert(open.end(), {{first, middle}, {middle, last}});
    }
    std::vector<P> kept;
    for (std::size_t i = 0; i < path.size(); ++i)
        if (keep[i])
            kept.push_back(path[i]);
    return kept;
}

/// The same of a ring (not closed): between its first point and the one that is farthest from it, and back.
template <typename P>
std::vector<P> plain_ring(std::vector<P> ring, double tolerance) {
    if (ring.size() < 3)
        return {};
    const P first = ring.front();
    const auto far = [&](const P& p) { return square(p[0] - first[0]) + square(p[1] - first[1]); };
    const auto across = std::ranges::max_element(ring, {}, far);
    const std::vector<P> there = plain(std::vector<P>(ring.begin(), across + 1), tolerance);
    std::vector<P> back(across, ring.end());
    back.push_back(first);
    back = plain(back, tolerance);
    ring = there;
    ring.insert(ring.end(), back.begin() + 1, back.end() - 1);
    return ring.size() < 3 ? std::vector<P>{} : ring;
}

/// What a frame shows, and its places as whole units.
class Pen {
public:
    explicit Pen(const SketchFrame& frame) : m_frame(frame), m_box(frame.box.grown(sketch_margin * frame.unit)) {}

    const Box& box() const { return m_box; }
    bool sees(const Box& box) const { return !box.empty() && box.intersects(m_box); }
    bool holds(const Box& box) const {
        return m_box.contains({box.xmin, box.ymin}) && m_box.contains({box.xmax, box.ymax});
    }

    SketchPath line(const Path& line) const {
        SketchPath drawn = rounded(plain(in_units(line), 1));
        if (drawn.size() == 1)
            drawn.push_back(drawn.front());
        return drawn;
    }

    SketchPath ring(Path ring, bool whole) const {
        if (!ring.empty())
            ring.pop_back();
        for (const Side& side : sides(m_box))
            if (!whole)
                ring = clip_ring(ring, side);
        SketchPath drawn = rounded(plain_ring(in_units(ring), 1));
        if (drawn.size() > 1 && drawn.front() == drawn.back())
            drawn.pop_back();
        return drawn.size() < 3 ? SketchPath{} : drawn;
    }

    SketchPoint rounded(Point p) const {
        const Place place = in_units(p);
        return {static_cast<std::int32_t>(std::lround(place[0])), static_cast<std::int32_t>(std::lround(place[1]))};
    }

private:
    using Place = std::array<double, 2>;

    Place in_units(Point p) const {
        return {(p.x - m_frame.box.xmin) / m_frame.unit, (m_frame.box.ymax - p.y) / m_frame.unit};
    }

    std::vector<Place> in_units(const Path& path) const {
        std::vector<Place> places;
        places.reserve(path.size());
        for (const Point p : path)
            places.push_back(in_units(p));
        return places;
    }

    static SketchPath rounded(const std::vector<Place>& places) {
        SketchPath path;
        path.reserve(places.size());
        for (const Place& place : places) {
            const SketchPoint point{static_cast<std::int32_t>(std::lround(place[0])),
                                    static_cast<std::int32_t>(std::lround(place[1]))};
            if (path.empty() || path.back() != point)
                path.push_back(point);
        }
        return path;
    }

    const SketchFrame& m_frame;
    Box m_box;
};

void add_line(Sketch& sketch, const Path& line, const Pen& pen) {
    const Box box = rasters::bounds(line);
    const auto draw = [&](const Path& piece) { sketch.lines.push_back(pen.line(piece)); };
    if (line.size() < 2 || !pen.sees(box))
        return;
    if (pen.holds(box))
        draw(line);
    else
        clip_line(line, pen.box(), draw);
}

void add_polygon(Sketch& sketch, const Polygon& polygon, const Pen& pen) {
    const Box box = rasters::bounds(polygon);
    if (!pen.sees(box))
        return;
    std::vector<SketchPath> rings;
    for (const Path& ring : polygon.rings) {
        SketchPath drawn = pen.ring(ring, pen.holds(box));
        if (!drawn.empty())
            rings.push_back(std::move(drawn));
        else if (rings.empty())
            return; // without the outer ring there are no holes
    }
    if (!rings.empty())
        sketch.polygons.push_back(std::move(rings));
}

/// Whether a path is as wide or as high as the tolerance.
bool shows(const SketchPath& path, double tolerance) {
    std::array<std::int32_t, 2> least = path.front(), most = path.front();
    for (const SketchPoint& p : path)
        for (std::size_t axis = 0; axis < 2; ++axis) {
            least[axis] = std::min(least[axis], p[axis]);
            most[axis] = std::max(most[axis], p[axis]);
        }
    return std::max(most[0] - least[0], most[1] - least[1]) >= tolerance;
}

/// The first point of each square of the tolerance.
SketchPath thinned(const SketchPath& points, double tolerance) {
    std::set<std::pair<double, double>> taken;
    SketchPath kept;
    for (const SketchPoint& p : points)
        if (taken.emplace(std::floor(p[0] / tolerance), std::floor(p[1] / tolerance)).second)
            kept.push_back(p);
    return kept;
}

} // namespace

void add_to(Sketch& sketch, const Shape& shape, const SketchFrame& frame) {
    const Pen pen(frame);
    for (const Point p : shape.points)
        if (pen.box().contains(p))
            sketch.points.push_back(pen.rounded(p));
    for (const Path& line : shape.lines)
        add_line(sketch, line, pen);
    for (const Polygon& polygon : shape.polygons)
        add_polygon(sketch, polygon, pen);
}

Sketch plainer(const Sketch& sketch, double tolerance) {
    Sketch result{.points = thinned(sketch.points, tolerance), .lines = {}, .polygons = {}};
    for (const SketchPath& line : sketch.lines)
        if (shows(line, tolerance))
            result.lines.push_back(plain(line, tolerance));
    for (const std::vector<SketchPath>& polygon : sketch.polygons) {
        std::vector<SketchPath> rings;
        for (const SketchPath& ring : polygon) {
            SketchPath drawn = shows(ring, tolerance) ? plain_ring(ring, tolerance) : SketchPath{};
            if (!drawn.empty())
                rings.push_back(std::move(drawn));
            else if (rings.empty())
                break;
        }
        if (!rings.empty())
            result.polygons.push_back(std::move(rings));
    }
    return result;
}

} // namespace zonerank::layers
