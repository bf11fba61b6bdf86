// SPDX-License-Identifier: Apache-2.0
#include "layers/terrain.hpp"

#include "layers/measures.hpp"
#include "rasters/core/direction.hpp"
#include "rasters/native.hpp"
#include "rasters/terrain.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace zonerank::layers {

using rasters::Grid;
using rasters::NativeGrid;
using rasters::RasterReader;
using rasters::Resample;
using rasters::Tile;
using rasters::Window;

namespace {

// Elevations in metres on the grid on which a measure looks at them, with a rim
// of one cell around any window asked for.
class Elevation {
public:
    Elevation(const std::string& layer, const Sources& sources, const Grid& grid, Resample resample)
        : m_reader(sources.raster(layer, grid, {}, resample)), m_to_metres(sources.spec(layer).unit.factor) {}

    const Grid& grid() const { return m_reader.grid(); }
    Tile around(Window window) const { return scaled(m_reader.read(window.grown(1)), m_to_metres); }

private:
    RasterReader m_reader;
    double m_to_metres;
};

// From elevations of a window and its rim to the measurement in the window.
using Kernel = std::function<Tile(const Tile& elevation, const Grid& grid, Window window)>;
// From native measurements to the cells of the window.
using ToGrid = std::function<Tile(Tile native, const NativeGrid& fine, Window window)>;

Unit elevation_unit(const Params& params, const Sources& sources, std::string_view measure, Dimension result) {
    const std::string& name = only_layer(params);
    need_raster(sources, name, measure);
    const Unit& unit = sources.spec(name).unit;
    if (unit.dimension != Dimension::length && unit.dimension != Dimension::number)
        throw Error("layer '{}' is in {}; {} needs elevations (unit: m)", name, unit.name, measure);
    if (sources.raster_info(name).values == rasters::Values::classes)
        throw Error("layer '{}' holds classes; {} needs elevations", name, measure);
    return base_unit(result);
}

Layer terrain_layer(const Params& params, Sources& sources, const Grid& grid, Dimension unit, Kernel kernel,
                    ToGrid to_grid = rasters::from_native) {
    const std::string& name = only_layer(params);
    if (params.text("at") == "grid") {
        const Elevation elevation(name, sources, grid, Resample::automatic);
        return {.unit = base_unit(unit),
                .tile = [=](Window window) { return kernel(elevation.around(window), elevation.grid(), window); }};
    }
    const NativeGrid fine = rasters::native_grid(sources.raster_info(name), grid);
    // Bilinear between cells of about the same size would flatten what is measured by 2 to 5 %.
    const Elevation elevation(name, sources, fine.grid, Resample::cubic);
    return {.unit = base_unit(unit), .tile = [=](Window window) {
                return rasters::in_parts(window, fine, [&](Window part) {
                    const Window native = rasters::native_window(fine, part);
                    return to_grid(kernel(elevation.around(native), fine.grid, native), fine, part);
                });
            }};
}

// The mean direction of cells that have one, as the sum of unit vectors; flat
// where most of the ground is flat, or where the directions cancel.
Tile mean_direction(Tile native, const NativeGrid& fine, Window window) {
    if (fine.factor == 1)
        return native;
    Tile sine = Tile::unset(native.window()), cosine = Tile::unset(native.window()),
         flat = Tile::unset(native.window());
    for (std::size_t i = 0; i < native.values().size(); ++i) {
        const float degrees = native.values()[i];
        const double radians = degrees * std::numbers::pi / 180;
        const bool level = degrees < 0;
        sine.values()[i] = level ? 0 : static_cast<float>(std::sin(radians));
        cosine.values()[i] = level ? 0 : static_cast<float>(std::cos(radians));
        flat.values()[i] = std::isnan(degrees) ? degrees : level ? 1 : 0;
    }
    const Tile x = from_native(std::move(sine), fine, window), y = from_native(std::move(cosine), fine, window);
    Tile result = from_native(std::move(flat), fine, window);
    for (std::size_t i = 0; i < result.values().size(); ++i) {
        float& value = result.values()[i];
        constexpr double nowhere = 1e-6;
        if (std::isnan(value))
            continue;
        const double s = x.values()[i], c = y.values()[i];
        const auto turned = static_cast<float>(rasters::direction(s, c));
        value = value > 0.5F || std::hypot(s, c) < nowhere ? -1 : turned < 360 ? turned : 0;
    }
    return result;
}

Parameter at_parameter() {
    return {.name = "at",
            .help = "where it is measured: native (the raster's own resolution, then averaged or interpolated) or grid",
            .type = Type::choice,
            .fallback = "native",
            .choices = "native, grid"};
}

Unit slope_unit(const Params& params, const Sources& sources) {
    return elevation_unit(params, sources, "slope", Dimension::slope);
}

Unit aspect_unit(const Params& params, const Sources& sources) {
    return elevation_unit(params, sources, "aspect", Dimension::angle);
}

Unit ruggedness_unit(const Params& params, const Sources& sources) {
    return elevation_unit(params, sources, "ruggedness", Dimension::length);
}

Layer slope_layer(const Params& params, Sources& sources, const Grid& grid) {
    return terrain_layer(params, sources, grid, Dimension::slope, rasters::slope);
}

Layer aspect_layer(const Params& params, Sources& sources, const Grid& grid) {
    const double flat = params.number("flat");
    const Kernel kernel = [flat](const Tile& elevation, const Grid& at, Window window) {
        return rasters::aspect(elevation, at, window, flat);
    };
    Layer layer = terrain_layer(params, sources, grid, Dimension::angle, kernel, mean_direction);
    layer.circular = true;
    return layer;
}

Layer ruggedness_layer(const Params& params, Sources& sources, const Grid& grid) {
    return terrain_layer(params, sources, grid, Dimension::length, rasters::ruggedness);
}

} // namespace

MeasureKind slope_measure() {
    return {.name = "slope",
            .summary = "steepness of the ground, rise over run",
            .parameters = {of_parameter("raster layer of elevations"), at_parameter()},
            .make = {.unit = slope_unit, .layer = slope_layer, .needs_ground = true},
            .source = "Horn 1981",
            .need = Need::halo};
}

MeasureKind aspect_measure() {
    return {.name = "aspect",
            .summary = "direction that the ground faces, clockwise from north; -1 where it is flat",
            .parameters = {of_parameter("raster layer of elevations"),
                           {.name = "flat",
                            .help = "slope below which the ground faces nowhere",
                            .type = Type::quantity,
                            .dimension = Dimension::slope,
                            .fallback = "0.5°"},
                           at_parameter()},
            .make = {.unit = aspect_unit, .layer = aspect_layer, .needs_ground = true},
            .source = "Horn 1981",
            .need = Need::halo};
}

MeasureKind ruggedness_measure() {
    return {.name = "ruggedness",
            .summary = "terrain ruggedness index: root of the summed squared differences to the eight neighbours",
            .parameters = {of_parameter("raster layer of elevations"), at_parameter()},
            .make = {.unit = ruggedness_unit, .layer = ruggedness_layer, .needs_ground = true},
            .source = "Riley, DeGloria and Elliot 1999",
            .need = Need::halo};
}

} // namespace zonerank::layers
