// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/districts.hpp"
#include "layers/terms/problems.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace zonerank::engine {

/// The study of one district, which can be run alone: its fields filled in, its ground as the
/// area, the grid's CRS when districts have one in common and the study names none, and
/// of the sites those with these numbers (none given: all that the study names, which may be none where districts
/// have sites of their own; none there: `sites: none`). A title without a placeholder gets the district's name.
/// `source` is absolute. What is wrong with placeholders goes to `problems`.
layers::Node district_study(const layers::Node& study, const District& district, const Districts& districts,
                            const OverSpec& over, const std::optional<std::vector<std::int64_t>>& sites,
                            layers::Problems& problems);

/// Whether each district has sites of its own, because what says which they are (file, layer, `where`, CRS) has
/// placeholders.
bool own_sites(const layers::Node& study);

} // namespace zonerank::engine
