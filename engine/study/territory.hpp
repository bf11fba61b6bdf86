// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/candidates.hpp"
#include "layers/sources.hpp"
#include "rasters/core/grid.hpp"
#include "rasters/crs.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Where a study takes place.
struct Territory {
    rasters::Crs crs;
    bool crs_chosen = false; ///< by us, because the study names none
    double scale_error = 0;  ///< largest |scale - 1| over the area
    rasters::Grid grid;
    rasters::Shape area; ///< in the grid's CRS, buffered; polygons
    std::vector<Candidate> candidates;
    std::vector<std::string> site_fields; ///< names of all fields read of the sites
    layers::Repairs site_repairs, area_repairs;
};

inline constexpr double most_cells = 100e9;    ///< of a grid: a map of them is 400 GB
inline constexpr double most_in_a_row = 100e6; ///< columns, or rows: 16 parts each still count as int

/// Finds the area, the CRS, the grid and the sites. What is wrong goes to
/// `problems`: no polygon in the area, a geographic or non-metric grid CRS (with
/// the one to use), more than most_cells (with a cell that fits), sites without polygons or footprint, all sites
/// outside the area (some: a warning). Only good while the problems stay ok. `site_fields`: fields of the sites that
/// criteria measure.
Territory find_territory(const Study& study, const std::vector<std::string>& site_fields,
                         const layers::Sources& sources, layers::Problems& problems);

/// Features of known zones (of the study's sites, narrowed by the zones' `where`, when
/// they have no source of their own), in a CRS. Throws Error as read_features().
layers::FeatureSet known_features(const KnownSpec& known, const Study& study, const layers::Sources& sources,
                                  const Territory& territory);
/// The features that the candidates are made of, one each, in their order, without fields.
layers::FeatureSet site_features(const Study& study, const layers::Sources& sources, const Territory& territory);

/// Cells of all sites together, as far as their percentiles can be kept exact.
inline constexpr std::int64_t most_quantile_cells = 32'000'000;

/// Whether the boxes of the sites hold no more cells than that.
bool quantiles_fit(const Territory& territory, std::int64_t most = most_quantile_cells);

} // namespace zonerank::engine
