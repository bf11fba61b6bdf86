// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/reference.hpp"
#include "engine/study/criteria.hpp"

#include <string>

namespace zonerank::engine {

/// What a criterion's measurements are worth, in words: "0 km is worth 1, 20 km and more is
/// worth 0". The measurements are those that the study names, in its unit, and 0 where nothing
/// is below it; what a function of the whole map makes of them is said as its table says it.
std::string value_words(const Criterion& criterion);

/// The same as a curve `columns` wide with the unit on its axis, or of classes a bar each;
/// lines of text, all as wide as the first. Empty where only the map or the study's own
/// formula tells, and for Plots::none.
std::string value_curve(const Criterion& criterion, int columns, Plots plots);

} // namespace zonerank::engine
