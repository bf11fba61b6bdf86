// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/site_sheet.hpp"

#include <string>

namespace zonerank::engine {

/// What would move a site up, for a terminal `width` columns wide: a table of the measurements
/// that alone would be enough, and the least changes of weights. Empty for the first.
std::string ways_up_text(const SiteSheet& sheet, int width);

/// The sites just ahead, at the top and just behind, each with the criteria that make the
/// difference, those that count most first. Empty when there are none.
std::string rivals_text(const SiteSheet& sheet, int width);

} // namespace zonerank::engine
