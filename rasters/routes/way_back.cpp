// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/way_back.hpp"

#include "rasters/routes/ground_step.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <utility>

namespace zonerank::rasters {

namespace {

double apart(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

class Walk {
public:
    Walk(const Grid& grid, FieldView& view, const TravelOptions& options, const StepsInto& into,
         std::span<const TravelStart> starts)
        : m_grid(grid), m_view(view), m_options(options), m_into(into), m_starts(starts) {}

    WayBack from(Cell cell) {
        m_way.passed = {{cell, m_view.minutes(cell)}};
        bool arrived = at_start();
        while (!arrived && (along_road() || over_ground(Ground::exact) || over_level(Ground::exact) ||
                            over_ground(Ground::any) || over_level(Ground::any)))
            arrived = at_start();
        if (!arrived)
            throw std::logic_error("a way back ends nowhere");
        return std::move(m_way);
    }

private:
    /// Whether the ground has to account for all of a time: where a level road ends, say, cells
    /// beside it are earlier, too, but the time came from elsewhere.
    enum class Ground { exact, any };
    /// A cell that is reached without a loss of time, and from which of those before it.
    struct Level {
        Passed passed;
        std::size_t before;
        std::optional<RoadUse> road; ///< that leads on to here
    };

    Passed& last() { return m_way.passed.back(); }

    /// A start that lies straight ahead of a cell, at its time.
    const TravelStart* start_ahead(const Passed& here) {
        const int reach = m_options.method == TravelMethod::eikonal ? m_options.exact_start_cells : 0;
        for (const TravelStart& s : m_starts) {
            const Point at = LinePieces::in_cells(m_grid, s.at);
            if (reach > 0 && apart(at, middle_of(here.cell)) <= reach &&
                s.minutes + m_view.straight(middle_of(here.cell), at) <= here.minutes * (1 + 1e-6))
                return &s;
        }
        return nullptr;
    }

    /// The start of this cell itself, where nothing led on: on a barrier, or by the graphs of cells.
    const TravelStart* start_here(const Passed& here) {
        const auto start = std::ranges::find_if(
            m_starts, [&](const TravelStart& s) { return s.cell == here.cell && s.minutes <= here.minutes; });
        return start != m_starts.end() && !road_back(here) && !falls(here, Ground::any) ? &*start : nullptr;
    }

    bool at_start() {
        const TravelStart* start = start_ahead(last());
        if (!start)
            start = start_here(last());
        if (!start)
            return false;
        m_way.end = LinePieces::in_cells(m_grid, start->at);
        m_way.end_minutes = start->minutes;
        return true;
    }

    /// The road step that gave a cell's time.
    const StepsInto::Step* road_back(const Passed& here) {
        const StepsInto::Step* best = nullptr;
        float least = here.minutes;
        for (const StepsInto::Step& step : m_into(here.cell))
            if (const float before = m_view.minutes(step.from);
                before < least && before + step.minutes <= here.minutes) {
                best = &step;
                least = before;
            }
        return best;
    }

    bool along_road() {
        const StepsInto::Step* step = road_back(last());
        if (!step)
            return false;
        last().road = RoadUse{step->step, !step->forward};
        m_way.passed.push_back({step->from, m_view.minutes(step->from)});
        m_off = {};
        return true;
    }

    static bool fits(double minutes, const Passed& here, Ground ground) {
        return ground == Ground::any ? minutes < unreached : minutes <= here.minutes * (1 + 1e-6);
    }

    bool falls(const Passed& here, Ground ground) {
        return fits(quickest_back(m_view, m_options, here.cell).minutes, here, ground);
    }

    // To the nearer of the two cells that the way leads between; by how much that is
    // off is made up for by the next.
    bool over_ground(Ground ground) {
        const Cell here = last().cell;
        const Onward onward = quickest_back(m_view, m_options, here);
        if (!fits(onward.minutes, last(), ground))
            return false;
        const Point at = middle_of(here), wanted{at.x + onward.towards.x + m_off.x, at.y + onward.towards.y + m_off.y};
        const bool near = apart(wanted, middle_of(onward.near)) < apart(wanted, middle_of(onward.far));
        const Cell next = near ? onward.near : onward.far;
        m_off = {wanted.x - middle_of(next).x, wanted.y - middle_of(next).y};
        m_way.passed.push_back({next, m_view.minutes(next)});
        return true;
    }

    /// By steps that cost nothing to the first cell from which time falls, or where it starts.
    bool over_level(Ground ground) {
        std::vector<Level> reached{{last(), 0, {}}};
        std::set<std::pair<int, int>> seen{{last().cell.row, last().cell.col}};
        for (std::size_t i = 0; i < reached.size(); ++i) {
            const Passed here = reached[i].passed;
            if (i > 0 && leads_on(here, ground)) {
                append(reached, i);
                return true;
            }
            const auto reach = [&](Cell cell, std::optional<RoadUse> road) {
                if (seen.emplace(cell.row, cell.col).second)
                    reached.push_back({{cell, here.minutes}, i, road});
            };
            for (const StepsInto::Step& step : m_into(here.cell))
                if (m_view.minutes(step.from) == here.minutes && here.minutes + step.minutes <= here.minutes)
                    reach(step.from, RoadUse{step.step, !step.forward});
            each_beside(here.cell, [&](Cell cell) { reach(cell, std::nullopt); });
        }
        return false;
    }

    bool leads_on(const Passed& here, Ground ground) {
        return road_back(here) || falls(here, ground) || start_ahead(here) || start_here(here);
    }

    template <typename Visit>
    void each_beside(Cell cell, Visit&& visit) {
        for (int down = -1; down <= 1; ++down)
            for (int across = -1; across <= 1; ++across)
                if (const Cell next{cell.col + across, cell.row + down};
                    !(next == cell) && is_level(m_view, m_options, cell, next))
                    visit(next);
    }

    void append(const std::vector<Level>& reached, std::size_t last_of_them) {
        std::vector<std::size_t> way;
        for (std::size_t i = last_of_them; i != 0; i = reached[i].before)
            way.push_back(i);
        for (auto i = way.rbegin(); i != way.rend(); ++i) {
            last().road = reached[*i].road;
            m_way.passed.push_back(reached[*i].passed);
        }
        m_off = {};
    }

    const Grid& m_grid;
    FieldView& m_view;
    const TravelOptions& m_options;
    const StepsInto& m_into;
    std::span<const TravelStart> m_starts;
    WayBack m_way;
    Point m_off{};
};

} // namespace

WayBack way_back(const Grid& grid, FieldView& view, const TravelOptions& options, const StepsInto& into,
                 std::span<const TravelStart> starts, Cell from) {
    assert(view.minutes(from) < unreached);
    return Walk(grid, view, options, into, starts).from(from);
}

} // namespace zonerank::rasters
