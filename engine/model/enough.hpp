// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <limits>
#include <optional>

namespace zonerank::engine {

/// Where a measurement is looked for: all in one unit.
struct MeasurementRange {
    double from = 0;  ///< what it is now: the search goes from here both ways; finite
    double scale = 1; ///< what is a usual difference, above 0: steps are 1/512 of it, farther away 2 % of the way
    double least = -std::numeric_limits<double>::infinity(), most = std::numeric_limits<double>::infinity();
};

/// The measurement nearest to `from` that is enough, to about 1e-12 of the way there; nothing
/// when none is within 20,000 scales. What is enough between two steps only is not found.
std::optional<double> nearest_enough(const MeasurementRange& range, const std::function<bool(double)>& enough);

} // namespace zonerank::engine
