// SPDX-License-Identifier: Apache-2.0
#include "rasters/distance.hpp"

#include "rasters/candidates.hpp"
#include "rasters/polygon_index.hpp"
#include "rasters/segment_index.hpp"

#include <array>
#include <cmath>

namespace zonerank::rasters {

namespace {

constexpr int area_side = 512;           ///< cells that the index is asked for at once
constexpr int sides[] = {64, 32, 16, 8}; ///< of blocks, in cells, largest first
constexpr std::size_t depths = std::size(sides);
constexpr std::size_t few = 6;             ///< candidates that are sooner measured than sorted out
constexpr std::size_t most_kept = 100'000; ///< candidates that memory is held for from one window to the next
constexpr int lanes = 8;                   ///< cells of a row, measured at once

enum class From { centres, cells };

/// Columns that are used again, for small windows cost no more than their memory.
struct Workspace {
    Boxes groups; ///< of segments, that may have the nearest of the area
    Sieve group_sieve, sieve;
    Rays loaded, finished;
    std::array<Rays, depths> rays; ///< candidates of a block of each size
};

/// Goes through a window by halves: what can be nearest nowhere in a block is
/// not looked at again within it.
class Search {
public:
    /// `out` comes with 0 where it is inside, elsewhere with the limit.
    Search(const SegmentIndex& index, const Grid& grid, From from, double limit, Workspace& workspace, Tile& out)
        : m_index(index), m_grid(grid), m_from(from), m_limit(limit), m_workspace(workspace), m_out(out) {}

    void area(Window area); ///< of at most `area_side` cells a side

private:
    Square square(Window block) const;
    double reach(const Square& s) const { return m_limit + 1.5 * s.half + 2 * s.slack; }
    bool all_inside(Window block) const;
    void add_group(Rays& rays, std::size_t first) const;
    Ray nearest_of_group(const Square& s);
    std::span<const std::uint32_t> candidates(const Rays& rays, Window block);

    void small(Window block, double near); ///< of at most 8 cells a side
    void block(Window block);
    void halve(Window block, std::size_t depth, const Rays& rays, std::span<const std::uint32_t> which);
    void finish(Window block, const Rays& rays, std::span<const std::uint32_t> which);
    void finish_centres(Window block, const Rays& rays, std::span<const std::uint32_t> which);
    void finish_cells(Window block, const Rays& rays, std::span<const std::uint32_t> which);
    double from_cell(const Box& cell);

