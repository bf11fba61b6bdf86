// SPDX-License-Identifier: Apache-2.0
#include "rasters/distance.hpp"

#include "rasters/pair.hpp"
#include "rasters/polygon_index.hpp"
#include "rasters/segment_index.hpp"

#include <array>
#include <cmath>

namespace zonerank::rasters {

namespace {

constexpr std::size_t lanes = 8, pairs = lanes / 2; ///< rays, or cells of a row, measured at once
constexpr int sides[] = {64, 32, 16, 8};            ///< of blocks, in cells, largest first
constexpr std::size_t smallest = std::size(sides) - 1;
constexpr float unset = std::numeric_limits<float>::infinity();

/// Rays to what may be the nearest shape somewhere in a block. What is left of
/// the last chunk holds rays that are infinitely far.
class Candidates {
public:
    std::size_t size() const { return m_size; }
    Ray operator[](std::size_t i) const {
        const Chunk& c = m_chunks[i / lanes];
        const std::size_t n = i % lanes / 2, k = i % 2;
        return {c.ax[n][k], c.ay[n][k], c.dx[n][k], c.dy[n][k], c.inverse[n][k]};
    }

    const Segment* segment(std::size_t i) const { return m_chunks[i / lanes].segment[i % lanes]; }
    double squared(std::size_t i) const { return m_chunks[i / lanes].squared[i % lanes / 2][i % 2]; }

    void clear() { m_size = 0; }
    void push(const Segment& s, const Ray& r) {
        if (m_size == m_chunks.size() * lanes)
            m_chunks.emplace_back();
        put(m_size++, &s, r);
    }
    void fill() {
        for (std::size_t i = m_size; i % lanes != 0; ++i)
            put(i, nullptr, {1e200, 1e200, 0, 0, 0});
    }

    /// Computes squared() of all from a point; returns the least.
    double measure(Point from);

    /// Takes over from `all` what comes within `reach` of the nearest to the centre.
    void keep_near(Candidates& all, Point centre, double reach);

private:
    struct Chunk {
        Pair ax[pairs], ay[pairs], dx[pairs], dy[pairs], inverse[pairs], squared[pairs];
        const Segment* segment[lanes];
    };
    void put(std::size_t i, const Segment* s, const Ray& r) {
        Chunk& c = m_chunks[i / lanes];
        c.segment[i % lanes] = s;
        const std::size_t n = i % lanes / 2, k = i % 2;
        c.ax[n][k] = r.ax, c.ay[n][k] = r.ay, c.dx[n][k] = r.dx, c.dy[n][k] = r.dy, c.inverse[n][k] = r.inverse;
    }

    std::size_t m_size = 0;
    std::vector<Chunk> m_chunks;
};

double Candidates::measure(Point from) {
    const Pair x = both(from.x), y = both(from.y);
    Pair least = both(std::numeric_limits<double>::infinity());
    for (std::size_t i = 0; i * lanes < m_size; ++i) {
        Chunk& c = m_chunks[i];
        for (std::size_t k = 0; k < pairs; ++k) {
            c.squared[k] = squared_distance(x - c.ax[k], y - c.ay[k], c.dx[k], c.dy[k], c.inverse[k]);
            least = smaller(least, c.squared[k]);
        }
    }
    return std::min(least[0], least[1]);
}

void Candidates::keep_near(Candidates& all, Point centre, double reach) {
    const double limit = std::sqrt(all.measure(centre)) + reach;
    m_chunks.resize(std::max(m_chunks.size(), all.m_size / lanes + 1));
    m_size = 0;
    for (std::size_t i = 0; i < all.m_size; ++i) {
        put(m_size, all.segment(i), all[i]);
        m_size += all.squared(i) <= limit * limit;
    }
    fill();
}

/// Sets the cells of a block, at most 8 x 8, that are not yet 0.
using Finish = void (*)(Candidates& candidates, const Grid& grid, Window block, Tile& out);

/// Goes through a window by halves: what can be nearest nowhere in a block is
/// not looked at again within it.
class Search {
public:
    /// `rim`: cells from a block's outermost centres to what is measured of them.
    Search(const SegmentIndex& index, const Grid& grid, Tile& out, Finish finish, double rim)
        : m_index(index), m_grid(grid), m_out(out), m_finish(finish), m_rim(2 * rim - 1) {}

    void start(Window block);

private:
    bool all_inside(Window block) const;
    void halve(Window block, std::size_t depth);
    double reach(Window block, Point centre) const {
        return std::hypot(block.cols + m_rim, block.rows + m_rim) * m_grid.cell + 2 * m_index.slack(centre);
    }

