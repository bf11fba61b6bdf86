// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// A measurement (base units) as people read it, three digits and the unit: "8.4 km", "230,000
/// people", a class by its name; "no data" of NaN.
std::string measurement_text(const MatrixColumn& column, double measurement);

/// The same of a site's: "> 20 km" where all of it is farther than is looked.
std::string measurement_text(const MatrixColumn& column, const MatrixEntry& entry);

/// Of one that has to be reached from `from`: its last digit is rounded away from there, so that
/// what is read is enough (to a millionth: maps are floats).
std::string reached_text(const MatrixColumn& column, double from, double reached);

/// Differences of scores below it are not worth a word: scores have three decimals.
inline constexpr double least_shown = 0.0005;

/// Indices of figures, the greatest first.
std::vector<std::size_t> most_first(const std::vector<double>& figures);

/// A text in lines of that width, 40 columns at least, each with the indent and \n.
std::string paragraph(const std::string& text, int width, const std::string& indent = "  ");

} // namespace zonerank::engine
