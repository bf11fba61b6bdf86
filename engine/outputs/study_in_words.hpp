// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"

#include <string>

namespace zonerank::engine {

/// A prepared study in tables: area, grid, memory, layers with their
/// extents, criteria as expanded, constraints, sites. What `zonerank check` prints
/// below its words on a terminal `width` columns wide.
std::string study_in_words(const Prepared& prepared, unsigned threads, int tile_side, int width);

/// A choice as a study writes it: "linear {worst: 20 km, best: 0 km}".
std::string choice_text(const layers::Choice& choice);

/// A tree in YAML's flow style, on one line.
std::string flow_text(const layers::Node& node);

} // namespace zonerank::engine
