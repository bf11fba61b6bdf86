// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/polygon_map.hpp"

#include "rasters/packed_index.hpp"
#include "rasters/polygon_index.hpp"
#include "rasters/zonal/coverage.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

namespace zonerank::layers {

using rasters::Box;
using rasters::Grid;
using rasters::Shape;
using rasters::Tile;
using rasters::Window;

struct PolygonMap::Index {
    std::vector<Shape> shapes; // polygons only
    std::vector<Box> boxes;
    std::vector<rasters::PolygonIndex> inside;
    rasters::PackedIndex by_place;

    // Calls visit(i) for the shapes whose box meets this one, in their order.
    template <typename Visit>
    void each(const Box& box, Visit&& visit) const {
        by_place.select([&](const Box& b) { return b.intersects(box); },
                        [&](std::size_t first, std::size_t last) {
                            for (std::size_t i = first; i < last; ++i)
                                if (boxes[i].intersects(box))
                                    visit(i);
                        });
    }
};

PolygonMap::PolygonMap(std::span<const Shape> shapes) {
    auto index = std::make_shared<Index>();
    for (const Shape& shape : shapes) {
        index->shapes.push_back({{}, {}, shape.polygons});
        index->boxes.push_back(bounds(index->shapes.back()));
        index->inside.emplace_back(index->shapes.back());
    }
    index->by_place = rasters::PackedIndex(index->boxes);
    m_index = index;
}

static Box common(const Box& a, const Box& b) {
    return {std::max(a.xmin, b.xmin), std::max(a.ymin, b.ymin), std::min(a.xmax, b.xmax), std::min(a.ymax, b.ymax)};
}

Tile PolygonMap::at_centres(const Grid& grid, Window window, std::span<const float> values) const {
    assert(values.size() == m_index->shapes.size());
    Tile tile(window, rasters::no_data);
    const Box box = grid.box(window);
    m_index->each(box, [&](std::size_t i) {
        const Window near = intersection(window, grid.cover(common(box, m_index->boxes[i])).grown(1));
        for (const rasters::Run& run : m_index->inside[i].inside(grid, near)) {
            const auto first = tile.row(run.row).begin() + (run.col - window.col);
            std::fill(first, first + run.cols, values[i]);
        }
    });
    return tile;
}

Tile PolygonMap::cover(const Grid& grid, Window window) const {
    Shape near;
    m_index->each(grid.box(window), [&](std::size_t i) {
        const auto& polygons = m_index->shapes[i].polygons;
        near.polygons.insert(near.polygons.end(), polygons.begin(), polygons.end());
    });
    const auto fractions = rasters::coverage(near, grid, window);
    Tile tile(window);
    for (std::size_t i = 0; i < tile.values().size(); ++i)
        tile.values()[i] = static_cast<float>(fractions.values()[i]) / static_cast<float>(rasters::full_coverage);
    return tile;
}

} // namespace zonerank::layers
