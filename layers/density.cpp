// SPDX-License-Identifier: Apache-2.0
#include "layers/density.hpp"

#include "layers/measures.hpp"
#include "layers/vectors/shared_inputs.hpp"
#include "rasters/density.hpp"

#include <cmath>

namespace zonerank::layers {

using rasters::DensityIndex;
using rasters::Grid;
using rasters::Kernel;
using rasters::Shape;
using rasters::Window;

namespace {

// Points or lines: the layers' declared geometry decides, so that the unit is
// known before anything is read.
bool of_lines(const Params& params, const Sources& sources) {
    Geometries found;
    for (const auto& entry : params.layers("of")) {
        const Geometries kinds = sources.feature_info(entry.second).geometries;
        found = {found.points || kinds.points, found.lines || kinds.lines, found.polygons || kinds.polygons};
    }
    if (found.polygons || (found.points && found.lines))
        throw Error("density is of points or of lines, not of {}", to_text(found));
    return found.lines;
}

Kernel kernel_of(const Params& params) {
    const std::string& name = params.text("kernel");
    return name == "count" ? Kernel::count : name == "uniform" ? Kernel::uniform : Kernel::quartic;
}

// The layer's own unit when points carry a weight, else a plain number.
Unit weight_unit(const Params& params, const Sources& sources) {
    return params.has("weight") ? sources.spec(params.layers("of").front().second).unit : Unit{};
}

Unit per_km2(const Unit& weight) {
    if (weight.dimension == Dimension::number)
        return base_unit(Dimension::point_density);
    if (weight.dimension == Dimension::people)
        return base_unit(Dimension::people_density);
    return unit_called(base_of(weight).name + "/km²");
}

void check_line_parameters(const Params& params) {
    for (const char* name : {"kernel", "weight"})
        if (params.has(name))
            throw Error("{}: lines have none; their density is the length within the radius", name);
}

Unit density_unit(const Params& params, const Sources& sources) {
    const std::vector<std::string> fields(params.has("weight") ? 1 : 0, params.text("weight"));
    check_features(params, sources, "of", "density", {.points = true, .lines = true}, fields);
    if (of_lines(params, sources)) {
        check_line_parameters(params);
        return base_unit(Dimension::line_density);
    }
    const Unit weight = weight_unit(params, sources);
    return kernel_of(params) == Kernel::count ? base_of(weight) : per_km2(weight);
}

double weight_of(const Feature& feature, const std::string& layer, const std::string& field) {
    if (const auto* whole = std::get_if<std::int64_t>(&feature.fields.front()))
        return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&feature.fields.front()); real != nullptr && std::isfinite(*real))
        return *real;
    const bool text = std::holds_alternative<std::string>(feature.fields.front());
    throw Error("layer '{}': {} of feature {} is {}; a weight must be a number (leave it out with where: \"{} is not "
                "null\")",
                layer, field, feature.fid, text ? "text" : "null", field);
}

struct Weighted {
    std::vector<Shape> shapes;
    std::vector<double> weights;
};

void add(Weighted& weighted, const FeatureSet& set, const LayerSpec& layer, const std::string& field) {
    for (const Feature& feature : set.features) {
        weighted.shapes.push_back(feature.shape);
        if (!field.empty())
            weighted.weights.push_back(weight_of(feature, layer.name, field) * layer.unit.factor);
    }
}

DensityIndex index_of(const Params& params, Sources& sources, const Grid& grid) {
    const std::string& field = params.text("weight");
    FeatureSets sets;
    std::string weights = fmt::format("density by {}", field);
    for (const auto& entry : params.layers("of")) {
        const std::vector<std::string> fields(field.empty() ? 0 : 1, field);
        sets.push_back(sources.features(entry.second, params.text("where"), fields, grid));
        weights += fmt::format(" x {}", sources.spec(entry.second).unit.factor);
    }
    return shared_index<DensityIndex>(weights, sets, [&] {
        Weighted weighted;
        for (std::size_t i = 0; i < sets.size(); ++i)
            add(weighted, *sets[i], sources.spec(params.layers("of")[i].second), field);
        return DensityIndex(weighted.shapes, weighted.weights);
    });
}

Layer density_layer(const Params& params, Sources& sources, const Grid& grid) {
    const Unit unit = density_unit(params, sources);
    const DensityIndex index = index_of(params, sources, grid);
    const double radius = params.number("radius");
    if (of_lines(params, sources))
        return {.unit = unit, .tile = [=](Window window) { return index.lines(grid, window, radius); }};
    const Kernel kernel = kernel_of(params);
    return {.unit = unit, .tile = [=](Window window) { return index.points(grid, window, radius, kernel); }};
}

} // namespace

MeasureKind density_measure() {
    return {.name = "density",
            .summary = "points (or their weight) per km², or km of lines per km², within a radius of the cell's centre",
            .parameters = {of_parameter("layer of points or of lines, or a list of layers"),
                           positive_parameter("radius", Dimension::length, "how far a feature counts"),
                           {.name = "kernel",
                            .help = "of points: quartic (falls off with distance; the default), uniform, or count (a "
                                    "plain number)",
                            .type = Type::choice,
                            .optional = true,
                            .choices = "quartic, uniform, count"},
                           {.name = "weight",
                            .help = "field with how much a point counts, in the layer's `unit`; default 1 each",
                            .type = Type::field,
                            .optional = true},
                           where_parameter()},
            .make = {density_unit, density_layer},
            .source = "quartic kernel: Silverman 1986"};
}

} // namespace zonerank::layers
