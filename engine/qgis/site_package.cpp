// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/site_package.hpp"

#include "engine/outputs/site_columns.hpp"
#include "engine/outputs/styles.hpp"
#include "engine/qgis/plain_styles.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/utf8.hpp"
#include "layers/vectors/geo_package.hpp"

#include <array>

namespace zonerank::engine {

using layers::Feature;
using layers::Field;
using layers::PackageLayer;

namespace {

Field readable(Field field) {
    if (auto* text = std::get_if<std::string>(&field))
        *text = valid_utf8(*text);
    return field;
}

Feature feature_of(const SiteRow& row, const std::vector<SiteColumn>& columns) {
    Feature feature;
    feature.shape.polygons = row.shape.polygons;
    for (const SiteColumn& column : columns)
        feature.fields.push_back(readable(column.of(row)));
    return feature;
}

PackageLayer sites_layer(const Ranking& ranking, const std::vector<SiteColumn>& columns) {
    PackageLayer layer{.name = "sites",
                       .description = "the ranked sites",
                       .rows = ranking.rows.size(),
                       .feature = [&](std::size_t row) { return feature_of(ranking.rows[row], columns); },
                       .style = sites_style(ranking)};
    for (const SiteColumn& column : columns)
        layer.fields.push_back(valid_utf8(column.name));
    return layer;
}

PackageLayer area_layer(const std::string& study, const Territory& territory) {
    return {.name = "area",
            .description = "the ground that is scored",
            .fields = {"name", "area_km2"},
            .rows = 1,
            .feature =
                [&](std::size_t) {
                    Feature feature;
                    feature.shape.polygons = territory.area.polygons;
                    const double km2 = rasters::ellipsoidal_area(territory.area, territory.crs) / 1e6;
                    feature.fields = {Field{valid_utf8(study)}, Field{to_decimals(km2, 3)}};
                    return feature;
                },
            .style = style_document(outline_style())};
}

} // namespace

void write_site_package(const Ranking& ranking, const Territory& territory, const std::filesystem::path& path) {
    const std::vector<SiteColumn> columns = site_columns(ranking);
    const std::array layers{sites_layer(ranking, columns), area_layer(ranking.study, territory)};
    layers::write_geo_package(path, territory.crs, layers);
}

} // namespace zonerank::engine
