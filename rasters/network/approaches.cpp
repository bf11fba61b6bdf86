// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/approaches.hpp"

#include "rasters/candidates.hpp"
#include "rasters/core/simd.hpp"
#include "rasters/segment_index.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace zonerank::rasters {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int sides[] = {64, 32, 16, 8, 4}; ///< of blocks, in cells, largest first
constexpr std::size_t depths = std::size(sides);
constexpr std::size_t few = 6;   ///< candidates that are sooner measured than sorted out
constexpr std::size_t most = 64; ///< cells that are measured at once
constexpr std::size_t lanes = Column::step;

/// An approach as the kernel wants it: where it begins, its direction, its length, the
/// minutes and their rise by the metre, and how far before the foot of the perpendicular
/// one gets onto it, by that perpendicular's length.
struct Way {
    double x, y, ux, uy, length, minutes, rise, slant;
};

Way way_along(const Approach& approach, const OffNetwork& access) {
    const Segment& s = approach.segment;
    const double dx = s.b.x - s.a.x, dy = s.b.y - s.a.y, length = std::hypot(dx, dy);
    const double off = access.minutes_per_metre, rise = approach.minutes_per_metre;
    const double slant = rise < off ? rise / std::sqrt((off - rise) * (off + rise)) : 0;
    return {s.a.x, s.a.y, length > 0 ? dx / length : 1, length > 0 ? dy / length : 0, length, approach.minutes,
            rise,  slant};
}

/// `off` and `reach` are OffNetwork's two. Where the stretch is no faster than what is off
/// it, one goes to its beginning at once.
ZONERANK_INLINE inline double minutes_from(double x, double y, const Way& way, double off, double reach) {
    const double px = x - way.x, py = y - way.y;
    const double foot = px * way.ux + py * way.uy, high = px * way.uy - py * way.ux, high2 = high * high;
    const double room = reach * reach - high2, half = std::sqrt(room > 0 ? room : 0);
    const double before = foot - half, after = foot + half;
    const double low = before > 0 ? before : 0, top = after < way.length ? after : way.length;
    const double aim = way.rise < off ? foot - (high < 0 ? -high : high) * way.slant : 0;
    const double not_below = aim > low ? aim : low, on = not_below < top ? not_below : top;
    const double along = on - foot, minutes = way.minutes + on * way.rise + off * std::sqrt(high2 + along * along);
    return (room < 0) | (low > top) ? infinity : minutes;
}

/// Approaches in columns.
class Ways {
public:
    std::size_t size() const { return m_size; }
    Way operator[](std::size_t i) const {
        return {m_columns[0][i], m_columns[1][i], m_columns[2][i], m_columns[3][i],
                m_columns[4][i], m_columns[5][i], m_columns[6][i], m_columns[7][i]};
    }
    void clear() { m_size = 0; }
    void add(const Way& way);
    void assign(const Ways& all, std::span<const std::uint32_t> which);
    const double* column(std::size_t i) const { return m_columns[i].data(); }

private:
    std::size_t m_size = 0;
    std::array<Column, 8> m_columns;
};

void Ways::add(const Way& way) {
    const double values[] = {way.x, way.y, way.ux, way.uy, way.length, way.minutes, way.rise, way.slant};
    if (m_size == m_columns[0].size())
        for (Column& column : m_columns)
            column.resize(std::max<std::size_t>(2 * m_size, 1024));
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        m_columns[i][m_size] = values[i];
    ++m_size;
}

void Ways::assign(const Ways& all, std::span<const std::uint32_t> which) {
    m_size = which.size();
    for (std::size_t k = 0; k < m_columns.size(); ++k) {
        if (m_columns[k].size() < m_size)
            m_columns[k].fit(m_size);
        for (std::size_t i = 0; i < m_size; ++i)
            m_columns[k][i] = all.m_columns[k][which[i]];
    }
}

/// Columns that are used again from one window to the next.
struct Workspace {
    Ways loaded;
    std::array<Ways, depths> left; ///< candidates of a block of each size
    Column earliest, latest;
    std::vector<std::uint32_t> kept;
};

