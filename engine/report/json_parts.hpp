// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/figures.hpp"
#include "engine/outputs/results.hpp"
#include "engine/report/display_maps.hpp"

#include <nlohmann/json.hpp>

namespace zonerank::engine {

// Parts of what report.html knows, each an object (sites: an array) that page.js reads by
// the names of its members. Numbers are exact (the shortest text that reads back the same),
// null where they are not known; coordinates are [x, y] in the grid's CRS, lengths in its
// metres; criteria, themes and constraints are told of by their index. The member `context`, lines
// to know one's way by, is described in engine/report/context_json.hpp.

using Json = nlohmann::ordered_json;

/// Rings of a shape for display: corners to a 20th of a cell at the most.
Json outline_json(const rasters::Shape& shape, const rasters::Grid& grid, double tolerance, std::size_t most_corners);

/// grid, area, states, cells, constraints, scores. `display`: null without maps. `tolerance`:
/// of the area's outline, metres.
Json ground_json(const Results& results, const DisplayMaps* display, double tolerance);

/// The maps as a JSON object.
std::string map_text(const DisplayMaps::Shown& shown, const rasters::Grid& grid);

/// aggregation, weighing, themes, criteria, known, contributions: all that makes a score of a row of
/// values, and the value functions as curves.
Json decision_json(const Results& results);

/// Whether the sites in full would take some 4 MB and more.
bool sites_are_many(const Results& results);

/// The ranked sites, best first, with their row of the decision matrix, as a JSON array.
/// `tolerance`: of their outlines, metres. `many`: scores are exact, what a page computes with
/// has 10 digits, all else 5. Outlines have 60,000 corners at most: of more than 15,000 sites none.
std::string sites_text(const Results& results, double tolerance, bool many);

/// What further analyses have found: the JSON files that they wrote. An object, perhaps empty.
/// Lists of more than 500 items are cut there: `cut` of an analysis tells how many its own had.
Json analyses_json(const Results& results);

/// inputs, methods, warnings.
Json done_json(const Results& results);

} // namespace zonerank::engine
