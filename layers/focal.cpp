// SPDX-License-Identifier: Apache-2.0
#include "layers/focal.hpp"

#include "layers/measures.hpp"
#include "layers/terms/class_list.hpp"
#include "rasters/native.hpp"

#include <cmath>

namespace zonerank::layers {

using rasters::Disc;
using rasters::Focal;
using rasters::Grid;
using rasters::NativeGrid;
using rasters::RasterReader;
using rasters::Tile;
using rasters::Values;
using rasters::Window;

namespace {

bool of_share(const Params& params) {
    return params.text("statistic") == "share";
}

Focal statistic_of(const Params& params) {
    const std::string& name = params.text("statistic");
    return name == "sum"         ? Focal::sum
           : name == "deviation" ? Focal::deviation
           : name == "minimum"   ? Focal::minimum
           : name == "maximum"   ? Focal::maximum
                                 : Focal::mean;
}

Unit share_unit(const Params& params, const Sources& sources) {
    const std::string& name = only_layer(params);
    if (!params.has("classes"))
        throw Error("classes: which classes of layer '{}' is it the share of?", name);
    need_classes(sources, name);
    return base_unit(Dimension::percent);
}

Unit focal_unit(const Params& params, const Sources& sources) {
    const std::string& name = only_layer(params);
    need_raster(sources, name, "focal");
    if (of_share(params))
        return share_unit(params, sources);
    const std::string& statistic = params.text("statistic");
    if (params.has("classes"))
        throw Error("classes: they have a share (statistic: share) and no {}", statistic);
    const Values values = sources.raster_info(name).values;
    if (values == Values::classes)
        throw Error("layer '{}' holds classes: they have a share (statistic: share) and no {}", name, statistic);
    if (values == Values::counts && statistic != "sum")
        throw Error("layer '{}' holds counts, whose {} depends on the cell; take the sum (statistic: sum)", name,
                    statistic);
    if (values != Values::counts && statistic == "sum")
        throw Error("layer '{}' holds no counts to add up; write `values: counts` for it, or take the mean", name);
    return base_of(sources.spec(name).unit);
}

Tile listed(Tile codes, const ClassList& classes) {
    for (float& code : codes.values())
        if (!std::isnan(code))
            code = classes.holds(code) ? 1 : 0;
    return codes;
}

// The part of each cell's pixels with data that has one of the classes.
std::function<Tile(Window)> parts_of(const Params& params, Sources& sources, const Grid& grid) {
    const std::string& name = only_layer(params);
    const rasters::RasterInfo info = sources.raster_info(name);
    const ClassList classes(params.classes("classes"), info.categories, "classes");
    const NativeGrid fine = rasters::native_grid(info, grid);
    if (fine.factor <= 1 || sources.spec(name).resample == rasters::Resample::nearest)
        return [=, reader = sources.raster(name, grid, Values::classes)](Window window) {
            return listed(reader.read(window), classes);
        };
    return [=, reader = sources.raster(name, fine.grid, Values::classes)](Window window) {
        return rasters::in_parts(window, fine, [&](Window part) {
            return from_native(listed(reader.read(native_window(fine, part)), classes), fine, part);
        });
    };
}

Layer share_layer(const Params& params, Sources& sources, const Grid& grid) {
    // Half a cell holds a share of the pixels in it; numbers have neighbours from a cell on.
    const Disc disc = disc_of("radius", params.number("radius"), grid, 0.5);
    return {.unit = base_unit(Dimension::percent),
            .tile = [disc, parts = parts_of(params, sources, grid)](Window window) {
                return scaled(focal(parts(window.grown(disc.reach())), window, disc, Focal::mean), 100);
            }};
}

Layer focal_layer(const Params& params, Sources& sources, const Grid& grid) {
    if (of_share(params))
        return share_layer(params, sources, grid);
    const std::string& name = only_layer(params);
    const Unit& unit = sources.spec(name).unit;
    const Disc disc = disc_of("radius", params.number("radius"), grid);
    const RasterReader reader = sources.raster(name, grid);
    return {.unit = base_of(unit), .tile = [=, statistic = statistic_of(params), factor = unit.factor](Window window) {
                return scaled(focal(reader.read(window.grown(disc.reach())), window, disc, statistic), factor);
            }};
}

} // namespace

Disc disc_of(std::string_view parameter, double radius, const Grid& grid, double least) {
    constexpr double most = 1000;
    const double cells = radius / grid.cell;
    if (cells > most)
        throw Error("{}: {:g} m are {:.0f} cells of the grid, and no more than {:g} can be looked through: take a "
                    "larger cell",
                    parameter, radius, cells, most);
    if (cells < least * (1 - 1e-9))
        throw Error("{}: within {:g} m of a cell's centre there is no cell but itself, {:g} m wide: take {:g} m or "
                    "more",
                    parameter, radius, grid.cell, least * grid.cell);
    return Disc(cells);
}

MeasureKind focal_measure() {
    return {.name = "focal",
            .summary = "statistic of a raster's cells within a radius of the cell's centre, on the grid of the study; "
                       "those without data are left out",
            .parameters = {of_parameter("raster layer"),
                           positive_parameter(
                               "radius", Dimension::length,
                               "how far from the cell's centre those of other cells may be; from 1 to 1000 cells"),
                           {.name = "statistic",
                            .help = "mean, deviation (standard), minimum or maximum; sum, of counts; or share, percent "
                                    "of the cells that have one of `classes`",
                            .type = Type::choice,
                            .fallback = "mean",
                            .choices = "mean, sum, deviation, minimum, maximum, share"},
                           {.name = "classes",
                            .help = "of a share: classes, ranges or names, such as [40, 50..59]",
                            .type = Type::classes,
                            .optional = true}},
            .make = {.unit = focal_unit, .layer = focal_layer, .needs_ground = true},
            .need = Need::halo};
}

} // namespace zonerank::layers