/// A block of cells on the way down, and what is known of it.
struct Block {
    Window window;
    bool covered = false; ///< each cell has a way, if only one beyond the limit
};

/// Goes through a window by halves: what can be the least nowhere in a block is not
/// looked at again within it.
class Search {
public:
    /// `beyond`: of what is farther than the limit; NaN when it is all one whether there is a way.
    Search(const OffNetwork& access, const Grid& grid, double limit, float beyond, Workspace& workspace, Tile& out)
        : m_access(access), m_grid(grid), m_limit(limit), m_beyond(beyond), m_workspace(workspace), m_out(out) {}

    void halve(const Window& window, const Ways& ways) { halve({window, std::isnan(m_beyond)}, 0, ways); }

private:
    void halve(Block block, std::size_t depth, const Ways& ways);
    std::span<const std::uint32_t> sift(Block& block, const Ways& ways);
    void bounds(Point centre, double radius, const Ways& ways);
    void finish(const Block& block, const Ways& ways, std::span<const std::uint32_t> which);

    const OffNetwork& m_access;
    const Grid& m_grid;
    double m_limit;
    float m_beyond;
    Workspace& m_workspace;
    Tile& m_out;
};

double radius_of(const Grid& grid, Window block) {
    return std::hypot(block.cols - 1, block.rows - 1) / 2 * grid.cell;
}

// Whoever stands up to a radius from the centre gets onto the stretch where whoever
// stands at the centre does, if that is near enough to both.
void Search::bounds(Point centre, double radius, const Ways& ways) {
    const double margin = 1e-6 + 1e-9 * radius, more = radius + margin;
    const double off = m_access.minutes_per_metre, far = m_access.within + more, near = m_access.within - more;
    m_workspace.earliest.fit(ways.size());
    m_workspace.latest.fit(ways.size());
    double *earliest = m_workspace.earliest.data(), *latest = m_workspace.latest.data();
    const double *x = ways.column(0), *y = ways.column(1), *ux = ways.column(2), *uy = ways.column(3),
                 *length = ways.column(4), *minutes = ways.column(5), *rise = ways.column(6), *slant = ways.column(7);
    const std::size_t size = ways.size();
    vectorised([&]() ZONERANK_INLINE {
        for (std::size_t i = 0; i < size; ++i) {
            const Way way{x[i], y[i], ux[i], uy[i], length[i], minutes[i], rise[i], slant[i]};
            earliest[i] = minutes_from(centre.x, centre.y, way, off, far) - more * off;
        }
    });
    std::fill_n(latest, size, infinity);
    if (near > 0)
        vectorised([&]() ZONERANK_INLINE {
            for (std::size_t i = 0; i < size; ++i) {
                const Way way{x[i], y[i], ux[i], uy[i], length[i], minutes[i], rise[i], slant[i]};
                latest[i] = minutes_from(centre.x, centre.y, way, off, near) + more * off;
            }
        });
}

std::span<const std::uint32_t> Search::sift(Block& block, const Ways& ways) {
    bounds(m_grid.box(block.window).centre(), radius_of(m_grid, block.window), ways);
    const Column &earliest = m_workspace.earliest, &latest = m_workspace.latest;
    const double known = std::min(
        infinity, *std::min_element(latest.begin(), latest.begin() + static_cast<std::ptrdiff_t>(ways.size())));
    block.covered = block.covered || known < infinity;
    const double least = block.covered ? std::min(known, m_limit) * (1 + 1e-12) : infinity;
    m_workspace.kept.resize(ways.size());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < ways.size(); ++i) {
        m_workspace.kept[kept] = static_cast<std::uint32_t>(i);
        kept += (earliest[i] <= least) & (earliest[i] < infinity);
    }
    return {m_workspace.kept.data(), kept};
}

void Search::halve(Block block, std::size_t depth, const Ways& ways) {
    if (ways.size() == 0)
        return finish(block, ways, {});
    const auto which = sift(block, ways);
    const auto cells = static_cast<std::size_t>(block.window.size());
    if (depth + 1 == depths || (cells <= most && which.size() <= few) || which.empty())
        return finish(block, ways, which);
    Ways& left = m_workspace.left[depth];
    left.assign(ways, which);
    each_tile(block.window, sides[depth + 1], [&](Window w) { halve({w, block.covered}, depth + 1, left); });
}

