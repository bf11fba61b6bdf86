// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/value_function.hpp"
#include "rasters/core/simd.hpp"

#include <cstddef>
#include <span>

namespace zonerank::engine {

/// No data stays no data, values stay in [0, 1]; a value that is no number stays so.
ZONERANK_INLINE inline double within_bounds(double x, double value) {
    const double bounded = value < 0 ? 0 : value > 1 ? 1 : value;
    return x != x ? x : bounded;
}

/// Lifts a function of one measurement, marked ZONERANK_INLINE where its loop is to
/// be vectorised. Both forms run the same operations, so a cell has the same bits in
/// whatever run of cells it is computed.
template <typename F>
ValueFunction each(F f) {
    const auto of = [f](double x) { return within_bounds(x, f(x)); };
    const auto apply = [f](std::span<const float> measurement, std::span<float> value) {
        rasters::vectorised([&]() ZONERANK_INLINE {
            const float* in = measurement.data();
            float* out = value.data();
            for (std::size_t i = 0, n = measurement.size(); i < n; ++i) {
                const double x = static_cast<double>(in[i]);
                out[i] = static_cast<float>(within_bounds(x, f(x)));
            }
        });
    };
    return {of, apply};
}

} // namespace zonerank::engine
