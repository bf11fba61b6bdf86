// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/qgis/map_layer.hpp"

#include <optional>
#include <string>

namespace zonerank::engine {

// Styles of what has none of its own, as they stand within a .qml's root (style_document()).

/// The study area: a dark outline on a light one, without a fill.
std::string outline_style();

/// An input as given: thin, grey, one look for all its features.
std::string plain_style(LayerKind kind);

/// A raster's band in grey, from black to white over what the map shows of it. `nodata`: what
/// stands for no data, if the study says so.
std::string grey_style(int band, const std::optional<double>& nodata);

} // namespace zonerank::engine
