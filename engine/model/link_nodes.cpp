// SPDX-License-Identifier: Apache-2.0
#include "engine/model/link_nodes.hpp"

#include "layers/travel_field.hpp"
#include "rasters/polygon_index.hpp"
#include "rasters/travel/start_rays.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace zonerank::engine {

using layers::Feature;
using layers::FeatureSet;
using rasters::Cell;
using rasters::Grid;
using rasters::Path;
using rasters::Point;
using rasters::Shape;
using rasters::Window;

namespace {

// Each place costs a solve; of `pairwise` each pair memory for its way.
std::size_t most_nodes(NetworkKind kind) {
    return kind == NetworkKind::pairwise ? 100 : 500;
}

std::string name_of(const std::string& layer, const FeatureSet& set, const Feature& feature) {
    const std::string text = set.fields.empty() ? "" : layers::to_text(feature.fields.front());
    return text.empty() ? fmt::format("{} {}", layer, feature.fid) : text;
}

void add_features(const std::string& layer, layers::Sources& sources, const Grid& grid, std::vector<LinkNode>& nodes) {
    const std::vector<std::string> known = sources.feature_info(layer).fields;
    const bool named = std::ranges::find(known, "name") != known.end();
    const auto set =
        sources.features(layer, "", named ? std::vector<std::string>{"name"} : std::vector<std::string>{}, grid);
    for (const Feature& feature : set->features)
        nodes.push_back({.name = name_of(layer, *set, feature), .of = layer, .shape = feature.shape});
}

/// Twice the area of a ring, and that times its centroid; from a point near by.
std::tuple<double, double, double> moments(const Path& ring, Point from) {
    double area = 0, x = 0, y = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Point a{ring[i].x - from.x, ring[i].y - from.y}, b{ring[i + 1].x - from.x, ring[i + 1].y - from.y};
        const double cross = a.x * b.y - b.x * a.y;
        area += cross;
        x += cross * (a.x + b.x) / 3;
        y += cross * (a.y + b.y) / 3;
    }
    return {area, x, y};
}

Point middle_of(const Shape& shape) {
    const Point from = rasters::bounds(shape).centre();
    double area = 0, x = 0, y = 0;
    for (const rasters::Polygon& polygon : shape.polygons)
        for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
            const auto [a, ax, ay] = moments(polygon.rings[i], from);
            const double sign = (i == 0) == (a > 0) ? 1 : -1; // rings run either way
            area += sign * a;
            x += sign * ax;
            y += sign * ay;
        }
    return area > 0 ? Point{from.x + x / area, from.y + y / area} : from;
}

/// The cells that a shape takes up: of areas those whose centre they have, or the
/// middle's alone.
std::vector<Cell> cells_of(const Shape& shape, const Grid& grid) {
    std::vector<Cell> cells;
    const auto add = [&](Point p) {
        const Cell cell{rasters::floor_of((p.x - grid.edge_x(0)) / grid.cell),
                        rasters::floor_of((grid.edge_y(0) - p.y) / grid.cell)};
        if (grid.window().contains(cell))
            cells.push_back(cell);
    };
    std::ranges::for_each(shape.points, add);
    for (const Path& line : shape.lines)
        for (const rasters::TravelStart& start : rasters::starts_along(grid, line, 0))
            cells.push_back(start.cell);
    if (!shape.polygons.empty())
        for (const rasters::Run& run : rasters::PolygonIndex(shape).inside(grid, grid.window()))
            for (int col = run.col; col < run.col + run.cols; ++col)
                cells.push_back({col, run.row});
    if (cells.empty())
        add(middle_of(shape));
    return cells;
}

class Placing {
public:
    explicit Placing(const layers::Friction& friction)
        : m_grid(friction.grid()), m_ways(friction), m_on_roads(friction.roads()) {}

    void operator()(LinkNode& node) {
        const Point middle = middle_of(node.shape);
        std::vector<Cell> cells = cells_of(node.shape, m_grid);
        std::ranges::sort(cells, {}, [&](Cell c) {
            const Point p = m_grid.centre(c);
            return std::tuple(!m_on_roads.contains(c), std::hypot(p.x - middle.x, p.y - middle.y), c.row, c.col);
        });
        const auto best = std::ranges::find_if(cells, [&](Cell c) { return m_ways.lead_from(c); });
        if (best == cells.end()) {
            node.at = middle;
            node.no_way = cells.empty() ? "lies outside the friction's area"
                                        : "lies on a barrier, or where nothing is known of the ground";
            return;
        }
        node.cell = *best;
        node.on_road = m_on_roads.contains(*best);
        node.at = node.shape.points.size() == 1 && cells.size() == 1 ? node.shape.points.front() : m_grid.centre(*best);
    }

private:
    const Grid& m_grid;
    layers::Ways m_ways;
    rasters::RoadCells m_on_roads;
};

} // namespace

std::vector<LinkNode> link_nodes(const LinksSpec& links, const Territory& territory, layers::Sources& sources) {
    std::vector<LinkNode> nodes;
    for (const std::string& name : links.between)
        if (name == LinksSpec::sites)
            for (const Candidate& site : territory.candidates)
                nodes.push_back({.name = site.name, .of = name, .shape = site.shape});
        else
            add_features(name, sources, territory.grid, nodes);
    const std::size_t most = most_nodes(links.network);
    if (nodes.size() < 2 || nodes.size() > most)
        throw layers::ErrorAt(links.between_mark,
                              fmt::format("links: {} in {}; {} joins 2 to {}",
                                          nodes.size() == 1 ? "1 place" : fmt::format("{} places", nodes.size()),
                                          fmt::join(links.between, ", "), network_name(links.network), most));
    return nodes;
}

rasters::Box lonlat_box(const std::vector<LinkNode>& nodes, const Grid& study) {
    rasters::Box box;
    for (const LinkNode& node : nodes)
        box.add(rasters::bounds(node.shape));
    return rasters::reproject(box, rasters::Transform(rasters::parse_crs(study.crs), rasters::wgs84()));
}

void place(std::vector<LinkNode>& nodes, const Grid& study, const layers::Friction& friction) {
    const Grid& grid = friction.grid();
    const rasters::Transform to_friction(rasters::parse_crs(study.crs), rasters::parse_crs(grid.crs));
    Placing placing(friction);
    for (LinkNode& node : nodes) {
        node.shape = rasters::reproject(node.shape, to_friction, layers::densify_tolerance(grid.cell));
        placing(node);
    }
}

} // namespace zonerank::engine
