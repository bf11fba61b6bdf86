// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/routes.hpp"

#include "rasters/travel/field_view.hpp"
#include "rasters/travel/tight_line.hpp"
#include "rasters/travel/travel_solver.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <tuple>
#include <utility>

namespace zonerank::rasters {

struct RouteFinder::Solved {
    Solved(const Grid& over, const Slowness& ground, std::span<const TravelStart> from, std::span<const RoadStep> roads,
           const StepsInto& steps, const TravelOptions& how)
        : grid(over), slowness(ground), options(how), starts(from.begin(), from.end()), into(steps),
          solver(grid, slowness, starts, roads, options), field(solver.solve()), times(field),
          view(solver.ground(), *field) {}

    Grid grid;
    Slowness slowness;
    TravelOptions options;
    std::vector<TravelStart> starts;
    const StepsInto& into;
    TravelSolver solver;
    std::shared_ptr<const TravelTimes::Field> field;
    TravelTimes times;
    FieldView view;
};

namespace {

Cell moved(Cell c, int across, int down) {
    return {c.col + across, c.row + down};
}

/// Where a way goes on from a cell, and how.
struct Onward {
    double minutes = unreached; ///< of the cell, coming from there
    Point towards{};            ///< from the cell's centre
    Cell near{}, far{};         ///< the cells that `towards` points between
};

/// Goes back over the ground from one cell.
class GroundStep {
public:
    GroundStep(FieldView& view, const TravelOptions& options, Cell cell)
        : m_view(view), m_options(options), m_cell(cell), m_here(view.slowness(cell)) {}

    Onward quickest() {
        if (m_here < unreached)
            for (const auto& [across, down] : {std::pair{1, 0}, {0, 1}, {-1, 0}, {0, -1}})
                for (const int side : {1, -1})
                    one_octant(across, down, side);
        return m_best;
    }

private:
    struct Beside {
        Cell cell;
        float minutes, slowness;
        bool crossed() const { return slowness < unreached; }
    };

    Beside at(int across, int down) {
        const Cell c = moved(m_cell, across, down);
        return {c, m_view.minutes(c), m_view.slowness(c)};
    }

    void one_octant(int across, int down, int side) {
        const int aside = down != 0 ? side : 0, below = across != 0 ? side : 0;
        const Beside a = at(across, down), d = at(across + aside, down + below);
        take(a.minutes + mean(a), a, a, {1.0 * across, 1.0 * down});
        if (d.crossed() && (m_options.cut_corners || a.crossed() || at(aside, below).crossed()))
            take(d.minutes + std::numbers::sqrt2 * mean(d), d, d, {1.0 * (across + aside), 1.0 * (down + below)});
        if (m_options.method != TravelMethod::grid8)
            knight(a, d, 2 * across + aside, 2 * down + below);
        if (m_options.method == TravelMethod::eikonal)
            between(a, d, {1.0 * across, 1.0 * down}, {1.0 * aside, 1.0 * below});
    }

    void knight(const Beside& a, const Beside& d, int across, int down) {
        const Beside k = at(across, down);
        const double sum = (1.0 * m_here + k.slowness) + (1.0 * a.slowness + d.slowness);
        take(k.minutes + std::sqrt(5.0) / 4 * sum, k, k, {1.0 * across, 1.0 * down});
    }

    // The simplex of Spreading: half of the way lies in A where both are alike.
    void between(const Beside& a, const Beside& d, Point ahead, Point aside) {
        if (!(d.minutes < a.minutes && a.minutes < m_view.minutes(m_cell)) || !a.crossed() || !d.crossed())
            return;
        const bool alike = std::max(a.slowness, d.slowness) <= 2.5F * std::min(a.slowness, d.slowness);
        constexpr int half = Simplex::parts / 2;
        Simplex::Way way{unreached, 0};
        if (alike)
            way = Simplex::least(a.minutes, d.minutes, mean(a), half);
        if (!alike || way.k == half)
            if (const auto other = Simplex::least(a.minutes, d.minutes, std::max(mean(a), mean(d)), Simplex::parts);
                other.minutes < way.minutes)
                way = other;
        const double w = way.k * (1.0 / Simplex::parts);
        take(way.minutes, a, d, {ahead.x + w * aside.x, ahead.y + w * aside.y});
    }

    float mean(const Beside& b) const { return (m_here + b.slowness) * 0.5F; }

    // Of equals the first.
    void take(double minutes, const Beside& near, const Beside& far, Point towards) {
        if (minutes < m_best.minutes && far.minutes < m_view.minutes(m_cell))
            m_best = {minutes, towards, near.cell, far.cell};
    }

