// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"

#include <functional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// One property of a site, under the one name it has in every file.
struct SiteColumn {
    std::string name;
    std::function<layers::Field(const SiteRow&)> of; ///< null where there is none; never NaN
};

/// All of them in order: rank, id, name, score, map_score, p10, min, max, area_ha,
/// usable_ha, valid, assumed, unknown, excluded, outside, excluded_by, reason; for
/// each criterion <criterion>_<unit>, <criterion>_value and, where contributions
/// exist, <criterion>_part; then the kept fields as they were. Spaces and dashes
/// in a criterion's name become '_'; a name that is taken (letter case aside) gets
/// "_2", "_3" ... behind. Scores, values and shares have 9 decimals, hectares 4,
/// measurements 9 significant digits in the column's unit, classes their name.
/// The ranking must outlive the columns.
std::vector<SiteColumn> site_columns(const Ranking& ranking);

/// "highway_km": the column of a criterion's measurement, before "_2".
std::string measurement_column(const MatrixColumn& column);

} // namespace zonerank::engine
