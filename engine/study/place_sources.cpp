// SPDX-License-Identifier: Apache-2.0
#include "engine/study/place_sources.hpp"

#include "engine/study/territory.hpp"
#include "rasters/core/error.hpp"

namespace zonerank::engine {

using layers::FeatureSet;
using layers::FeatureSource;
using layers::Sources;

/// Where the features of an area, of sites or of known zones are to be read from.
template <typename Spec>
static FeatureSource source_of(const Sources& sources, const Spec& spec) {
    if (!spec.layer.empty() && sources.is_raster(spec.layer))
        throw Error("layer '{}' is a raster; features are expected", spec.layer);
    if (spec.layer.empty())
        return {.paths = spec.paths,
                .layer = spec.source_layer,
                .where = spec.where,
                .crs = spec.crs,
                .override_crs = spec.override_crs};
    FeatureSource source = sources.feature_source(sources.spec(spec.layer));
    source.where = layers::both(source.where, spec.where);
    return source;
}

FeatureSource site_source(const Study& study, const std::vector<std::string>& fields, const Sources& sources) {
    if (!study.sites)
        throw Error("`around: sites` needs a `sites` section");
    const SitesSpec& sites = *study.sites;
    FeatureSource source = source_of(sources, sites);
    for (const std::string& field : {sites.name_field, sites.id_field})
        if (!field.empty())
            source.fields.push_back(field);
    source.fields.insert(source.fields.end(), sites.keep.begin(), sites.keep.end());
    source.fields.insert(source.fields.end(), fields.begin(), fields.end());
    return source;
}

FeatureSource area_source(const Study& study, const std::vector<std::string>& site_fields, const Sources& sources) {
    return study.area.kind == AreaSpec::Kind::around_sites ? site_source(study, site_fields, sources)
                                                           : source_of(sources, study.area);
}

static FeatureSet features_on(const FeatureSource& source, const Sources& sources, const Territory& territory) {
    return layers::read_features(source, territory.crs, layers::densify_tolerance(territory.grid.cell),
                                 sources.access());
}

FeatureSet site_features(const Study& study, const Sources& sources, const Territory& territory) {
    return features_on(source_of(sources, *study.sites), sources, territory);
}

FeatureSet known_features(const KnownSpec& known, const Study& study, const Sources& sources,
                          const Territory& territory) {
    FeatureSource source = known.on_map() ? source_of(sources, known) : source_of(sources, *study.sites);
    if (!known.name_field.empty())
        source.fields.push_back(known.name_field);
    if (!known.on_map())
        source.where = layers::both(source.where, known.where);
    return features_on(source, sources, territory);
}

} // namespace zonerank::engine
