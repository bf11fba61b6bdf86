// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"
#include "layers/vectors/shared_inputs.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

// What the rows of the table of measures share.

Parameter of_parameter(std::string_view help);
Parameter to_parameter(); ///< what is travelled to
Parameter where_parameter();
Parameter limit_parameter(Dimension dimension, std::string_view help = "what is farther counts as this far");
/// A quantity above 0, which has to be given.
Parameter positive_parameter(std::string_view name, Dimension dimension, std::string_view help);

/// The one layer that a parameter names. Throws Error when there are several.
const std::string& only_layer(const Params& params, std::string_view parameter = "of");

/// Throws Error unless the layer can serve a measure: "layer 'terrain' is a
/// raster; distance needs points, lines or polygons". `accepted`: the kinds of
/// geometry it may hold; a layer that holds others as well is refused, and told
/// how to pick them.
void need_features(const Sources& sources, const std::string& layer, std::string_view measure,
                   const Geometries& accepted);
void need_raster(const Sources& sources, const std::string& layer, std::string_view measure);

/// Throws Error unless a raster's values are classes, as the study or the file itself
/// says: a colour table, or names of categories. `otherwise`: what can be done instead.
void need_classes(const Sources& sources, const std::string& layer, std::string_view otherwise = "");

/// need_features() for all layers of a parameter, and their `where` and fields.
void check_features(const Params& params, const Sources& sources, std::string_view layers, std::string_view measure,
                    const Geometries& accepted, const std::vector<std::string>& fields = {});

/// The features of each layer of a parameter, in order, that pass the parameters' `where`.
FeatureSets features_of(const Params& params, std::string_view layers, Sources& sources, const rasters::Grid& grid);

/// "points, lines or polygons"
std::string to_text(const Geometries& kinds, std::string_view conjunction = "or");

/// What measurements in a unit are computed in: the base of its dimension, or
/// the unit itself when it is the user's own.
Unit base_of(const Unit& unit);

/// The tile with each value multiplied, as from feet to metres.
rasters::Tile scaled(rasters::Tile tile, double factor);

} // namespace zonerank::layers
