// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/outputs/styles/colours.hpp"
#include "engine/outputs/styles/raster_style.hpp"
#include "engine/outputs/styles/site_style.hpp"
#include "engine/study/constraint.hpp"
#include "rasters/categories.hpp"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

// Styles as QGIS (3.22 and later) takes them from a .qml beside a file, and the
// classes of categorical maps. Colours can be told apart with every kind of
// colour vision and in grey: lightness rises with the score.

// Codes of constraints.tif that others refer to.
inline constexpr int unknown_code = 3, first_constraint_code = 10;

/// constraints.tif: 0 outside, 1 valid, 2 assumed, 3 unknown, 10 + i the first
/// constraint in the study's order that excludes.
std::vector<rasters::Category> state_categories(std::span<const Constraint> constraints);

/// ranking.tif: 0 where no site is, "1 Jatlan (0.81)"; sites that share a rank
/// share its name. Only the first 1000 ranks have one.
std::vector<rasters::Category> rank_categories(const Ranking& ranking);

std::string suitability_style();
std::string share_style();                   ///< of shares from 0 to 1
std::string deviation_style(double largest); ///< of standard deviations from 0
std::string speed_style(double fastest);     ///< of km/h from 0
/// Of measurements from `low` to `high` in a unit, or without one; NaN: none is known.
std::string measurement_style(double low, double high, const std::string& unit);
/// The classes of a map whose codes have names, by code: those without a name are left out.
std::vector<rasters::Category> named_classes(std::span<const std::string> names);
/// The classes of a map whose codes have no names: "class 20".
std::vector<rasters::Category> numbered_classes(const std::set<int>& codes);
/// A class per rank, or a ramp when there are more than a legend can hold.
std::string ranking_style(const Ranking& ranking);

} // namespace zonerank::engine
