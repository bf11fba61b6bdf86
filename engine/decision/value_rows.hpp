// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/value_function.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

// The rows of the table of value functions, a topic each. Their makers throw Error
// for parameters that can't be meant, with one clear line.

std::vector<ValueKind> shape_rows();     ///< straight lines, and curves between thresholds
std::vector<ValueKind> sigmoid_rows();   ///< S and bell shapes that tend to their ends: logistic, near ...
std::vector<ValueKind> map_rows();       ///< stretch, mean-sd: they need facts over the map
std::vector<ValueKind> fuzzy_rows();     ///< memberships with control points a, b, c, d
std::vector<ValueKind> piecewise_rows(); ///< straight between points
std::vector<ValueKind> category_rows();  ///< a value for each class
std::vector<ValueKind> formula_rows();   ///< what the study writes itself

// What they share.

/// Throws Error for a value outside [0, 1]; "the value of {of} is ...".
double checked_value(std::string_view of, double value);

/// The parameter, which must be above 0; throws Error.
double positive(const layers::Params& p, std::string_view name);

/// A measurement in base units as the study writes them: "20 km".
std::string shown(const layers::Params& p, double measurement);

/// 0 at worst, 1 at best, straight between.
ValueFunction straight(double worst, double best);

} // namespace zonerank::engine
