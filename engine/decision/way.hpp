// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/properties.hpp"
#include "engine/decision/value_rows.hpp"
#include "rasters/core/simd.hpp"

#include <string_view>
#include <vector>

namespace zonerank::engine {

/// From one measurement to a greater one: how far on it another is.
struct Way {
    double from, length;

    ZONERANK_INLINE double open(double x) const { return (x - from) / length; } ///< 0..1 on it
    ZONERANK_INLINE double closed(double x) const {                             ///< the nearer end's off it
        const double t = open(x);
        return t < 0 ? 0 : t > 1 ? 1 : t;
    }
};

/// Between two parameters. Throws Error when the first is not below the second.
inline Way way(const layers::Params& p, std::string_view from, std::string_view to) {
    if (!(p.number(from) < p.number(to)))
        throw Error("'{}' ({}) must be below '{}' ({})", from, shown(p, p.number(from)), to, shown(p, p.number(to)));
    return {p.number(from), p.number(to) - p.number(from)};
}

/// A required parameter in the unit of the measure.
inline layers::Parameter measured(std::string_view name, std::string_view help) {
    return {name, help, layers::Type::measurement};
}

/// What a row says of itself that never turns.
inline std::vector<std::string_view> one_way() {
    return {property::monotone, property::bounded};
}

} // namespace zonerank::engine
