// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/commands/json_output.hpp"

namespace zonerank::engine {

/// What `check` says of a prepared study without errors, as data: area (km2), crs, grid (cells,
/// metres), memory (bytes), layers, themes, criteria as expanded, constraints, sites;
/// and how every such object begins.
Json check_json(const Prepared& prepared, const StudyOptions& options);

/// A tree as JSON: texts stay texts, a quantity such as "20 km", too.
Json node_json(const layers::Node& node);

} // namespace zonerank::engine
