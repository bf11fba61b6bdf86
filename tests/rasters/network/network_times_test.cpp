// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/network_times.hpp"

#include "rasters/core/parallel.hpp"
#include "tests/support/random_shapes.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <queue>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

// A minute is 1000 m along a line of 60 km/h, and 100 m off it.
constexpr double road_speed = 60;
const OffNetwork off{.minutes_per_metre = 0.01, .within = 500};
const Joining crossings{.join = Join::all_crossings};

Shape point(double x, double y) {
    return {.points = {{x, y}}};
}

float minutes(const std::vector<RoadLine>& lines, const Shape& target, Point from, const Joining& joining = {},
              double limit = Approaches::unlimited) {
    const NetworkTimes times(lines, addresses(std::vector{target}), joining, off);
    const Grid grid{"", 2, 0, 0, 1, 1, {from.x - 1, from.y + 1}};
    return times.to_centres(grid, grid.window(), limit)[{0, 0}];
}

RoadLine line(Path path, bool one_way = false, int level = 0) {
    return {std::move(path), road_speed, one_way, level};
}

} // namespace

TEST_CASE("a crossing with and without levels") {
    const Shape target = point(0, 2000);
    const std::vector<RoadLine> cross{line({{-2000, 0}, {2000, 0}}), line({{0, -2000}, {0, 2000}})};
    std::vector<RoadLine> bridge = cross;
    bridge[1].level = 1;
    CHECK(minutes(cross, target, {-2000, 0}, crossings) == doctest::Approx(4));
    CHECK(std::isnan(minutes(cross, target, {-2000, 0})));
    CHECK(std::isnan(minutes(bridge, target, {-2000, 0}, crossings)));
    // One walks under the bridge, and climbs up.
    CHECK(minutes(bridge, target, {-300, 0}, crossings) ==
          doctest::Approx(2 + 300 * std::sqrt(0.01 * 0.01 - 0.001 * 0.001)));
}

TEST_CASE("access at mid-edge, and to a target beside one") {
    const std::vector<RoadLine> road{line({{0, 0}, {9000, 0}})};
    const double aslant = std::sqrt(0.01 * 0.01 - 0.001 * 0.001); // minutes a metre from the road
    CHECK(minutes(road, point(1000, 0), {6000, 0}) == doctest::Approx(5));
    CHECK(minutes(road, point(1000, 0), {6000, 200}) == doctest::Approx(5 + 200 * aslant));
    CHECK(minutes(road, point(1000, -300), {6000, 200}) == doctest::Approx(3 + 5 + 200 * aslant));
    CHECK(minutes(road, point(8000, -300), {6000, 0}) == doctest::Approx(3 + 2));
    CHECK(minutes(road, point(6000, -200), {6100, -200}) == doctest::Approx(1)); // straight
    CHECK(minutes(road, point(6000, 0), {6000, 0}) == 0);
    CHECK(std::isnan(minutes(road, point(1000, 0), {6000, 501})));
    CHECK(minutes(road, point(1000, 0), {6000, 501 - 2}) > 5);
    CHECK(minutes(road, point(1000, 0), {6000, 0}, {}, 3) == 3);
    CHECK(std::isnan(minutes(road, point(1000, 0), {6000, 501}, {}, 3)));
}

TEST_CASE("one-way lines are travelled in their direction") {
    const std::vector<RoadLine> road{line({{0, 0}, {9000, 0}}, true)};
    CHECK(minutes(road, point(7000, 0), {2000, 0}) == doctest::Approx(5));
    CHECK(std::isnan(minutes(road, point(2000, 0), {7000, 0})));
    // There and back on the other carriageway, which begins where this one ends.
    const std::vector<RoadLine> both{road[0], line({{9000, 0}, {9000, 1000}, {0, 1000}, {0, 0}}, true)};
    CHECK(minutes(both, point(2000, 0), {7000, 0}) == doctest::Approx(2 + 1 + 9 + 1 + 2));
}

