// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/batch_folder.hpp"
#include "engine/batch/summary.hpp"
#include "layers/vectors/features.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string>
#include <vector>

namespace zonerank::engine {

inline constexpr std::array ranking_files{"sites.geojson", "sites.gpkg", "ranking.csv"};

/// A site of a district, as its sites.geojson has it.
struct CombinedSite {
    int rank = 0; ///< over all districts, ties share one; 0: none
    std::string district;
    nlohmann::ordered_json properties; ///< rank, district, district_rank, then what the district's file has
    nlohmann::ordered_json geometry;   ///< in longitude and latitude
};

std::vector<std::string> columns_of(const CombinedSite& site);     ///< names of its properties
layers::Field field_of(const nlohmann::ordered_json& value);       ///< of a property
std::vector<rasters::Polygon> ground_of(const CombinedSite& site); ///< in longitude and latitude

/// The sites of all districts that have results, best first, then those without a rank by district and
/// name; equals by name, id and district. Throws Error for a file that can't be read, or is not as we write it.
std::vector<CombinedSite> combined_sites(const std::filesystem::path& folder, const std::vector<BatchRow>& rows);

/// Writes the combined ranking of a study of that title. Returns why it can't: the districts' rankings have different
/// columns; empty: it is there. Throws Error when it can't be written.
std::string write_combined_ranking(const BatchFolder& folder, const std::string& title,
                                   const std::vector<CombinedSite>& sites);

} // namespace zonerank::engine
