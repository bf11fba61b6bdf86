// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// The six preference functions of Brans and Vincke 1985.
enum class PreferenceShape { usual, u_shape, v_shape, level, linear, gaussian };

/// How much one site is preferred to another on a criterion, 0 .. 1, by how much more it
/// has; both limits in the criterion's unit, not negative.
struct Preference {
    PreferenceShape shape = PreferenceShape::usual;
    double indifference = 0; ///< q: up to it there is none (u-shape, level, linear)
    double threshold = 0;    ///< p: beyond it (v-shape, linear: from it on) it is whole; level: half from q to p
    double spread = 0;       ///< s of the Gaussian 1 - exp(-d^2 / (2 s^2)); above 0
};

/// "usual, u-shape, v-shape, level, linear, gaussian"
inline constexpr std::string_view preference_shapes = "usual, u-shape, v-shape, level, linear, gaussian";

/// Of a difference; 0 unless it is above 0.
double preferred(const Preference& preference, double difference);

/// The sum over all others of how much each number is preferred to them. n log n: sorted, then by
/// sums of what lies between two limits, which for all but the Gaussian is exact (but for the
/// rounding of long double). The Gaussian's sum is off by less than 1e-9 of the count of numbers.
/// Equal numbers have equal sums, to the bit, in whatever order all are given.
std::vector<double> sums_of_preference(const Preference& preference, std::span<const double> gains);

} // namespace zonerank::engine
