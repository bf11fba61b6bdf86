// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/reading.hpp"
#include "engine/study/study.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

// The sections of a study. Each reports what is wrong to `problems`, with its
// place, and returns what could be read.

std::vector<layers::LayerSpec> read_layers(const layers::Node& node, layers::Problems& problems);
/// The same; what is wrong with a layer that is not `wanted` is not told.
std::vector<layers::LayerSpec> read_wanted_layers(const layers::Node& node, layers::Problems& problems,
                                                  const std::function<bool(const std::string&)>& wanted);
AreaSpec read_area(const layers::Node& node, layers::Problems& problems);
GridSpec read_grid(const layers::Node& node, layers::Problems& problems);
/// Where known zones are to be read from.
void read_known_source(const Section& section, KnownSpec& known);
SitesSpec read_sites(const layers::Node& node, layers::Problems& problems);

/// Themes and their weights, into `study`; its `expanded` tree is there already.
void read_criteria(const layers::Node& node, Study& study, layers::Problems& problems);

std::vector<std::string> keys_of(std::string_view where); ///< names of study_keys() at one place

/// Whether a criterion's, theme's, constraint's or layer's name is
/// [a-z][a-z0-9 _-]*; reports when not.
bool check_identifier(std::string_view what, const std::string& name, const layers::Mark& mark,
                      layers::Problems& problems);

} // namespace zonerank::engine