TEST_CASE("snapping closes a gap, and shortens nothing") {
    const std::vector<RoadLine> gap{line({{0, 0}, {3000, 0}}), line({{3003, 0}, {6000, 0}})};
    CHECK(std::isnan(minutes(gap, point(0, 0), {6000, 0})));
    CHECK(minutes(gap, point(0, 0), {6000, 0}, {.snap = 5}) == doctest::Approx(6));
    std::vector<RoadLine> crumbs;
    for (int i = 0; i < 6000; i += 4)
        crumbs.push_back(line({{i * 1.0, 0}, {i + 4.0, 0}}));
    CHECK(minutes(crumbs, point(0, 0), {6000, 0}, {.snap = 5}) == doctest::Approx(6));
    CHECK(minutes(gap, point(0, 0), {6000, 0}, {.snap = 5, .join = Join::all_crossings}) == doctest::Approx(6));
}

TEST_CASE("lines and polygons are targets where roads cross them") {
    const std::vector<RoadLine> road{line({{0, 0}, {9000, 0}})};
    const Shape river{.lines = {{{4000, -100}, {4000, 100}}}};
    const Shape town{.polygons = {{{{{4000, -900}, {6000, -900}, {6000, 900}, {4000, 900}, {4000, -900}}}}}};
    CHECK(minutes(road, river, {7000, 0}) == doctest::Approx(3));
    CHECK(minutes(road, town, {7000, 0}) == doctest::Approx(1));
    CHECK(minutes(road, town, {1000, 0}) == doctest::Approx(3));
    CHECK(minutes(road, town, {5000, 600}) == 0);
    CHECK(minutes(road, town, {5000, 1000}) == doctest::Approx(1));
    const Shape beside{.polygons = {{{{{4000, 100}, {6000, 100}, {6000, 900}, {4000, 900}, {4000, 100}}}}}};
    CHECK(minutes(road, beside, {7000, 0}) == doctest::Approx(1 + 1));
    CHECK(minutes(road, beside, {1000, 0}) == doctest::Approx(3 + 1));
}

TEST_CASE("what a network leads to") {
    const std::vector<RoadLine> roads{line({{0, 0}, {3000, 0}}), line({{0, 2000}, {1000, 2000}})};
    const std::vector<Shape> targets{point(0, 100), point(0, 3000), point(0, 9000)};
    const NetworkReach reach = NetworkTimes(roads, addresses(targets), {}, off).reach();
    CHECK(reach.targets == 3);
    CHECK(reach.off == 2);
    CHECK(reach.nearest_off == 1000);
    CHECK(reach.parts == 2);
    CHECK(reach.minutes == doctest::Approx(4));
    CHECK(reach.lost == doctest::Approx(1));
}

namespace {

/// A town of streets with levels, one-ways and gaps; no vertices where streets cross.
std::vector<RoadLine> streets(tests::Random& random) {
    std::vector<RoadLine> lines;
    for (int i = 0; i < 14; ++i) {
        const double at = random.in(0, 2000), from = random.in(0, 900), to = random.in(1100, 2000),
                     lean = random.in(-200, 200);
        Path path =
            i % 2 == 0 ? Path{{from, at}, {1000, at + lean}, {to, at}} : Path{{at, from}, {at + lean, 1000}, {at, to}};
        lines.push_back({std::move(path), random.in(10, 90), random.below(3) == 0, random.below(4) == 0});
    }
    return lines;
}

/// Minutes from each node of a network of small steps, on which every line is cut in
/// pieces of about a metre, to a node at a target: brute force.
class Fine {
public:
    explicit Fine(const std::vector<RoadLine>& lines) {
        for (const RoadLine& l : lines)
            add(l);
    }

    float minutes(Point from, Point to) {
        std::vector<double> least(m_nodes.size(), HUGE_VAL);
        using Due = std::pair<double, std::size_t>;
        std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
        const std::size_t landing = nearest(to);
        due.emplace(least[landing] = distance(m_nodes[landing], to) * off.minutes_per_metre, landing);
        while (!due.empty()) {
            const auto [minutes, node] = due.top();
            due.pop();
            for (const auto& [next, cost] : m_into[node])
                if (minutes + cost < least[next])
                    due.emplace(least[next] = minutes + cost, next);
        }
        double best = distance(from, to) <= off.within ? distance(from, to) * off.minutes_per_metre : HUGE_VAL;
        for (std::size_t i = 0; i < m_nodes.size(); ++i)
            if (const double metres = distance(m_nodes[i], from); metres <= off.within)
                best = std::min(best, least[i] + metres * off.minutes_per_metre);
        return static_cast<float>(best);
    }

private:
    static double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

