// SPDX-License-Identifier: Apache-2.0
#include "engine/study/constraint.hpp"

#include "layers/measures.hpp"
#include "layers/terms/class_list.hpp"
#include "layers/vectors/geos.hpp"
#include "layers/vectors/shared_distances.hpp"
#include "rasters/zonal/coverage.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

using layers::Dimension;
using layers::OpenLayers;
using layers::Params;
using layers::Sources;
using layers::Type;
using rasters::Grid;
using rasters::Raster;
using rasters::Shape;
using rasters::Tile;
using rasters::Window;

namespace {

using Grids = std::array<Grid, 2>;

/// A test per cell from a number per cell; no number, no verdict.
template <typename Excludes>
Raster<Verdict> judge(const Tile& tile, const Excludes& excludes) {
    auto verdicts = Raster<Verdict>::unset(tile.window());
    const auto judged = [&](float number) {
        if (std::isnan(number))
            return Verdict::unknown;
        return excludes(number) ? Verdict::excluded : Verdict::clear;
    };
    std::ranges::transform(tile.values(), verdicts.values().begin(), judged);
    return verdicts;
}

rasters::DistanceIndex distances_to(const Constraint& constraint, Sources& sources, const Grid& grid) {
    return layers::shared_distances(layers::features_of(constraint.params, "of", sources, grid));
}

using Whole = std::function<bool(Window)>;

bool always_whole(Window) {
    return true;
}

bool never_whole(Window) {
    return false;
}

ConstraintTests for_both(const Grids& grids, const std::function<ConstraintTest(const Grid&)>& make,
                         Whole whole = never_whole) {
    return {make(grids[0]), make(grids[1]), std::move(whole)};
}

/// Where no edge of the ground within `metres` of the features comes near.
Whole far_from_edges(const rasters::DistanceIndex& index, const Grids& grids, double metres) {
    return [=, grid = grids[0]](Window window) { return index.within(grid, window, metres) != rasters::Side::mixed; };
}

bool by_any_part(const Constraint& constraint) {
    return constraint.params.text("cells") == "any part";
}

ConstraintTests inside(const Constraint& constraint, OpenLayers& opened, const Grids& grids) {
    const rasters::DistanceIndex index = distances_to(constraint, opened.sources(), grids[0]);
    const auto buffer = static_cast<float>(constraint.params.number("buffer"));
    const bool any_part = by_any_part(constraint);
    const auto make = [&](const Grid& grid) -> ConstraintTest {
        return [=](Window window) {
            if (const rasters::Side side = index.within(grid, window, buffer); side != rasters::Side::mixed)
                return Raster<Verdict>(window, side == rasters::Side::inside ? Verdict::excluded : Verdict::clear);
            const Tile distance = any_part ? index.to_cells(grid, window) : index.to_centres(grid, window);
            return judge(distance, [=](float metres) { return metres <= buffer; });
        };
    };
    return for_both(grids, make, far_from_edges(index, grids, buffer));
}

// A cell of which any part lies outside is one that the buffered polygons do not
// cover to the full.
ConstraintTests any_part_outside(const Constraint& constraint, OpenLayers& opened, const Grids& grids) {
    const layers::FeatureSets sets = layers::features_of(constraint.params, "of", opened.sources(), grids[0]);
    const double buffer = constraint.params.number("buffer");
    std::vector<Shape> shapes;
    for (const Shape* shape : layers::shapes_of(sets))
        shapes.push_back(buffer > 0 ? layers::buffered(*shape, buffer) : *shape);
    const auto ground = std::make_shared<const Shape>(layers::united(shapes));
    return for_both(grids, [&](const Grid& grid) -> ConstraintTest {
        return [=](Window window) {
            const Raster<std::int32_t> covered = rasters::coverage(*ground, grid, window);
            Raster<Verdict> verdicts(window);
            std::ranges::transform(covered.values(), verdicts.values().begin(), [](std::int32_t share) {
                return share < rasters::full_coverage ? Verdict::excluded : Verdict::clear;
            });
            return verdicts;
        };
    });
}

ConstraintTests outside(const Constraint& constraint, OpenLayers& opened, const Grids& grids) {
    if (by_any_part(constraint))
        return any_part_outside(constraint, opened, grids);
    const rasters::DistanceIndex index = distances_to(constraint, opened.sources(), grids[0]);
    const auto buffer = static_cast<float>(constraint.params.number("buffer"));
    const auto make = [&](const Grid& grid) -> ConstraintTest {
        return [=](Window window) {
            if (const rasters::Side side = index.within(grid, window, buffer); side != rasters::Side::mixed)
                return Raster<Verdict>(window, side == rasters::Side::outside ? Verdict::excluded : Verdict::clear);
            return judge(index.to_centres(grid, window), [=](float metres) { return metres > buffer; });
        };
    };
    return for_both(grids, make, far_from_edges(index, grids, buffer));
}

int floor_div(int a, int b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// The parts of a cell have its verdict: a count, a slope or a cover is another
/// thing on a part of a cell.
ConstraintTest of_whole_cells(const ConstraintTest& cells, const Grids& grids) {
    const int n = static_cast<int>(std::lround(grids[0].cell / grids[1].cell));
    return [=](Window parts) {
        const rasters::Cell first{floor_div(parts.col, n), floor_div(parts.row, n)};
        const Raster<Verdict> whole =
            cells({first.col, first.row, floor_div(parts.col + parts.cols - 1, n) + 1 - first.col,
                   floor_div(parts.row + parts.rows - 1, n) + 1 - first.row});
        Raster<Verdict> verdicts(parts);
        for (int row = parts.row; row < parts.row + parts.rows; ++row)
            for (int col = parts.col; col < parts.col + parts.cols; ++col)
                verdicts[{col, row}] = whole[{floor_div(col, n), floor_div(row, n)}];
        return verdicts;
    };
}

template <typename Excludes>
ConstraintTests by_measure(const Constraint& constraint, OpenLayers& opened, const Grids& grids, Excludes excludes) {
    const auto test = [&](const Grid& grid) -> ConstraintTest {
        return [tile = opened.layer(*constraint.measure, grid).tile, excludes](Window window) {
            return judge(tile(window), excludes);
        };
    };
    if (constraint.measure->kind->make.of_points)
        return for_both(grids, test);
    const ConstraintTest cells = test(grids[0]);
    return {cells, of_whole_cells(cells, grids), always_whole};
}

ConstraintTests above(const Constraint& constraint, OpenLayers& opened, const Grids& grids) {
    // As a float: a cell that holds 0.1 is not above 0.1.
    const auto limit = static_cast<float>(constraint.params.number("limit"));
    return by_measure(constraint, opened, grids, [limit](float measured) { return measured > limit; });
}

ConstraintTests below(const Constraint& constraint, OpenLayers& opened, const Grids& grids) {
    const auto limit = static_cast<float>(constraint.params.number("limit"));
    return by_measure(constraint, opened, grids, [limit](float measured) { return measured < limit; });
}

ConstraintTests classes(const Constraint& constraint, OpenLayers& opened, const Grids& grids) {
    bool of_pixels = false;
    const auto make = [&](const Grid& grid) -> ConstraintTest {
        const layers::Layer layer = opened.layer(*constraint.measure, grid);
        const layers::ClassList excluded(constraint.params.classes("exclude"), layer.classes, "exclude");
        of_pixels = layer.of_pixels;
        return [tile = layer.tile, excluded](Window window) {
            return judge(tile(window), [&](float code) { return excluded.holds(code); });
        };
    };
    const ConstraintTest cells = make(grids[0]);
    if (of_pixels)
        return {cells, of_whole_cells(cells, grids), always_whole};
    return {cells, make(grids[1]), never_whole};
}

const layers::Parameter cells_parameter{.name = "cells",
                                        .help = "centre: by the cell's centre; any part: by all of the cell",
                                        .type = Type::choice,
                                        .fallback = "centre",
                                        .choices = "centre, any part"};
const layers::Parameter buffer_parameter{.name = "buffer",
                                         .help = "how far around the features",
                                         .type = Type::quantity,
                                         .dimension = Dimension::length,
                                         .fallback = "0 m"};
const layers::Parameter where_parameter{
    .name = "where", .help = "which features, as an OGR condition in quotes", .type = Type::where, .optional = true};
const layers::Parameter measure_parameter{.name = "measure", .help = "what is measured", .type = Type::measure};

} // namespace

std::span<const ConstraintKind> constraints() {
    static const ConstraintKind kinds[] = {
        {"inside",
         "excludes cells within `buffer` of the features",
         {{"of", "points, lines or polygons", Type::layers}, where_parameter, buffer_parameter, cells_parameter},
         {inside, {"within {buffer} of {of}", "inside {of}"}}},
        {"outside",
         "excludes cells farther than `buffer` from the features",
         {{"of", "points, lines or polygons", Type::layers}, where_parameter, buffer_parameter, cells_parameter},
         {outside, {"farther than {buffer} from {of}", "outside {of}"}}},
        {"above",
         "excludes cells that measure more than `limit`",
         {measure_parameter, {"limit", "the largest measurement allowed", Type::measurement}},
         {above, {"{measure} above {limit}"}}},
        {"below",
         "excludes cells that measure less than `limit`",
         {measure_parameter, {"limit", "the smallest measurement allowed", Type::measurement}},
         {below, {"{measure} below {limit}"}}},
        {"classes",
         "excludes classes of a raster or polygon layer",
         {{"of", "a raster of classes, or polygons", Type::layers},
          {.name = "exclude", .help = "classes, ranges or names, such as [10, 50..59]", .type = Type::classes},
          {.name = "field", .help = "of a polygon layer", .type = Type::field, .optional = true},
          where_parameter},
         {classes, {"{of} of class {exclude}"}}},
    };
    return kinds;
}

} // namespace zonerank::engine