    const SegmentIndex& m_index;
    const Grid& m_grid;
    From m_from;
    double m_limit;
    Workspace& m_workspace;
    Tile& m_out;
};

Square Search::square(Window block) const {
    const double rim = m_from == From::cells ? 0 : 1, cells = std::max(block.cols, block.rows) - rim;
    const Point centre = m_grid.box(block).centre();
    return {centre, cells / 2 * m_grid.cell, m_index.slack(centre)};
}

// What is nearest somewhere in a square is farther from its centre than the
// nearest there by no more than two half diagonals, 2.83 half sides.
void Search::area(Window area) {
    const Square s = square(area);
    const double farthest = reach(s), least = std::sqrt(m_index.nearest(s.centre, farthest * farthest));
    if (least >= farthest || all_inside(area))
        return;
    const double near = std::min(least + 3 * s.half + 2 * s.slack, farthest);
    if (std::max(area.cols, area.rows) <= lanes)
        return small(area, near);
    m_workspace.groups.clear();
    m_index.near_groups(s.centre, near, [&](std::size_t first, const Box& box) { m_workspace.groups.add(box, first); });
    each_tile(area, sides[0], [&](Window w) { block(w); });
}

void Search::small(Window block, double near) {
    Rays& loaded = m_workspace.loaded;
    loaded.clear();
    m_index.near_groups(square(block).centre, near, [&](std::size_t first, const Box&) { add_group(loaded, first); });
    finish(block, loaded, candidates(loaded, block));
}

bool Search::all_inside(Window block) const {
    for (int row = block.row; row < block.row + block.rows; ++row) {
        const float* cells = &m_out[{block.col, row}];
        if (std::any_of(cells, cells + block.cols, [](float d) { return d != 0; }))
            return false;
    }
    return true;
}

void Search::add_group(Rays& rays, std::size_t first) const {
    rays.add(m_index.segments(), first, std::min(first + PackedIndex::fan, m_index.segments().size()));
}

// One of the segments that are near the centre, not always the nearest.
Ray Search::nearest_of_group(const Square& s) {
    Rays& loaded = m_workspace.loaded;
    loaded.clear();
    add_group(loaded, m_workspace.groups.item(m_workspace.group_sieve.nearest()));
    loaded.measure(s.centre, m_workspace.sieve);
    return loaded[m_workspace.sieve.nearest()];
}

void Search::block(Window block) {
    if (all_inside(block))
        return;
    const Square s = square(block);
    m_workspace.groups.measure(s.centre, m_workspace.group_sieve);
    const Ray near = nearest_of_group(s);
    m_workspace.loaded.clear();
    for (const std::uint32_t group : m_workspace.group_sieve.sift(s, near, reach(s)))
        add_group(m_workspace.loaded, m_workspace.groups.item(group));
    halve(block, 0, m_workspace.loaded, candidates(m_workspace.loaded, block));
}

std::span<const std::uint32_t> Search::candidates(const Rays& rays, Window block) {
    if (rays.size() == 0)
        return {};
    const Square s = square(block);
    rays.measure(s.centre, m_workspace.sieve);
    return m_workspace.sieve.sift(s, rays[m_workspace.sieve.nearest()], reach(s));
}

void Search::halve(Window block, std::size_t depth, const Rays& rays, std::span<const std::uint32_t> which) {
    if (depth + 1 == depths || which.size() <= few)
        return finish(block, rays, which);
    Rays& left = m_workspace.rays[depth];
    left.assign(rays, which);
    each_tile(block, sides[depth + 1], [&](Window w) { halve(w, depth + 1, left, candidates(left, w)); });
}

void Search::finish(Window block, const Rays& rays, std::span<const std::uint32_t> which) {
    if (which.empty())
        return;
    if (m_from == From::centres)
        each_tile(block, lanes, [&](Window w) { finish_centres(w, rays, which); });
    else
        finish_cells(block, rays, which);
}

// Cells that are inside are 0, and stay so; others are at most the limit.
void lower(float* cells, const float* metres, int cols) {
    for (int i = 0; i < cols; ++i)
        cells[i] = metres[i] < cells[i] ? metres[i] : cells[i];
}

void Search::finish_centres(Window block, const Rays& rays, std::span<const std::uint32_t> which) {
    double x[lanes], y[lanes];
    for (int i = 0; i < lanes; ++i) {
        x[i] = m_grid.centre_x(block.col + i);
        y[i] = m_grid.centre_y(block.row + i);
    }
    float metres[lanes * lanes];
    rays.metres(which, x, y, metres);
    for (int row = 0; row < block.rows; ++row)
        lower(&m_out[{block.col, block.row + row}], metres + lanes * row, block.cols == lanes ? lanes : block.cols);
}

void Search::finish_cells(Window block, const Rays& rays, std::span<const std::uint32_t> which) {
    m_workspace.finished.assign(rays, which);
    for (int row = block.row; row < block.row + block.rows; ++row)
        for (int col = block.col; col < block.col + block.cols; ++col)
            if (float& cell = m_out[{col, row}]; cell != 0)
                cell = std::min(cell, static_cast<float>(std::sqrt(from_cell(m_grid.box({col, row, 1, 1})))));
}

// What is nearest to the cell is farther from its centre than the nearest there
// by no more than a diagonal, 1.42 sides.
double Search::from_cell(const Box& cell) {
    m_workspace.finished.measure(cell.centre(), m_workspace.sieve);
    const double limit = std::sqrt(m_workspace.sieve.squared(m_workspace.sieve.nearest())) + 1.5 * cell.width();
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < m_workspace.finished.size() && least > 0; ++i)
        if (m_workspace.sieve.squared(i) <= limit * limit)
            least = std::min(least, squared_distance(m_index.segments()[m_workspace.finished.segment(i)], cell));
    return least;
}

} // namespace

