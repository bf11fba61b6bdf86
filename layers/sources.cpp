// SPDX-License-Identifier: Apache-2.0
#include "layers/sources.hpp"

#include "layers/problems.hpp"
#include "rasters/error.hpp"

#include <algorithm>
#include <utility>

namespace zonerank::layers {

Sources::Sources(std::vector<LayerSpec> specs, rasters::Access access)
    : m_specs(std::move(specs)), m_access(std::move(access)) {}

template <typename T, typename Make>
T Sources::cached(Cache<T>& cache, const std::string& key, const std::string& name, Make&& make) const {
    std::unique_lock lock(m_mutex);
    auto& place = cache[key];
    if (place == nullptr)
        place = std::make_shared<Slot<T>>();
    const std::shared_ptr<Slot<T>> slot = place;
    lock.unlock();
    const std::lock_guard filling(slot->mutex);
    if (!slot->value)
        slot->value = in_context(fmt::format("layer '{}'", name), make);
    return *slot->value;
}

const LayerSpec& Sources::spec(const std::string& name) const {
    std::vector<std::string> known;
    for (const LayerSpec& spec : m_specs) {
        if (spec.name == name)
            return spec;
        known.push_back(spec.name);
    }
    throw Error("{}", unknown("layer", name, known));
}

bool Sources::is_raster(const std::string& name) const {
    const LayerSpec& spec = this->spec(name);
    return cached(m_is_raster, name, name, [&] {
        return spec.layer.empty() && !spec.paths.empty() && has_raster(spec.paths.front(), m_access);
    });
}

FeatureInfo Sources::feature_info(const std::string& name) const {
    const LayerSpec& spec = this->spec(name);
    return cached(m_feature_infos, name, name, [&] { return inspect(feature_source(spec), m_access); });
}

rasters::RasterInfo Sources::raster_info(const std::string& name) const {
    const LayerSpec& spec = this->spec(name);
    return cached(m_raster_infos, name, name, [&] { return inspect(raster_source(spec), m_access); });
}

void Sources::check_fields(const std::string& name, const std::string& where,
                           const std::vector<std::string>& fields) const {
    FeatureSource source = feature_source(spec(name));
    source.where = where; // the layer's own is checked by feature_info()
    source.fields = fields;
    in_context(fmt::format("layer '{}'", name), [&] { check(source, m_access); });
}

std::shared_ptr<const FeatureSet> Sources::features(const std::string& name, const std::string& where,
                                                    const std::vector<std::string>& fields, const rasters::Grid& grid) {
    const LayerSpec& spec = this->spec(name);
    FeatureSource source = feature_source(spec);
    source.where = both(spec.where, where);
    source.fields = fields;
    const double tolerance = std::max(0.01, grid.cell / 1000);
    const std::string key =
        fmt::format("{}\n{}\n{}\n{}\n{}", name, where, fmt::join(fields, "\n"), grid.crs, tolerance);
    return cached(m_features, key, name, [&] { return read(spec, source, grid, tolerance); });
}

std::shared_ptr<const FeatureSet> Sources::read(const LayerSpec& spec, const FeatureSource& source,
                                                const rasters::Grid& grid, double tolerance) {
    auto set =
        std::make_shared<const FeatureSet>(read_features(source, rasters::parse_crs(grid.crs), tolerance, m_access));
    if (set->repairs.read == 0 && !source.where.empty())
        throw Error("no features where {}", source.where);
    if (set->features.empty())
        throw Error("no features{}", set->repairs.read > 0 ? " with a geometry" : "");
    const std::lock_guard lock(m_mutex);
    Repairs& widest = m_repairs[spec.name];
    if (set->repairs.read > widest.read)
        widest = set->repairs;
    return set;
}

void Sources::release_features() {
    const std::lock_guard lock(m_mutex);
    m_features.clear();
}

rasters::RasterReader Sources::raster(const std::string& name, const rasters::Grid& grid,
                                      std::optional<rasters::Values> as, rasters::Resample resample) const {
    rasters::RasterSource source = raster_source(spec(name));
    if (as)
        source.values = as;
    if (source.resample == rasters::Resample::automatic)
        source.resample = resample;
    return in_context(fmt::format("layer '{}'", name), [&] { return rasters::RasterReader(source, grid, m_access); });
}

std::map<std::string, Repairs> Sources::repairs() const {
    const std::lock_guard lock(m_mutex);
    return m_repairs;
}

FeatureSource Sources::feature_source(const LayerSpec& spec) const {
    return {.paths = spec.paths,
            .layer = spec.layer,
            .where = spec.where,
            .crs = spec.crs,
            .override_crs = spec.override_crs};
}

rasters::RasterSource Sources::raster_source(const LayerSpec& spec) const {
    return {.paths = spec.paths,
            .band = spec.band,
            .nodata = spec.nodata,
            .crs = spec.crs,
            .override_crs = spec.override_crs,
            .values = spec.values,
            .resample = spec.resample};
}

std::string both(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty())
        return a.empty() ? b : a;
    return fmt::format("({}) AND ({})", a, b);
}

} // namespace zonerank::layers
