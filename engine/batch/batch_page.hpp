// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/combined_ranking.hpp"
#include "engine/batch/summary.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

inline constexpr int most_map_pixels = 160; ///< to a side, of a district's small map
inline constexpr std::size_t most_page_sites = 500;

/// batch.html: one page that needs nothing from anywhere. The batch's figures, the first of the combined
/// ranking (none without sites), a small map of each district with its sites as dots, and a table of the districts
/// that can be sorted, with ways to their reports. Maps that can't be read are left out. All text of the user's
/// is escaped; a content security policy lets its own style and script run and nothing else.
std::string batch_page(const std::filesystem::path& folder, const BatchSummary& summary,
                       const std::vector<CombinedSite>& sites);

} // namespace zonerank::engine
