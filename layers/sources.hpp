// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/features.hpp"
#include "layers/node.hpp"
#include "layers/unit.hpp"
#include "rasters/reader.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace zonerank::layers {

/// What a study says of one of its layers.
struct LayerSpec {
    std::string name;
    Mark mark;
    std::vector<std::string> paths; ///< absolute, globs expanded
    std::string layer, where;
    int band = 1;
    std::optional<rasters::Crs> crs;
    bool override_crs = false;
    std::optional<double> nodata;
    Unit unit; ///< of a raster's values or a layer's fields
    std::optional<rasters::Values> values;
    rasters::Resample resample = rasters::Resample::automatic;
};

/// A study's layers, opened on demand and read once each. Thread-safe.
class Sources {
public:
    Sources(std::vector<LayerSpec> specs, rasters::Access access);

    const LayerSpec& spec(const std::string& name) const; ///< throws Error with the nearest name
    const std::vector<LayerSpec>& specs() const { return m_specs; }
    const rasters::Access& access() const { return m_access; }
    bool is_raster(const std::string& name) const; ///< the file has bands and no `layer` was named

    FeatureInfo feature_info(const std::string& name) const;
    rasters::RasterInfo raster_info(const std::string& name) const;

    /// Features of a layer in the grid's CRS, passing the layer's `where` and this
    /// one, with the named fields. Cached by (name, where, fields, CRS). Throws
    /// Error when none is left: "layer 'roads' has no features where ...".
    std::shared_ptr<const FeatureSet> features(const std::string& name, const std::string& where,
                                               std::vector<std::string> fields, const rasters::Grid& grid);

    /// The layer's raster on a grid.
    rasters::RasterReader raster(const std::string& name, const rasters::Grid& grid) const;

    /// Where the layer's features come from, for reading them otherwise than features() does.
    FeatureSource feature_source(const LayerSpec& spec) const;

    /// Repairs per layer name, of what was read so far (the widest reading).
    std::map<std::string, Repairs> repairs() const;

private:
    rasters::RasterSource raster_source(const LayerSpec& spec) const;

    std::vector<LayerSpec> m_specs;
    rasters::Access m_access;
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<const FeatureSet>> m_features;
    std::map<std::string, Repairs> m_repairs;
};

} // namespace zonerank::layers
