// SPDX-License-Identifier: Apache-2.0
#include "layers/settled.hpp"

#include "layers/measures.hpp"
#include "layers/vectors/geos.hpp"
#include "layers/vectors/polygon_map.hpp"
#include "rasters/native.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace zonerank::layers {

using rasters::Grid;
using rasters::NativeGrid;
using rasters::RasterReader;
using rasters::Tile;
using rasters::Window;

namespace {

constexpr std::string_view by_class = "densities";

bool of_classes(const Sources& sources, const std::string& name) {
    return sources.is_raster(name) && sources.raster_info(name).values == rasters::Values::classes;
}

void check_densities(const Categories& densities) {
    for (const auto& [range, density] : densities)
        if (!(density >= 0) || std::isinf(density))
            throw Error("{}: a density of {:g}; densities are relative to each other, 0 or more", by_class, density);
    if (std::ranges::none_of(densities, [](const auto& entry) { return entry.second > 0; }))
        throw Error("{}: all are 0, so nobody lives anywhere", by_class);
}

/// How densely people live in a raster's classes.
struct Densities {
    Categories by_code;
    std::vector<std::string> names;

    float of(float code) const {
        if (std::isnan(code))
            return 0;
        const auto index = static_cast<std::size_t>(std::max(code, 0.0F));
        return static_cast<float>(
            number_of(by_code, static_cast<double>(code), index < names.size() ? names[index] : "").value_or(0));
    }
    Tile of(Tile codes) const {
        for (float& value : codes.values())
            value = of(value);
        return codes;
    }
};

// Every pixel of a cell counts, as in the measure of classes.
SettledAmounts by_classes(const std::string& name, const Sources& sources, const Grid& grid,
                          const Categories& by_code) {
    const rasters::RasterInfo info = sources.raster_info(name);
    const Densities densities{by_code, info.categories};
    const NativeGrid fine = rasters::native_grid(info, grid);
    const bool whole = fine.factor > 1 && sources.spec(name).resample != rasters::Resample::nearest;
    const RasterReader reader = sources.raster(name, whole ? fine.grid : grid, rasters::Values::classes);
    if (!whole)
        return [=](Window window) { return densities.of(reader.read(window)); };
    return [=](Window window) {
        return in_parts(window, fine, [&](Window part) {
            return from_native(densities.of(reader.read(native_window(fine, part))), fine, part);
        });
    };
}

// Sums of pixels, as of counts: a pixel without data adds nothing to a cell.
SettledAmounts by_values(const std::string& name, const Sources& sources, const Grid& grid) {
    return [=, reader = sources.raster(name, grid, rasters::Values::counts)](Window window) {
        Tile values = reader.read(window);
        for (float& value : values.values()) {
            if (value < 0)
                throw Error("layer '{}' has values below 0; where people are settled is told by values of 0 or more "
                            "(`nodata` names what is none)",
                            name);
            value = std::isnan(value) ? 0 : value;
        }
        return values;
    };
}

SettledAmounts by_polygons(const std::string& name, Sources& sources, const Grid& grid) {
    std::vector<rasters::Shape> all, parts;
    const auto set = sources.features(name, "", {}, grid);
    for (const Feature& feature : set->features)
        all.push_back(feature.shape);
    for (rasters::Polygon& polygon : united(all).polygons)
        parts.push_back({{}, {}, {std::move(polygon)}});
    return [=, map = PolygonMap(parts)](Window window) { return map.cover(grid, window); };
}

} // namespace

void check_settled(const Params& params, const Sources& sources, std::string_view parameter) {
    if (!params.has(parameter)) {
        if (params.has(by_class))
            throw Error("{}: of which classes? `{}` names the raster", by_class, parameter);
        return;
    }
    const std::string& name = only_layer(params, parameter);
    if (!sources.is_raster(name))
        need_features(sources, name, parameter, {.polygons = true});
    if (params.has(by_class) && !sources.is_raster(name))
        throw Error("{}: layer '{}' is no raster of classes", by_class, name);
    if (params.has(by_class)) {
        need_classes(sources, name);
        check_densities(params.categories(by_class));
    } else if (of_classes(sources, name))
        throw Error("layer '{}' holds classes; `{}` tells how densely people live in each: {{50: 1, 40: 0.05}}", name,
                    by_class);
}

SettledAmounts settled_amounts(const Params& params, Sources& sources, const Grid& grid, std::string_view parameter) {
    const std::string& name = only_layer(params, parameter);
    if (!sources.is_raster(name))
        return by_polygons(name, sources, grid);
    return params.has(by_class) ? by_classes(name, sources, grid, params.categories(by_class))
                                : by_values(name, sources, grid);
}

} // namespace zonerank::layers
