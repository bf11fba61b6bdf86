// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/routes.hpp"

#include "rasters/routes/tight_line.hpp"
#include "rasters/travel/travel_solver.hpp"

#include <cmath>
#include <vector>

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

/// Makes parts of the cells of a way.
class Drawing {
public:
    Drawing(const Grid& grid, FieldView& view) : m_grid(grid), m_view(view) {}

    Route of(const WayBack& way) {
        const std::span<const Passed> passed = way.passed;
        Route route;
        std::size_t first = 0, last = 0;
        for (; last + 1 < passed.size(); first = last) {
            const bool road = passed[first].road.has_value();
            while (last + 1 < passed.size() && passed[last].road.has_value() == road)
                ++last;
            if (!road && last + 1 == passed.size())
                break;
            const auto stretch = passed.subspan(first, last - first + 1);
            route.push_back(road ? along_roads(stretch) : over_ground(stretch, nullptr));
        }
        route.push_back(over_ground(passed.subspan(first), &way));
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

    /// The last one goes on to the start's place.
    RoutePart over_ground(std::span<const Passed> passed, const WayBack* to_end) const {
        std::vector<Point> points;
        std::vector<double> times;
        for (const Passed& p : passed) {
            points.push_back(middle_of(p.cell));
            times.push_back(p.minutes);
        }
        if (to_end) {
            points.push_back(to_end->end);
            times.push_back(to_end->end_minutes);
        }
        const auto straight = [this](Point a, Point b) { return m_view.straight(a, b); };
        std::vector<Point> line;
        for (const std::size_t i : drawn_tight(points, times, straight))
            line.push_back(points[i]);
        line = around_corners(line, straight);
        RoutePart part{.path = {in_crs(line.front())}, .roads = {}, .minutes = 0};
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            part.minutes += straight(line[i], line[i + 1]);
            part.path.push_back(in_crs(line[i + 1]));
        }
        if (!std::isfinite(part.minutes)) // within the cell of a bridge there is no ground
            part.minutes = times.front() - times.back();
        return part;
    }

    const Grid& m_grid;
    FieldView& m_view;
};

} // namespace

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
    return Drawing(s.grid, s.view).of(way_back(s.grid, s.view, s.options, s.into, s.starts, cell));
}

} // namespace zonerank::rasters
