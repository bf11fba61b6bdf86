// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"

#include <string>
#include <string_view>

namespace zonerank::engine {

/// "1 Jatlan", as an expression of QGIS over the columns of a site.
inline constexpr std::string_view site_label =
    R"(trim(coalesce(to_string("rank") || ' ', '') || coalesce("name", "id", '')))";

/// Classes of score in round steps, each in the colour that its middle has on the map of suitability,
/// "rank name" as labels, grey without a rank.
std::string sites_style(const Ranking& ranking);

} // namespace zonerank::engine
