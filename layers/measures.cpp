// SPDX-License-Identifier: Apache-2.0
#include "layers/measures.hpp"

#include "layers/accessibility.hpp"
#include "layers/category.hpp"
#include "layers/density.hpp"
#include "layers/distance.hpp"
#include "layers/focal.hpp"
#include "layers/hot_spots.hpp"
#include "layers/network_time.hpp"
#include "layers/polygons.hpp"
#include "layers/sample.hpp"
#include "layers/terrain.hpp"
#include "layers/travel_time.hpp"

namespace zonerank::layers {

std::span<const MeasureKind> measures() {
    static const MeasureKind kinds[] = {distance_measure(),  sample_measure(),         slope_measure(),
                                        aspect_measure(),    ruggedness_measure(),     attribute_measure(),
                                        cover_measure(),     density_measure(),        category_measure(),
                                        focal_measure(),     travel_time_measure(),    people_within_measure(),
                                        gravity_measure(),   two_step_measure(),       network_time_measure(),
                                        hot_spots_measure(), hot_spot_class_measure(), nearest_by_time_measure()};
    return kinds;
}

Parameter of_parameter(std::string_view help) {
    return {.name = "of", .help = help, .type = Type::layers};
}

Parameter to_parameter() {
    return {.name = "to",
            .help = "layer of points, lines or polygons, or a list of layers (the nearest of all)",
            .type = Type::layers};
}

Parameter positive_parameter(std::string_view name, Dimension dimension, std::string_view help) {
    return {.name = name, .help = help, .type = Type::quantity, .dimension = dimension, .positive = true};
}

Parameter limit_parameter(Dimension dimension, std::string_view help) {
    Parameter parameter = positive_parameter("limit", dimension, help);
    parameter.optional = true;
    return parameter;
}

Parameter where_parameter() {
    return {.name = "where",
            .help = "condition on the features, quoted: \"class in ('motorway', 'trunk')\"",
            .type = Type::where,
            .optional = true};
}

const std::string& only_layer(const Params& params, std::string_view parameter) {
    const LayerNames& names = params.layers(parameter);
    if (names.size() != 1)
        throw Error("'{}' takes one layer here, found {}", parameter, names.size());
    return names.front().second;
}

std::string to_text(const Geometries& kinds, std::string_view conjunction) {
    std::vector<std::string_view> words;
    if (kinds.points)
        words.push_back("points");
    if (kinds.lines)
        words.push_back("lines");
    if (kinds.polygons)
        words.push_back("polygons");
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += i == 0 ? std::string(words[i])
                       : fmt::format("{}{}", i + 1 < words.size() ? ", " : fmt::format(" {} ", conjunction), words[i]);
    return text;
}

void need_features(const Sources& sources, const std::string& layer, std::string_view measure,
                   const Geometries& accepted) {
    if (sources.is_raster(layer))
        throw Error("layer '{}' is a raster; {} needs {}", layer, measure, to_text(accepted));
    const FeatureInfo info = sources.feature_info(layer);
    if (info.count == 0)
        throw Error("layer '{}' is empty", layer);
    const Geometries& has = info.geometries;
    // A collection may hold anything: that shows when it is read.
    const bool declared = !(has.points && has.lines && has.polygons);
    const bool fits =
        (!has.points || accepted.points) && (!has.lines || accepted.lines) && (!has.polygons || accepted.polygons);
    if (!declared || fits)
        return;
    const bool some =
        (has.points && accepted.points) || (has.lines && accepted.lines) || (has.polygons && accepted.polygons);
    throw Error("layer '{}' holds {}; {} needs {}{}", layer, to_text(has, "and"), measure, to_text(accepted),
                some ? " (give the layer a where: \"OGR_GEOMETRY like '%POLYGON'\" or the like)" : "");
}

void need_raster(const Sources& sources, const std::string& layer, std::string_view measure) {
    if (sources.is_raster(layer))
        return;
    const FeatureInfo info = sources.feature_info(layer); // a missing file is told as such
    throw Error("layer '{}' holds {}; {} needs a raster", layer, to_text(info.geometries), measure);
}

void need_classes(const Sources& sources, const std::string& layer, std::string_view otherwise) {
    if (sources.raster_info(layer).values == rasters::Values::classes)
        return;
    throw Error("layer '{}' {}; write `values: classes` for it{}", layer,
                sources.spec(layer).values ? "holds no classes" : "doesn't say that its numbers are classes",
                otherwise);
}

void check_features(const Params& params, const Sources& sources, std::string_view layers, std::string_view measure,
                    const Geometries& accepted, const std::vector<std::string>& fields) {
    for (const auto& entry : params.layers(layers)) {
        need_features(sources, entry.second, measure, accepted);
        if (!fields.empty() || params.has("where"))
            sources.check_fields(entry.second, params.text("where"), fields);
    }
}

FeatureSets features_of(const Params& params, std::string_view layers, Sources& sources, const rasters::Grid& grid) {
    FeatureSets sets;
    for (const auto& entry : params.layers(layers))
        sets.push_back(sources.features(entry.second, params.text("where"), {}, grid));
    return sets;
}

Unit base_of(const Unit& unit) {
    const bool convertible = unit.dimension != Dimension::number && unit.dimension != Dimension::other;
    return convertible ? base_unit(unit.dimension) : unit;
}

rasters::Tile scaled(rasters::Tile tile, double factor) {
    if (factor != 1)
        for (float& value : tile.values())
            value = static_cast<float>(value * factor);
    return tile;
}

} // namespace zonerank::layers
