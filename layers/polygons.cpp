// SPDX-License-Identifier: Apache-2.0
#include "layers/polygons.hpp"

#include "layers/measures.hpp"
#include "layers/vectors/geos.hpp"
#include "layers/vectors/polygon_map.hpp"
#include "layers/vectors/shared_inputs.hpp"

namespace zonerank::layers {

using rasters::Grid;
using rasters::Shape;
using rasters::Tile;
using rasters::Window;

namespace {

std::vector<Shape> shapes_of(const FeatureSet& set) {
    std::vector<Shape> shapes;
    for (const Feature& feature : set.features)
        shapes.push_back(feature.shape);
    return shapes;
}

constexpr Geometries only_polygons{.polygons = true};

Unit attribute_unit(const Params& params, const Sources& sources) {
    const std::string& name = only_layer(params);
    check_features(params, sources, "of", "attribute", only_polygons, {params.text("field")});
    return base_of(sources.spec(name).unit);
}

float number_of(const Feature& feature, const std::string& layer, const std::string& field) {
    const Field& value = feature.fields.front();
    if (const auto* text = std::get_if<std::string>(&value))
        throw Error("layer '{}': {} is text ('{}'); attribute needs numbers, category takes texts", layer, field,
                    *text);
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return static_cast<float>(*whole);
    const auto* real = std::get_if<double>(&value);
    return real == nullptr ? rasters::no_data : static_cast<float>(*real);
}

Layer attribute_layer(const Params& params, Sources& sources, const Grid& grid) {
    const std::string& name = only_layer(params);
    const std::string& field = params.text("field");
    const auto set = sources.features(name, params.text("where"), {field}, grid);
    std::vector<float> values;
    for (const Feature& feature : set->features)
        values.push_back(number_of(feature, name, field));
    const auto map = shared_index<PolygonMap>("polygons", {set}, [&] { return PolygonMap(shapes_of(*set)); });
    const Unit& unit = sources.spec(name).unit;
    return {.unit = base_of(unit),
            .tile = [=](Window window) { return scaled(map.at_centres(grid, window, values), unit.factor); }};
}

Unit cover_unit(const Params& params, const Sources& sources) {
    check_features(params, sources, "of", "cover", only_polygons);
    return base_unit(Dimension::percent);
}

// One shape per polygon of the union, so that a window looks only at those near it.
std::vector<Shape> union_of(const FeatureSets& sets) {
    std::vector<Shape> all;
    for (const auto& set : sets)
        for (const Feature& feature : set->features)
            all.push_back(feature.shape);
    std::vector<Shape> parts;
    for (rasters::Polygon& polygon : united(all).polygons)
        parts.push_back({{}, {}, {std::move(polygon)}});
    return parts;
}

Layer cover_layer(const Params& params, Sources& sources, const Grid& grid) {
    const FeatureSets sets = features_of(params, "of", sources, grid);
    const auto map = shared_index<PolygonMap>("union", sets, [&] { return PolygonMap(union_of(sets)); });
    return {.unit = base_unit(Dimension::percent),
            .tile = [=](Window window) { return scaled(map.cover(grid, window), 100); }};
}

} // namespace

MeasureKind attribute_measure() {
    return {.name = "attribute",
            .summary =
                "a number of the polygon that holds the cell's centre; of the last in the file where they overlap",
            .parameters = {of_parameter("polygon layer; its `unit` is the measurement's"),
                           {.name = "field", .help = "field with the number; null is no data", .type = Type::field},
                           where_parameter()},
            .make = {.unit = attribute_unit, .layer = attribute_layer, .of_points = true, .needs_ground = true}};
}

MeasureKind cover_measure() {
    return {.name = "cover",
            .summary = "share of the cell that polygons cover, exactly; ground under several counts once",
            .parameters = {of_parameter("polygon layer, or a list of layers"), where_parameter()},
            .make = {cover_unit, cover_layer}};
}

} // namespace zonerank::layers
