// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "rasters/core/grid.hpp"

#include <filesystem>

namespace zonerank::engine {

// The ranked sites as files, with the columns of site_columns(). Rows in the
// ranking's order, text in UTF-8, the same bytes on every machine and locale.
// Both throw Error naming the file when it can't be written.

/// Comma-separated (RFC 4180, lines ending in \n), missing values empty. Texts
/// that spreadsheets would take for formulas begin with an apostrophe.
void write_ranking_csv(const Ranking& ranking, const std::filesystem::path& path);

/// RFC 7946; missing values are null, and so is the geometry of a site of which
/// nothing is left at 7 decimals. Shapes are in the grid's CRS.
void write_sites_geojson(const Ranking& ranking, const rasters::Grid& grid, const std::filesystem::path& path);

} // namespace zonerank::engine
