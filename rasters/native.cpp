// SPDX-License-Identifier: Apache-2.0
#include "rasters/native.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace zonerank::rasters {

// Square units of the source's CRS per square metre of the grid, around a point
// of the grid's CRS.
static double stretch_at(const Transform& transform, Point p, double step) {
    std::array<Point, 4> f{Point{p.x - step, p.y}, {p.x + step, p.y}, {p.x, p.y - step}, {p.x, p.y + step}};
    transform.apply(f);
    const auto turn = [&](double dx) { return transform.to().geographic ? std::remainder(dx, 360.0) : dx; };
    const Point along_x{turn(f[1].x - f[0].x), f[1].y - f[0].y}, along_y{turn(f[3].x - f[2].x), f[3].y - f[2].y};
    return std::abs(along_x.x * along_y.y - along_x.y * along_y.x) / (4 * step * step);
}

double source_cell(const RasterInfo& info, const Grid& grid) {
    const Transform to_source(parse_crs(grid.crs), info.crs);
    const double stretch = stretch_at(to_source, grid.box().centre(), grid.cell);
    if (!std::isnormal(stretch))
        throw Error("the middle of the grid has no place in {}", info.crs.label());
    return std::sqrt(info.cell_x * info.cell_y / stretch);
}

NativeGrid native_grid(const RasterInfo& info, const Grid& grid) {
    constexpr double most = 1 << 20;
    const double ratio = source_cell(info, grid) / grid.cell;
    const double times = std::clamp(std::max(ratio, 1 / ratio), 1.0, most), below = std::floor(times);
    const int factor = static_cast<int>(times * times > below * (below + 1) ? below + 1 : below); // the nearer by ratio
    if (ratio <= 1 || factor == 1)
        return {refined(grid, factor), factor, {}};
    const Grid coarse = coarsened(grid, factor);
    return {coarse,
            -factor,
            {static_cast<int>(grid.west - coarse.west * factor), static_cast<int>(grid.north - coarse.north * factor)}};
}

// Along one axis: the native cell whose centre lies at or before the centre of
// a cell, and how far the latter is on the way to the next one.
namespace {
struct Between {
    int before = 0;
    double share = 0;
};
} // namespace

static Between between_centres(int cell, int first, int factor) {
    const double place = (cell + first + 0.5) / factor - 0.5;
    const double before = std::floor(place);
    return {static_cast<int>(before), place - before};
}

Window native_window(const NativeGrid& fine, Window w) {
    if (w.empty())
        return {};
    if (fine.factor > 0)
        return {w.col * fine.factor, w.row * fine.factor, w.cols * fine.factor, w.rows * fine.factor};
    const int factor = -fine.factor;
    const int col = between_centres(w.col, fine.first.col, factor).before;
    const int row = between_centres(w.row, fine.first.row, factor).before;
    return {col, row, between_centres(w.col + w.cols - 1, fine.first.col, factor).before + 2 - col,
            between_centres(w.row + w.rows - 1, fine.first.row, factor).before + 2 - row};
}

static float mean_within(const Tile& native, Cell cell, int factor) {
    double sum = 0;
    int n = 0;
    for (int row = cell.row * factor; row < (cell.row + 1) * factor; ++row)
        for (int col = cell.col * factor; col < (cell.col + 1) * factor; ++col)
            if (const float value = native[{col, row}]; !std::isnan(value)) {
                sum += static_cast<double>(value);
                ++n;
            }
    return n > 0 ? static_cast<float>(sum / n) : no_data;
}

// As Method::bilinear: no number where the native cell around the centre has none.
static float bilinear_between(const Tile& native, Between x, Between y) {
    const Cell around{x.before + (x.share >= 0.5 ? 1 : 0), y.before + (y.share >= 0.5 ? 1 : 0)};
    if (std::isnan(native[around]))
        return no_data;
    double sum = 0, weight = 0;
    for (int i = 0; i < 4; ++i) {
        const float value = native[{x.before + i % 2, y.before + i / 2}];
        const double share = (i % 2 == 0 ? 1 - x.share : x.share) * (i / 2 == 0 ? 1 - y.share : y.share);
        if (std::isnan(value))
            continue;
        sum += share * static_cast<double>(value);
        weight += share;
    }
    return static_cast<float>(sum / weight);
}

Tile from_native(const Tile& native, const NativeGrid& fine, Window window) {
    assert(intersection(native.window(), native_window(fine, window)) == native_window(fine, window));
    Tile tile(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col)
            tile[{col, row}] = fine.factor > 0
                                   ? mean_within(native, {col, row}, fine.factor)
                                   : bilinear_between(native, between_centres(col, fine.first.col, -fine.factor),
                                                      between_centres(row, fine.first.row, -fine.factor));
    return tile;
}

static void copy_into(Tile& tile, const Tile& part) {
    const Window w = part.window();
    for (int row = w.row; row < w.row + w.rows; ++row)
        std::ranges::copy(part.row(row), tile.row(row).begin() + (w.col - tile.window().col));
}

Tile in_parts(Window window, const NativeGrid& fine, const std::function<Tile(Window)>& part) {
    constexpr int native_side = 1024;
    const int side = std::max(native_side / std::max(fine.factor, 1), 1);
    if (window.cols <= side && window.rows <= side)
        return part(window);
    Tile tile = Tile::unset(window);
    for (const Window& w : tiles(window, side))
        copy_into(tile, part(w));
    return tile;
}

} // namespace zonerank::rasters
