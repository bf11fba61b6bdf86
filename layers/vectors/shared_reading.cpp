// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/shared_reading.hpp"

#include <fmt/format.h>

#include <utility>

namespace zonerank::layers {

std::string name_of_target(const rasters::Grid& grid) {
    return fmt::format("{}\n{}", grid.crs, densify_tolerance(grid.cell));
}

FeatureInfo shared_inspect(const FeatureSource& source, const rasters::Access& access) {
    return *shared_as<FeatureInfo>("what features are there", name_of_source(source, access),
                                   [&] { return inspect(source, access); });
}

rasters::RasterInfo shared_inspect(const rasters::RasterSource& source, const rasters::Access& access) {
    const auto or_none = [](const auto& given) { return given ? fmt::format("{}", *given) : ""; };
    const std::string name = fmt::format(
        "{}\n{}\n{}\n{}",
        name_of_source({.paths = source.paths, .crs = source.crs, .override_crs = source.override_crs}, access),
        source.band, or_none(source.nodata), source.values ? static_cast<int>(*source.values) : -1);
    return *shared_as<rasters::RasterInfo>("what raster is there", name,
                                           [&] { return rasters::inspect(source, access); });
}

bool shared_has_raster(const std::string& path, const rasters::Access& access) {
    return *shared_as<bool>("is it a raster", name_of_source({.paths = {path}}, access),
                            [&] { return has_raster(path, access); });
}

void shared_check(const FeatureSource& source, const rasters::Access& access) {
    shared_as<bool>("do these fields fit", name_of_source(source, access), [&] {
        check(source, access);
        return true;
    });
}

std::shared_ptr<const FeatureSet> shared_features(const FeatureSource& source, const rasters::Grid& grid,
                                                  const rasters::Access& access) {
    return shared_as<FeatureSet>("features", name_of_target(grid) + "\n" + name_of_source(source, access), [&] {
        return read_features(source, rasters::parse_crs(grid.crs), densify_tolerance(grid.cell), access);
    });
}

std::shared_ptr<const FeatureSets> shared_features(const std::vector<FeatureSource>& sources, const rasters::Grid& grid,
                                                   const rasters::Access& access) {
    std::string name = name_of_target(grid);
    for (const FeatureSource& source : sources)
        name += "\n" + name_of_source(source, access);
    return shared_as<FeatureSets>("features of one pass", name, [&] {
        FeatureSets sets;
        for (FeatureSet& set :
             read_features(sources, rasters::parse_crs(grid.crs), densify_tolerance(grid.cell), access))
            sets.push_back(std::make_shared<const FeatureSet>(std::move(set)));
        return sets;
    });
}

} // namespace zonerank::layers
