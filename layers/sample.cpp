// SPDX-License-Identifier: Apache-2.0
#include "layers/sample.hpp"

#include "layers/measures.hpp"

namespace zonerank::layers {

static Unit sample_unit(const Params& params, const Sources& sources) {
    const std::string& name = only_layer(params);
    need_raster(sources, name, "sample");
    const bool classes = sources.raster_info(name).values == rasters::Values::classes;
    return classes ? Unit{} : base_of(sources.spec(name).unit);
}

static Layer sample_layer(const Params& params, Sources& sources, const rasters::Grid& grid) {
    const std::string& name = only_layer(params);
    const rasters::RasterReader reader = sources.raster(name, grid);
    const bool categorical = reader.info().values == rasters::Values::classes;
    const double factor = categorical ? 1 : sources.spec(name).unit.factor;
    return {.unit = sample_unit(params, sources),
            .tile = [=](rasters::Window window) { return scaled(reader.read(window), factor); },
            .classes = categorical ? reader.info().categories : std::vector<std::string>{},
            .categorical = categorical};
}

MeasureKind sample_measure() {
    return {.name = "sample",
            .summary = "value of a raster, resampled to the cell as its layer's `values` and `resample` say",
            .parameters = {of_parameter("raster layer; its `unit` is the measurement's")},
            .make = {.unit = sample_unit, .layer = sample_layer, .needs_ground = true}};
}

} // namespace zonerank::layers
