// SPDX-License-Identifier: Apache-2.0
#include "rasters/native.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

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

namespace {

using Numbers = std::vector<double, BufferAllocator<double>>;

// Means of factor x factor cells: down the columns of native cells, then across.
Tile means(const Tile& native, int factor, Window window) {
    Tile tile = Tile::unset(window);
    const auto width = static_cast<std::size_t>(window.cols) * static_cast<std::size_t>(factor);
    Numbers sums(width), counts(width);
    vectorised([&]() ZONERANK_INLINE {
        double* __restrict sum = sums.data(), * __restrict count = counts.data();
        for (int row = window.row; row < window.row + window.rows; ++row) {
            std::fill_n(sum, width, 0.0);
            std::fill_n(count, width, 0.0);
            for (int k = 0; k < factor; ++k) {
                const float* from = &native[{window.col * factor, row * factor + k}];
                for (std::size_t i = 0; i < width; ++i) {
                    sum[i] += std::isnan(from[i]) ? 0 : from[i];
                    count[i] += std::isnan(from[i]) ? 0 : 1;
                }
            }
            std::size_t i = 0;
            for (float& mean : tile.row(row)) {
                double all = 0, n = 0;
                for (int k = 0; k < factor; ++k, ++i) {
                    all += sum[i];
                    n += count[i];
                }
                mean = n > 0 ? static_cast<float>(all / n) : no_data;
            }
        }
    });
    return tile;
}

/// A native row between the centres of its cells, at the columns of a window: the
/// shares of the two neighbours that have data, these times their values, and the
/// value of the nearer.
struct Across {
    Numbers weights, sums;
    std::vector<float, BufferAllocator<float>> nearest;
    int row = std::numeric_limits<int>::min(); ///< for now

    void read(const Tile& native, const std::vector<Between>& columns, int native_row) {
        row = native_row;
        weights.resize(columns.size());
        sums.resize(columns.size());
        nearest.resize(columns.size());
        const std::span<const float> from = native.row(row);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto before = static_cast<std::size_t>(columns[i].before - native.window().col);
            const float left = from[before], right = from[before + 1];
            const double share = columns[i].share;
            const double to_left = std::isnan(left) ? 0 : 1 - share, to_right = std::isnan(right) ? 0 : share;
            weights[i] = to_left + to_right;
            sums[i] = (std::isnan(left) ? 0 : to_left * left) + (std::isnan(right) ? 0 : to_right * right);
            nearest[i] = share >= 0.5 ? right : left;
        }
    }
};

// No number where the native cell around the centre has none, as Method::bilinear.
void blend(const Across& above, const Across& below, double share, std::span<float> result) {
    const float* nearest = share >= 0.5 ? below.nearest.data() : above.nearest.data();
    vectorised([&]() ZONERANK_INLINE {
        for (std::size_t i = 0; i < result.size(); ++i) {
            const double sum = (1 - share) * above.sums[i] + share * below.sums[i];
            const double weight = (1 - share) * above.weights[i] + share * below.weights[i];
            const auto value = static_cast<float>(sum / weight);
            result[i] = std::isnan(nearest[i]) ? no_data : value;
        }
    });
}

Tile between_cells(const Tile& native, const NativeGrid& fine, Window window) {
    Tile tile = Tile::unset(window);
    std::vector<Between> columns;
    for (int col = window.col; col < window.col + window.cols; ++col)
        columns.push_back(between_centres(col, fine.first.col, -fine.factor));
    Across above, below;
    for (int row = window.row; row < window.row + window.rows; ++row) {
        const Between y = between_centres(row, fine.first.row, -fine.factor);
        if (above.row != y.before) {
            std::swap(above, below);
            if (above.row != y.before)
                above.read(native, columns, y.before);
            below.read(native, columns, y.before + 1);
        }
        blend(above, below, y.share, tile.row(row));
    }
    return tile;
}

} // namespace

Tile from_native(Tile native, const NativeGrid& fine, Window window) {
    assert(intersection(native.window(), native_window(fine, window)) == native_window(fine, window));
    if (fine.factor == 1 && native.window() == window)
        return native;
    return fine.factor > 0 ? means(native, fine.factor, window) : between_cells(native, fine, window);
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
