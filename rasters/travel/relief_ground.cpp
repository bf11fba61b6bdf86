// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/relief_ground.hpp"

#include "rasters/travel/corner_steps.hpp"
#include "rasters/travel/ray_pieces.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace zonerank::rasters {

static std::vector<TravelWait> waits_in(const Relief& relief, const Window& window) {
    std::vector<TravelWait> result;
    std::ranges::copy_if(relief.waits, std::back_inserter(result),
                         [&](const TravelWait& wait) { return window.contains(wait.cell); });
    return result;
}

ReliefRays::ReliefRays(const Relief& relief, Tile elevation, float per_metre)
    : m_relief(relief), m_elevation(std::move(elevation)), m_waits(waits_in(relief, m_elevation.window())),
      m_per_metre(per_metre) {}

double ReliefRays::wait(Cell cell) const {
    const auto found = std::ranges::find(m_waits, cell, &TravelWait::cell);
    return found == m_waits.end() ? 0 : static_cast<double>(found->minutes);
}

// A place in a cell with an elevation has a quarter of it at least.
double ReliefRays::elevation(Point at) const {
    const int col = static_cast<int>(std::floor(at.x - 0.5)), row = static_cast<int>(std::floor(at.y - 0.5));
    double sum = 0, weights = 0;
    for (int k = 0; k < 4; ++k) {
        const Cell c{col + k % 2, row + k / 2};
        const double weight = (1 - std::abs(at.x - 0.5 - c.col)) * (1 - std::abs(at.y - 0.5 - c.row));
        if (m_elevation.window().contains(c) && std::isfinite(m_elevation[c])) {
            sum += weight * m_elevation[c];
            weights += weight;
        }
    }
    return sum / weights;
}

double ReliefRays::minutes(const Tile& slowness, Cell from, Point at, Cell to, bool cut_corners) const {
    const double dx = to.col + 0.5 - at.x, dy = to.row + 0.5 - at.y, length = std::hypot(dx, dy);
    double sum = 0, before = elevation(at);
    const bool there = each_ray_piece(slowness, from, at, to, cut_corners, [&](Cell c, double passed, double next) {
        const double after = elevation({at.x + next * dx, at.y + next * dy}), piece = (next - passed) * length;
        if (piece > 0) {
            const auto slope = static_cast<float>((after - before) * m_per_metre / piece);
            sum += piece * (slowness[c] / static_cast<double>(m_relief.speed.at(slope)) + wait(c));
        }
        before = after;
    });
    return there ? sum : std::numeric_limits<double>::infinity();
}

ReliefRays ReliefGround::around(Tile& slowness) const {
    const Window w = slowness.window();
    Tile elevation = m_relief.elevation(intersection(w.grown(1), m_tiling.window()));
    for (int row = w.row; row < w.row + w.rows; ++row)
        for (int col = w.col; col < w.col + w.cols; ++col)
            if (!std::isfinite(elevation[{col, row}]))
                slowness[{col, row}] = unreached;
    return {m_relief, std::move(elevation), m_per_metre};
}

void ReliefGround::lay_out(std::size_t tile, const ReliefRays& around, float* elevation) {
    const Window w = m_tiling.window(tile), copied = intersection(w.grown(TileLayout::halo), m_tiling.window());
    std::fill_n(elevation, m_tiling.cells(), 0.0F);
    for (int row = copied.row; row < copied.row + copied.rows; ++row) {
        const float* from = &around.elevation()[{copied.col, row}];
        float* to = elevation + TileLayout::at(copied.col - w.col, row - w.row);
        for (int i = 0; i < copied.cols; ++i)
            to[i] = std::isfinite(from[i]) ? from[i] : 0;
    }
    for (const TravelWait& wait : waits_in(m_relief, copied)) {
        m_waits[tile].resize(m_tiling.cells());
        m_waits[tile][TileLayout::at(wait.cell.col - w.col, wait.cell.row - w.row)] = wait.minutes;
    }
}

// Which steps there are depends on what can be crossed alone: the lengths of all, and
// what is waited on them, come in the same order.
std::vector<TileRoads::Start> ReliefGround::corners(std::size_t tile, const Patch& block, bool cut_corners) const {
    const Window w = m_tiling.window(tile);
    const auto steps_over = [&](auto&& minutes) {
        std::vector<float> ground(m_tiling.cells(), unreached);
        for (std::uint32_t i = 0; i < ground.size(); ++i)
            if (block.slowness[i] < unreached)
                ground[i] = minutes(i);
        return corner_steps(ground.data(), w.cols, w.rows, cut_corners);
    };
    const Slopes& s = block.slopes;
    std::vector<TileRoads::Start> steps = corner_steps(block.slowness, w.cols, w.rows, cut_corners);
    const std::vector<TileRoads::Start> lengths = steps_over([](std::uint32_t) { return 1.0F; }),
                                        waits = steps_over([&](std::uint32_t i) { return s.waits ? s.waits[i] : 0; });
    for (std::size_t k = 0; k < steps.size(); ++k) {
        const float rise = s.elevation[steps[k].step.to] - s.elevation[steps[k].from];
        const float factor = s.speed->at(rise * s.per_metre / lengths[k].step.minutes);
        steps[k].step.minutes = steps[k].step.minutes / factor + waits[k].step.minutes;
    }
    std::erase_if(steps, [](const TileRoads::Start& start) { return !(start.step.minutes < unreached); });
    return steps;
}

} // namespace zonerank::rasters
