// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/corner_steps.hpp"

#include "rasters/travel/spreading.hpp"

#include <cmath>
#include <numbers>

namespace zonerank::rasters {

namespace {

/// The cells on one side of a corner: one that touches it, and the one behind, away from the barrier's face.
struct Side {
    std::uint32_t near, far;
};

/// Of the way from a cell's centre to a corner, in minutes; infinite where nothing crosses.
double to_near(const float* slowness, Side side) {
    return slowness[side.near] * (std::numbers::sqrt2 / 2);
}
double to_far(const float* slowness, Side side) {
    static const double length = std::sqrt(2.5); // a third of it in the far cell
    return (slowness[side.far] + 2.0 * slowness[side.near]) * (length / 3);
}

void add(std::uint32_t a, std::uint32_t b, double minutes, std::vector<TileRoads::Start>& steps) {
    if (!(minutes < unreached))
        return;
    steps.push_back({a, {b, static_cast<float>(minutes)}});
    steps.push_back({b, {a, static_cast<float>(minutes)}});
}

/// Between all cells of both sides but those that a step leads between anyway.
void add_around(const float* slowness, Side a, Side b, std::vector<TileRoads::Start>& steps) {
    add(a.far, b.near, to_far(slowness, a) + to_near(slowness, b), steps);
    add(a.near, b.far, to_near(slowness, a) + to_far(slowness, b), steps);
    add(a.far, b.far, to_far(slowness, a) + to_far(slowness, b), steps);
}

/// Looks at what lies around one barrier cell.
class Corners {
public:
    Corners(const float* slowness, bool cut_corners, std::vector<TileRoads::Start>& steps)
        : m_slowness(slowness), m_cut(cut_corners), m_steps(steps) {}

    bool barrier(std::uint32_t i) const { return !(m_slowness[i] < unreached); }

    void around(std::uint32_t i) {
        constexpr int down = TileLayout::stride;
        for (const int across : {1, -1})
            for (const int along : {down, -down})
                one(i, across, along);
        for (const int ahead : {1, -1})
            end(i, ahead, down);
        for (const int ahead : {down, -down})
            end(i, ahead, 1);
    }

private:
    static std::uint32_t moved(std::uint32_t i, int by) { return i + static_cast<std::uint32_t>(by); }

    /// Whether a way leads by the corner that a barrier has between two directions.
    bool open(std::uint32_t i, int across, int along) const {
        return !barrier(moved(i, across)) && !barrier(moved(i, along)) && (m_cut || !barrier(moved(i, across + along)));
    }

    /// By one corner.
    void one(std::uint32_t i, int across, int along) {
        const std::uint32_t a = moved(i, across), b = moved(i, along);
        if (open(i, across, along))
            add_around(m_slowness, {a, moved(a, -along)}, {b, moved(b, -across)}, m_steps);
    }

    /// Around the end of a wall of one cell, by both its corners.
    void end(std::uint32_t i, int ahead, int side) {
        if (!open(i, ahead, side) || !open(i, ahead, -side))
            return;
        const double face = m_slowness[moved(i, ahead)];
        const Side a{moved(i, side), moved(i, side - ahead)}, b{moved(i, -side), moved(i, -side - ahead)};
        for (const bool far_a : {false, true})
            for (const bool far_b : {false, true})
                add(far_a ? a.far : a.near, far_b ? b.far : b.near,
                    (far_a ? to_far(m_slowness, a) : to_near(m_slowness, a)) + face +
                        (far_b ? to_far(m_slowness, b) : to_near(m_slowness, b)),
                    m_steps);
    }

    const float* m_slowness;
    bool m_cut;
    std::vector<TileRoads::Start>& m_steps;
};

} // namespace

std::vector<TileRoads::Start> corner_steps(const float* slowness, int cols, int rows, bool cut_corners) {
    constexpr int halo = TileLayout::halo;
    std::vector<TileRoads::Start> steps;
    Corners corners(slowness, cut_corners, steps);
    for (int y = -halo; y < rows + halo; ++y)
        for (int x = -halo; x < cols + halo; ++x)
            if (const std::uint32_t i = TileLayout::at(x, y); corners.barrier(i))
                corners.around(i);
    return steps;
}

} // namespace zonerank::rasters