    const SegmentIndex& m_index;
    const Grid& m_grid;
    Tile& m_out;
    Finish m_finish;
    double m_rim;                                          ///< cells that a block is wider than its number of columns
    std::array<Candidates, std::size(sides)> m_candidates; ///< of a block of each size
};

bool Search::all_inside(Window block) const {
    for (int row = block.row; row < block.row + block.rows; ++row)
        if (std::any_of(&m_out[{block.col, row}], &m_out[{block.col, row}] + block.cols,
                        [](float d) { return d != 0; }))
            return false;
    return true;
}

void Search::start(Window block) {
    if (all_inside(block))
        return;
    const Point centre = m_grid.box(block).centre();
    const double limit = std::sqrt(m_index.nearest(centre)) + reach(block, centre);
    Candidates& found = m_candidates[0];
    found.clear();
    m_index.near(centre, limit, [&](const Segment& s) {
        if (const Ray r = ray(s); squared_distance(r, centre) <= limit * limit)
            found.push(s, r);
    });
    found.fill();
    halve(block, 0);
}

void Search::halve(Window block, std::size_t depth) {
    if (depth == smallest)
        return m_finish(m_candidates[depth], m_grid, block, m_out);
    for (const Window& quarter : tiles(block, sides[depth + 1])) {
        const Point centre = m_grid.box(quarter).centre();
        m_candidates[depth + 1].keep_near(m_candidates[depth], centre, reach(quarter, centre));
        halve(quarter, depth + 1);
    }
}

void lower(float& cell, double squared) {
    if (cell != 0)
        cell = static_cast<float>(std::sqrt(squared));
}

void finish_centres(Candidates& candidates, const Grid& grid, Window block, Tile& out) {
    Pair x[pairs];
    for (std::size_t i = 0; i < lanes; ++i)
        x[i / 2][i % 2] = grid.centre_x(block.col + static_cast<int>(i));
    for (int row = block.row; row < block.row + block.rows; ++row) {
        const Pair y = both(grid.centre_y(row));
        Pair least[pairs];
        std::fill_n(least, pairs, both(std::numeric_limits<double>::infinity()));
        for (std::size_t n = 0; n < candidates.size(); ++n) {
            const Ray r = candidates[n];
            const Pair ax = both(r.ax), dx = both(r.dx), dy = both(r.dy), inverse = both(r.inverse),
                       py = y - both(r.ay);
            for (std::size_t i = 0; i < pairs; ++i)
                least[i] = smaller(least[i], squared_distance(x[i] - ax, py, dx, dy, inverse));
        }
        for (int i = 0; i < block.cols; ++i)
            lower(out[{block.col + i, row}], least[i / 2][i % 2]);
    }
}

// What is nearest to the cell is farther from its centre than the nearest there
// by no more than a diagonal, 1.42 sides.
double from_cell(Candidates& candidates, const Box& cell) {
    const double limit = std::sqrt(candidates.measure(cell.centre())) + 1.5 * cell.width();
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t n = 0; n < candidates.size() && least > 0; ++n)
        if (candidates.squared(n) <= limit * limit)
            least = std::min(least, squared_distance(*candidates.segment(n), cell));
    return least;
}

void finish_cells(Candidates& candidates, const Grid& grid, Window block, Tile& out) {
    for (int row = block.row; row < block.row + block.rows; ++row)
        for (int col = block.col; col < block.col + block.cols; ++col)
            if (float& cell = out[{col, row}]; cell != 0)
                lower(cell, from_cell(candidates, grid.box({col, row, 1, 1})));
}

} // namespace

struct DistanceIndex::Index {
    SegmentIndex edges;
    PolygonIndex polygons;

    Tile solve(const Grid& grid, Window window, Finish finish, double rim) const;
};

Tile DistanceIndex::Index::solve(const Grid& grid, Window window, Finish finish, double rim) const {
    if (edges.empty())
        return Tile(window, no_data);
    Tile out(window, unset);
    for (const Run& run : polygons.inside(grid, window))
        std::fill_n(&out[{run.col, run.row}], run.cols, 0.0F);
    Search search(edges, grid, out, finish, rim);
    for (const Window& block : tiles(window, sides[0]))
        search.start(block);
    return out;
}

DistanceIndex::DistanceIndex(std::span<const Shape> shapes)
    : m_index(std::make_shared<const Index>(Index{SegmentIndex(segments_of(shapes)), PolygonIndex(shapes)})) {}

bool DistanceIndex::empty() const {
    return m_index->edges.empty();
}

Tile DistanceIndex::to_centres(const Grid& grid, Window window) const {
    return m_index->solve(grid, window, finish_centres, 0);
}

Tile DistanceIndex::to_cells(const Grid& grid, Window window) const {
    return m_index->solve(grid, window, finish_cells, 0.5);
}

// No edge comes nearer to the middle than the corners are: what the middle is, all is.
Side DistanceIndex::side(const Grid& grid, Window window, double metres) const {
    if (empty())
        return Side::mixed;
    const Box box = grid.box(window);
    const Point middle = box.centre();
    const double reach = std::hypot(box.width(), box.height()) / 2 + m_index->edges.slack(middle) + 1e-6 * metres;
    const double distance = std::sqrt(m_index->edges.nearest(middle));
    if (distance + reach < metres)
        return Side::inside;
    if (distance <= reach)
        return Side::mixed;
    if (m_index->polygons.contains(middle))
        return Side::inside;
    return distance > metres + reach ? Side::outside : Side::mixed;
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
    const std::vector<Segment> outline = segments_of({&from, 1});
    if (empty() || outline.empty())
        return no_data;
    double least = std::numeric_limits<double>::infinity();
    for (const Segment& s : outline)
        least = std::min(least, m_index->edges.nearest(s, least));
    if (least == 0 || holds_any(m_index->polygons, outline))
        return 0;
    std::vector<Segment> around;
    const Box box = from.polygons.empty() ? Box{} : bounds(from);
    m_index->edges.near(box.centre(), box.empty() ? 0 : std::hypot(box.width(), box.height()),
                        [&](const Segment& s) { around.push_back(s); });
    return holds_any(PolygonIndex({&from, 1}), around) ? 0 : std::sqrt(least);
}

} // namespace zonerank::rasters