struct DistanceIndex::Index {
    SegmentIndex edges;
    PolygonIndex polygons;

    Tile solve(const Grid& grid, Window window, From from, double limit) const;
};

Tile DistanceIndex::Index::solve(const Grid& grid, Window window, From from, double limit) const {
    if (edges.empty())
        return Tile(window, no_data);
    Tile out(window, static_cast<float>(limit));
    for (const Run& run : polygons.inside(grid, window))
        std::fill_n(&out[{run.col, run.row}], run.cols, 0.0F);
    static thread_local Workspace workspace;
    Search search(edges, grid, from, limit, workspace, out);
    each_tile(window, area_side, [&](Window w) { search.area(w); });
    if (workspace.loaded.capacity() > most_kept)
        workspace = Workspace();
    return out;
}

DistanceIndex::DistanceIndex(std::span<const Shape> shapes) : DistanceIndex(addresses(shapes)) {}

DistanceIndex::DistanceIndex(std::span<const Shape* const> shapes)
    : m_index(std::make_shared<const Index>(Index{SegmentIndex(segments_of(shapes)), PolygonIndex(shapes)})) {}

bool DistanceIndex::empty() const {
    return m_index->edges.empty();
}

Tile DistanceIndex::to_centres(const Grid& grid, Window window, double limit) const {
    return m_index->solve(grid, window, From::centres, limit);
}

Tile DistanceIndex::to_cells(const Grid& grid, Window window, double limit) const {
    return m_index->solve(grid, window, From::cells, limit);
}

// With no edge in its circumscribed circle a window lies on one side of all polygons.
Side DistanceIndex::within(const Grid& grid, Window window, double metres) const {
    const Box box = grid.box(window);
    const Point centre = box.centre();
    const double half = std::hypot(box.width(), box.height()) / 2;
    const double margin = 1e-6 * (metres + half) + 2 * m_index->edges.slack(centre), beyond = metres + half + margin;
    if (empty() || window.empty())
        return Side::mixed;
    const double edge = std::sqrt(m_index->edges.nearest(centre, beyond * beyond));
    if (edge + half + margin <= metres || (edge >= half + margin && m_index->polygons.contains(centre)))
        return Side::inside;
    return edge >= beyond ? Side::outside : Side::mixed;
}

double DistanceIndex::to(Point from) const {
    if (empty())
        return no_data;
    return m_index->polygons.contains(from) ? 0 : std::sqrt(m_index->edges.nearest(from));
}

// Whether one of the segments lies inside the polygons, given that none crosses their edges.
static bool holds_any(const PolygonIndex& polygons, std::span<const Segment> segments) {
    return std::any_of(segments.begin(), segments.end(), [&](const Segment& s) { return polygons.contains(s.a); });
}

double DistanceIndex::to(const Shape& from) const {
    const std::vector<Segment> outline = segments_of(std::vector{&from});
    if (empty() || outline.empty())
        return no_data;
    if (m_index->polygons.contains(outline.front().a)) // most shapes lie in an area that is asked for them
        return 0;
    double least = std::numeric_limits<double>::infinity();
    for (const Segment& s : outline)
        least = std::min(least, m_index->edges.nearest(s, least));
    if (least == 0 || holds_any(m_index->polygons, outline))
        return 0;
    std::vector<Segment> around;
    const Box box = from.polygons.empty() ? Box{} : bounds(from);
    m_index->edges.near(box.centre(), box.empty() ? 0 : std::hypot(box.width(), box.height()),
                        [&](const Segment& s) { around.push_back(s); });
    return holds_any(PolygonIndex(from), around) ? 0 : std::sqrt(least);
}

} // namespace zonerank::rasters
