// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/ground_step.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace zonerank::rasters {

namespace {

Cell moved(Cell c, int across, int down) {
    return {c.col + across, c.row + down};
}

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

} // namespace

Onward quickest_back(FieldView& view, const TravelOptions& options, Cell cell) {
    return GroundStep(view, options, cell).quickest();
}

bool is_level(FieldView& view, const TravelOptions& options, Cell from, Cell to) {
    const auto crossed = [&](Cell c) { return view.slowness(c) < unreached; };
    const float minutes = view.minutes(from);
    const bool aslant = from.col != to.col && from.row != to.row;
    if (!crossed(from) || !crossed(to) || view.minutes(to) != minutes)
        return false;
    if (aslant && !options.cut_corners && !crossed({from.col, to.row}) && !crossed({to.col, from.row}))
        return false;
    const float mean = (view.slowness(from) + view.slowness(to)) * 0.5F;
    return minutes + (aslant ? std::numbers::sqrt2_v<float> : 1.0F) * mean <= minutes;
}

} // namespace zonerank::rasters