    FieldView& m_view;
    const TravelOptions& m_options;
    Cell m_cell;
    float m_here;
    Onward m_best;
};

double apart(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// A cell that a way runs through, and the step that leads on from it, if it is a road's.
struct Passed {
    Cell cell;
    float minutes;
    std::optional<RoadUse> road{};
};

/// Where a way ends.
struct Arrived {
    Point at; ///< in cells
    double minutes;
};

/// Goes back from a cell to a start.
class Walk {
public:
    Walk(const Grid& grid, FieldView& view, const TravelOptions& options, const StepsInto& into,
         std::span<const TravelStart> starts)
        : m_grid(grid), m_view(view), m_options(options), m_into(into), m_starts(starts) {}

    /// The cells on the way.
    std::vector<Passed> from(Cell cell) {
        m_passed = {{cell, m_view.minutes(cell)}};
        while (!at_start() && (along_road() || over_ground())) {
        }
        if (!m_end)
            at_start_of_cell();
        return std::move(m_passed);
    }

    const std::optional<Arrived>& end() const { return m_end; } ///< none: times don't fall strictly

private:
    Cell here() const { return m_passed.back().cell; }

    // A ray gave the time: it is straight from here.
    bool at_start() {
        const double now = m_passed.back().minutes;
        const int reach = m_options.method == TravelMethod::eikonal ? m_options.exact_start_cells : 0;
        for (const TravelStart& s : m_starts) {
            const Point at = LinePieces::in_cells(m_grid, s.at);
            if (reach == 0 || apart(at, middle_of(here())) > reach ||
                s.minutes + m_view.straight(middle_of(here()), at) > now * (1 + 1e-6))
                continue;
            m_end = {at, s.minutes};
            return true;
        }
        return false;
    }

    // On a barrier, or by the graphs of cells: the start of this cell itself.
    void at_start_of_cell() {
        const auto start = std::ranges::find(m_starts, here(), &TravelStart::cell);
        if (start != m_starts.end())
            m_end = {LinePieces::in_cells(m_grid, start->at), start->minutes};
    }

    bool along_road() {
        const float now = m_passed.back().minutes;
        const StepsInto::Step* best = nullptr;
        float least = now;
        for (const StepsInto::Step& step : m_into(here()))
            if (const float before = m_view.minutes(step.from); before < least && before + step.minutes <= now) {
                best = &step;
                least = before;
            }
        if (!best)
            return false;
        m_passed.back().road = RoadUse{best->step, !best->forward};
        m_passed.push_back({best->from, least});
        m_off = {};
        return true;
    }

    // To the nearer of the two cells that the way leads between; by how much that is
    // off is made up for by the next.
    bool over_ground() {
        const Onward onward = GroundStep(m_view, m_options, here()).quickest();
        if (!(onward.minutes < unreached))
            return false;
        const Point at = middle_of(here()),
                    wanted{at.x + onward.towards.x + m_off.x, at.y + onward.towards.y + m_off.y};
        const bool near = apart(wanted, middle_of(onward.near)) < apart(wanted, middle_of(onward.far));
        const Cell next = near ? onward.near : onward.far;
        m_off = {wanted.x - middle_of(next).x, wanted.y - middle_of(next).y};
        m_passed.push_back({next, m_view.minutes(next)});
        return true;
    }

    const Grid& m_grid;
    FieldView& m_view;
    const TravelOptions& m_options;
    const StepsInto& m_into;
    std::span<const TravelStart> m_starts;
    std::vector<Passed> m_passed;
    std::optional<Arrived> m_end;
    Point m_off{};
};

/// Makes parts of the cells of a way.
class Drawing {
public:
    Drawing(const Grid& grid, FieldView& view) : m_grid(grid), m_view(view) {}

    Route of(std::span<const Passed> passed, std::optional<Arrived> end) {
        Route route;
        for (std::size_t first = 0; first + 1 < passed.size();) {
            std::size_t last = first;
            const bool road = passed[first].road.has_value();
            while (last + 1 < passed.size() && passed[last].road.has_value() == road)
                ++last;
            const auto stretch = passed.subspan(first, last - first + 1);
            const bool ends = last + 1 == passed.size() && !road;
            route.push_back(road ? along_roads(stretch)
                                 : over_ground(stretch, ends ? std::exchange(end, {}) : std::nullopt));
            first = last;
        }
        if (end && !passed.empty())
            route.push_back(over_ground(passed.last(1), end));
        return route;
    }

private:
    Point in_crs(Point p) const { return {m_grid.edge_x(0) + p.x * m_grid.cell, m_grid.edge_y(0) - p.y * m_grid.cell}; }

    RoutePart along_roads(std::span<const Passed> passed) const {
        RoutePart part;
        for (std::size_t i = 0; i < passed.size(); ++i) {
            part.path.push_back(m_grid.centre(passed[i].cell));
            if (i + 1 < passed.size())
                part.roads.push_back(*passed[i].road);
        }
        part.minutes = 1.0 * passed.front().minutes - passed.back().minutes;
        return part;
    }

    RoutePart over_ground(std::span<const Passed> passed, std::optional<Arrived> end) const {
        std::vector<Point> points;
        std::vector<double> times;
        for (const Passed& p : passed) {
            points.push_back(middle_of(p.cell));
            times.push_back(p.minutes);
        }
        if (end) {
            points.push_back(end->at);
            times.push_back(end->minutes);
        }
        const auto straight = [this](Point a, Point b) { return m_view.straight(a, b); };
        RoutePart part;
        std::optional<Point> before;
        for (const std::size_t i : drawn_tight(points, times, straight)) {
            part.minutes += before ? straight(*before, points[i]) : 0;
            part.path.push_back(in_crs(points[i]));
            before = points[i];
        }
        return part;
    }

    const Grid& m_grid;
    FieldView& m_view;
};

} // namespace

double minutes_of(const Route& route) {
    double sum = 0;
    for (const RoutePart& part : route)
        sum += part.minutes;
    return sum;
}

RouteFinder::RouteFinder(const Grid& grid, const Slowness& slowness, std::span<const TravelStart> starts,
                         std::span<const RoadStep> roads, const StepsInto& into, const TravelOptions& options)
    : m_solved(std::make_unique<Solved>(grid, slowness, starts, roads, into, options)) {}

RouteFinder::RouteFinder(RouteFinder&&) noexcept = default;
RouteFinder::~RouteFinder() = default;

const TravelTimes& RouteFinder::times() const {
    return m_solved->times;
}

Route RouteFinder::from(Cell cell) const {
    Solved& s = *m_solved;
    if (!(s.view.minutes(cell) < unreached))
        return {};
    Walk walk(s.grid, s.view, s.options, s.into, s.starts);
    const std::vector<Passed> passed = walk.from(cell);
    return walk.end() ? Drawing(s.grid, s.view).of(passed, walk.end()) : Route{};
}

} // namespace zonerank::rasters