void Search::finish(const Block& block, const Ways& ways, std::span<const std::uint32_t> which) {
    const float nothing = block.covered ? m_beyond : no_data;
    const Window& w = block.window;
    if (which.empty()) {
        for (int row = w.row; row < w.row + w.rows; ++row)
            std::fill_n(&m_out[{w.col, row}], w.cols, nothing);
        return;
    }
    double x[most] = {}, y[most] = {}, least[most];
    std::size_t cells = 0;
    for (int row = w.row; row < w.row + w.rows; ++row)
        for (int col = w.col; col < w.col + w.cols; ++col, ++cells)
            x[cells] = m_grid.centre_x(col), y[cells] = m_grid.centre_y(row);
    std::fill_n(least, most, infinity);
    const std::size_t room = (cells + lanes - 1) / lanes * lanes;
    const double off = m_access.minutes_per_metre, reach = m_access.within;
    vectorised([&]() ZONERANK_INLINE {
        for (const std::uint32_t i : which) {
            const Way way = ways[i];
            for (std::size_t k = 0; k < room; ++k) {
                const double minutes = minutes_from(x[k], y[k], way, off, reach);
                least[k] = minutes < least[k] ? minutes : least[k];
            }
        }
    });
    for (std::size_t k = 0; k < cells; ++k) {
        const float minutes = least[k] <= m_limit ? static_cast<float>(least[k]) : m_beyond;
        m_out[{w.col + static_cast<int>(k) % w.cols, w.row + static_cast<int>(k) / w.cols}] =
            least[k] < infinity ? minutes : nothing;
    }
}

} // namespace

double minutes_by(const Approach& approach, const OffNetwork& access, Point from) {
    return minutes_from(from.x, from.y, way_along(approach, access), access.minutes_per_metre, access.within);
}

Approaches::Approaches(std::vector<Approach> approaches, const OffNetwork& access) : m_access(access) {
    for (const Approach& a : approaches) {
        require_place(a.segment.a);
        require_place(a.segment.b);
    }
    for (const std::uint32_t i :
         hilbert_order(approaches.size(), [&](std::size_t k) { return approaches[k].segment.box().centre(); }))
        m_approaches.push_back(approaches[i]);
    m_tree = PackedIndex(m_approaches.size(), [&](std::size_t i) { return m_approaches[i].segment.box(); });
}

Tile Approaches::to_centres(const Grid& grid, Window window, double limit) const {
    return minutes(grid, window, limit, static_cast<float>(limit));
}

Tile Approaches::up_to(const Grid& grid, Window window, double limit) const {
    return minutes(grid, window, limit, no_data);
}

Tile Approaches::minutes(const Grid& grid, Window window, double limit, float beyond) const {
    Tile out = Tile::unset(window);
    static thread_local Workspace workspace;
    Search search(m_access, grid, limit, beyond, workspace, out);
    each_tile(window, sides[0], [&](Window w) {
        const Point centre = grid.box(w).centre();
        const double reach = m_access.within + radius_of(grid, w) * (1 + 1e-9) + 1e-6;
        workspace.loaded.clear();
        near(centre, reach, [&](const Approach& approach) { workspace.loaded.add(way_along(approach, m_access)); });
        search.halve(w, workspace.loaded);
    });
    return out;
}

template <typename Visit>
void Approaches::near(Point p, double reach, Visit&& visit) const {
    m_tree.select([&](const Box& box) { return squared_distance(box, p) <= reach * reach; },
                  [&](std::size_t first, std::size_t last) {
                      for (std::size_t i = first; i < last; ++i)
                          if (squared_distance(m_approaches[i].segment.box(), p) <= reach * reach)
                              visit(m_approaches[i]);
                  });
}

double Approaches::minutes_from(Point p) const {
    double least = infinity;
    near(p, m_access.within + 1e-6,
         [&](const Approach& approach) { least = std::min(least, minutes_by(approach, m_access, p)); });
    return least;
}

} // namespace zonerank::rasters
