// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"

#include <string>

namespace zonerank::engine {

/// Classes of score in round steps, each in the colour that its middle has on the map of suitability,
/// "rank name" as labels, grey without a rank.
std::string sites_style(const Ranking& ranking);

} // namespace zonerank::engine
