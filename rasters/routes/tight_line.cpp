// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/tight_line.hpp"

#include "rasters/segment.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <iterator>
#include <utility>

namespace zonerank::rasters {

namespace {

constexpr double half_a_cell = 0.5, slower = 1.002, rounding = 1 + 1e-9;

class Tightening {
public:
    Tightening(std::span<const Point> points, std::span<const double> times,
               const std::function<double(Point, Point)>& straight)
        : m_points(points), m_times(times), m_straight(straight) {}

    std::vector<std::size_t> kept() {
        m_kept = {0};
        draw(0, m_points.size() - 1);
        while (leave_out()) {
        }
        return std::move(m_kept);
    }

private:
    double straight(std::size_t from, std::size_t to) const { return m_straight(m_points[from], m_points[to]); }

    /// Appends what is kept after `from` up to `to`; returns its minutes.
    double draw(std::size_t from, std::size_t to) {
        const double whole = straight(from, to);
        if (to == from + 1 || whole <= (m_times[from] - m_times[to]) * rounding) {
            m_kept.push_back(to);
            return whole;
        }
        const auto [middle, apart] = farthest(from, to);
        const std::size_t before = m_kept.size();
        const double first = draw(from, middle), parts = first + draw(middle, to);
        if (!std::isfinite(whole) || whole > parts * (apart <= half_a_cell ? slower : rounding))
            return parts;
        m_kept.resize(before);
        m_kept.push_back(to);
        return whole;
    }

    std::pair<std::size_t, double> farthest(std::size_t from, std::size_t to) const {
        std::pair<std::size_t, double> most{(from + to) / 2, 0};
        for (std::size_t i = from + 1; i < to; ++i)
            if (const double d = std::sqrt(squared_distance(Segment{m_points[from], m_points[to]}, m_points[i]));
                d > most.second)
                most = {i, d};
        return most;
    }

    /// Corners that cutting in two has left, and no quicker way needs.
    bool leave_out() {
        std::vector<std::size_t> left{m_kept.front()};
        for (std::size_t i = 1; i + 1 < m_kept.size(); ++i) {
            const std::size_t from = left.back(), corner = m_kept[i], to = m_kept[i + 1];
            const double whole = straight(from, to);
            if (!std::isfinite(whole) || whole > (straight(from, corner) + straight(corner, to)) * rounding)
                left.push_back(corner);
        }
        left.push_back(m_kept.back());
        const bool fewer = left.size() < m_kept.size();
        m_kept = std::move(left);
        return fewer;
    }

    std::span<const Point> m_points;
    std::span<const double> m_times;
    const std::function<double(Point, Point)>& m_straight;
    std::vector<std::size_t> m_kept;
};

} // namespace

std::vector<std::size_t> drawn_tight(std::span<const Point> points, std::span<const double> times,
                                     const std::function<double(Point, Point)>& straight) {
    assert(points.size() == times.size() && points.size() > 1);
    return Tightening(points, times, straight).kept();
}

namespace {

/// Minutes from a, over the corners, to b.
double minutes_over(Point a, std::span<const Point> corners, Point b,
                    const std::function<double(Point, Point)>& straight) {
    double minutes = 0;
    for (const Point corner : corners) {
        minutes += straight(a, corner);
        a = corner;
    }
    return minutes + straight(a, b);
}

std::vector<Point> quickest_over(Point a, Point centre, Point b, const std::function<double(Point, Point)>& straight) {
    constexpr double reach = 0.5 - 1e-6;
    static constexpr std::array<Point, 4> round{{{-reach, -reach}, {reach, -reach}, {reach, reach}, {-reach, reach}}};
    const auto corner = [&](std::size_t i) { return Point{centre.x + round[i % 4].x, centre.y + round[i % 4].y}; };
    std::vector<Point> best{centre};
    double least = minutes_over(a, best, b, straight);
    const auto offer = [&](std::vector<Point> corners) {
        if (const double minutes = minutes_over(a, corners, b, straight); minutes < least) {
            least = minutes;
            best = std::move(corners);
        }
    };
    for (std::size_t i = 0; i < 4; ++i) {
        offer({corner(i)});
        offer({corner(i), corner(i + 1)});
        offer({corner(i + 1), corner(i)});
    }
    return best;
}

} // namespace

std::vector<Point> around_corners(std::span<const Point> line, const std::function<double(Point, Point)>& straight) {
    std::vector<Point> result;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (i == 0 || i + 1 == line.size() || std::isfinite(straight(result.back(), line[i + 1])))
            result.push_back(line[i]);
        else
            std::ranges::copy(quickest_over(result.back(), line[i], line[i + 1], straight), std::back_inserter(result));
    return result;
}

} // namespace zonerank::rasters
