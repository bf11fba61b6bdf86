// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/subset.hpp"

#include "layers/vectors/ogr.hpp"
#include "layers/vectors/where.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <ogrsf_frmts.h>

#include <cstdint>

namespace zonerank::layers {

namespace {

std::int64_t passing(const VectorLayer& layer, const FeatureSource& source) {
    const Where where(source.where, layer.definition(), layer.fields());
    std::int64_t count = 0;
    layer.each([&](OGRFeature& feature) { count += where.passes(feature); });
    return count;
}

/// -1: the driver doesn't understand the condition.
std::int64_t taken_by_driver(const VectorLayer& layer, const FeatureSource& source) {
    const rasters::GdalComplaints complaints;
    if (layer.ogr().SetAttributeFilter(source.where.c_str()) != OGRERR_NONE)
        return -1;
    std::int64_t count = 0;
    layer.ogr().ResetReading();
    while (const OGRFeatureUniquePtr feature{layer.ogr().GetNextFeature()})
        ++count;
    return complaints.count() ? -1 : count;
}

} // namespace

bool driver_agrees(const FeatureSource& source, const rasters::Access& access) {
    if (rasters::names_database(source.paths.front())) // whose driver would paste the condition into its SQL
        return source.where.empty();
    const VectorLayer layer(source.paths.front(), source.layer, access);
    if (source.where.empty() || layer.interleaved())
        return true;
    const std::int64_t ours = in_context(short_name(source.paths.front()), [&] { return passing(layer, source); });
    return ours == taken_by_driver(layer, source);
}

} // namespace zonerank::layers
