// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/model.hpp"

#include <span>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// A value function as a line to draw: measurement (base units of the matrix) and value,
/// rising in the measurement; NaN values where it has none. Between the ends that matter:
/// its own anchors, what the map's facts and these measurements (NaN: none) span, and a
/// little beyond, but no negative ground for what is never negative. Exact at the anchors;
/// at most 200 points.
using Curve = std::vector<std::pair<double, double>>;
Curve value_curve(const Model& model, std::size_t criterion, std::span<const double> measurements);

/// What the classes of a criterion are worth: by their names where they have some, else
/// as the study writes them ("class 20", "classes 50..59", "other"), then those that `measurements`, codes of
/// sites (NaN: none), have and it doesn't name by itself.
using ClassValues = std::vector<std::pair<std::string, double>>;
ClassValues class_values(const Model& model, std::size_t criterion, std::span<const double> measurements);

/// Of a class without a name: "class 20".
std::string class_label(double code);

/// Whether its value goes by classes, so that it has no curve.
bool goes_by_classes(const Criterion& criterion);

} // namespace zonerank::engine
