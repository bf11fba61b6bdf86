// SPDX-License-Identifier: Apache-2.0
#include "layers/category.hpp"

#include "layers/measures.hpp"
#include "layers/vectors/feature_codes.hpp"
#include "layers/vectors/polygon_map.hpp"
#include "layers/vectors/shared_inputs.hpp"
#include "rasters/native.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::layers {

using rasters::Grid;
using rasters::NativeGrid;
using rasters::RasterReader;
using rasters::Tile;
using rasters::Window;

namespace {

Unit category_unit(const Params& params, const Sources& sources) {
    const std::string& name = only_layer(params);
    if (!sources.is_raster(name)) {
        if (!params.has("field"))
            throw Error("field: which field of layer '{}' is the class?", name);
        check_features(params, sources, "of", "category", {.polygons = true}, {params.text("field")});
        return {};
    }
    for (const char* parameter : {"field", "where"})
        if (params.has(parameter))
            throw Error("{}: layer '{}' is a raster and has no fields", parameter, name);
    need_classes(sources, name, ", or measure it with sample");
    return {};
}

// The most frequent of some codes, the smallest of those as frequent; NaN when none has data.
float majority(std::vector<float>& codes) {
    std::erase_if(codes, [](float code) { return std::isnan(code); });
    std::ranges::sort(codes);
    float best = rasters::no_data;
    std::ptrdiff_t most = 0;
    for (auto first = codes.begin(); first != codes.end();) {
        const auto last = std::upper_bound(first, codes.end(), *first);
        if (last - first > most) {
            most = last - first;
            best = *first;
        }
        first = last;
    }
    return best;
}

Tile majorities(const RasterReader& reader, const NativeGrid& fine, Window window) {
    Tile result(window);
    std::vector<float> codes;
    for (int row = window.row; row < window.row + window.rows; ++row) {
        const Tile native = reader.read(native_window(fine, {window.col, row, window.cols, 1}));
        for (int col = window.col; col < window.col + window.cols; ++col) {
            const Window cell = native_window(fine, {col, row, 1, 1});
            codes.clear();
            for (int r = cell.row; r < cell.row + cell.rows; ++r)
                for (int c = cell.col; c < cell.col + cell.cols; ++c)
                    codes.push_back(native[{c, r}]);
            result[{col, row}] = majority(codes);
        }
    }
    return result;
}

Layer raster_layer(const std::string& name, Sources& sources, const Grid& grid) {
    constexpr auto classes = rasters::Values::classes;
    const rasters::RasterInfo info = sources.raster_info(name);
    const NativeGrid fine = rasters::native_grid(info, grid);
    const bool whole = fine.factor > 1 && sources.spec(name).resample != rasters::Resample::nearest;
    const RasterReader reader = sources.raster(name, whole ? fine.grid : grid, classes);
    return {.unit = {},
            .tile = [=](Window window) { return whole ? majorities(reader, fine, window) : reader.read(window); },
            .classes = info.categories,
            .categorical = true,
            .of_pixels = !whole && reader.cells_are_pixels()};
}

Layer polygon_layer(const std::string& name, const Params& params, Sources& sources, const Grid& grid) {
    const auto set = sources.features(name, params.text("where"), {params.text("field")}, grid);
    const FeatureCodes coded = codes_of(*set, name);
    const auto map = shared_index<PolygonMap>("polygons", {set}, [&] {
        std::vector<rasters::Shape> shapes;
        for (const Feature& feature : set->features)
            shapes.push_back(feature.shape);
        return PolygonMap(shapes);
    });
    const std::vector<float> codes = coded.codes;
    return {.unit = {},
            .tile = [=](Window window) { return map.at_centres(grid, window, codes); },
            .classes = coded.names,
            .categorical = true};
}

Layer category_layer(const Params& params, Sources& sources, const Grid& grid) {
    const std::string& name = only_layer(params);
    return sources.is_raster(name) ? raster_layer(name, sources, grid) : polygon_layer(name, params, sources, grid);
}

} // namespace

MeasureKind category_measure() {
    return {.name = "category",
            .summary = "class of a raster (the most frequent in a cell of several, the smallest code of equals) or of "
                       "the polygon at the cell's centre (the last in the file where they overlap)",
            .parameters = {of_parameter("raster layer with `values: classes`, or polygon layer"),
                           {.name = "field",
                            .help = "of a polygon layer: field with the class, a whole number or a text",
                            .type = Type::field,
                            .optional = true},
                           where_parameter()},
            .make = {.unit = category_unit, .layer = category_layer, .of_classes = true, .needs_ground = true}};
}

} // namespace zonerank::layers