    std::size_t nearest(Point p) const {
        return static_cast<std::size_t>(std::ranges::min_element(m_nodes, {}, [&](Point n) { return distance(n, p); }) -
                                        m_nodes.begin());
    }

    void connect(std::size_t a, std::size_t b, const RoadLine& line) {
        const double minutes = distance(m_nodes[a], m_nodes[b]) * 0.06 / line.km_per_hour;
        m_into[b].emplace_back(a, minutes);
        if (!line.one_way)
            m_into[a].emplace_back(b, minutes);
    }

    // Nodes of another line on the same level are joined where the lines' steps cross.
    void add(const RoadLine& line) {
        const std::size_t before = m_nodes.size();
        for (std::size_t i = 0; i + 1 < line.path.size(); ++i) {
            const Point a = line.path[i], b = line.path[i + 1];
            const int steps = static_cast<int>(distance(a, b));
            for (int k = 0; k <= steps; ++k) {
                m_nodes.push_back({a.x + (b.x - a.x) * k / steps, a.y + (b.y - a.y) * k / steps});
                m_into.emplace_back();
                if (m_nodes.size() - before > 1)
                    connect(m_nodes.size() - 2, m_nodes.size() - 1, line);
            }
        }
        for (std::size_t i = before; i + 1 < m_nodes.size(); ++i)
            for (const auto& [k, level] : m_steps)
                if (level == line.level && crosses({m_nodes[i], m_nodes[i + 1]}, {m_nodes[k], m_nodes[k + 1]})) {
                    m_into[i].emplace_back(k, 0);
                    m_into[k].emplace_back(i, 0);
                }
        for (std::size_t i = before; i + 1 < m_nodes.size(); ++i)
            m_steps.emplace_back(i, line.level);
    }

    std::vector<Point> m_nodes;
    std::vector<std::vector<std::pair<std::size_t, double>>> m_into;
    std::vector<std::pair<std::size_t, int>> m_steps;
};

} // namespace

TEST_CASE("minutes in random towns are those of a network of steps of a metre") {
    tests::Random random(4);
    int reached = 0;
    for (int round = 0; round < 4; ++round) {
        const std::vector<RoadLine> lines = streets(random);
        const Point to = random.in(Box{300, 300, 1700, 1700});
        Fine fine(lines);
        for (int i = 0; i < 25; ++i) {
            const Point from = random.in(Box{-100, -100, 2100, 2100});
            const float exact = minutes(lines, point(to.x, to.y), from, crossings), expected = fine.minutes(from, to);
            CHECK(std::isnan(exact) == std::isinf(expected));
            if (!std::isnan(exact))
                CHECK(std::abs(exact - expected) < 0.06); // about a metre at each turn
            reached += !std::isnan(exact);
        }
    }
    CHECK(reached > 40);
}

TEST_CASE("the same bits for any order of lines and targets, tiles and threads") {
    tests::Random random(8);
    std::vector<RoadLine> lines = streets(random);
    std::vector<Shape> targets{point(500, 700), point(1500, 300), {.lines = {{{900, 900}, {1200, 1300}}}}};
    const Grid grid = grid_over({0, 0, 2000, 2000}, 10, "", {});
    const auto solve = [&] { return NetworkTimes(lines, addresses(targets), crossings, off); };
    const Tile all = solve().to_centres(grid, grid.window());
    for (int i = 0; i < 3; ++i) {
        std::rotate(lines.begin(), lines.begin() + 5, lines.end());
        std::swap(lines[1], lines[7]);
        std::rotate(targets.begin(), targets.begin() + 1, targets.end());
        const NetworkTimes times = solve();
        Tile pieces(grid.window());
        const std::vector<Window> windows = tiles(grid.window(), 37);
        in_parallel(windows.size(), [&](std::size_t k) {
            const Tile tile = times.to_centres(grid, windows[k]);
            for (int row = windows[k].row; row < windows[k].row + windows[k].rows; ++row)
                std::ranges::copy(tile.row(row), &pieces[{windows[k].col, row}]);
        });
        CHECK(tests::same_bits(pieces, all));
    }
}
