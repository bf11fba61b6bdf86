// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/kind.hpp"

#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A few numbers over the whole map, for the functions that need them: of the
/// measurement over the cells of the area with finite data, base units.
struct Facts {
    double min = 0, max = 0;
    double mean = 0, deviation = 0; ///< the deviation of them all, not of a sample
};

/// Turns a measurement (base units) into a value in [0, 1]: 0 useless, 1 ideal.
/// NaN stays NaN; a class without a value, or a number for which a formula has none,
/// becomes NaN; infinite measurements are worth what the function tends to. Safe from
/// any thread.
struct ValueFunction {
    std::function<double(double)> of;
    /// Many at once, same sizes, may be the same memory. Gives float(of(x)) of each, to the bit.
    std::function<void(std::span<const float> measurement, std::span<float> value)> apply;
    /// What may be measured. Beyond, both forms give the value at the end; that it is an
    /// error is for the one who knows the cell's place to say.
    double least = -std::numeric_limits<double>::infinity(), most = std::numeric_limits<double>::infinity();

    bool has_ends() const { return least > -std::numeric_limits<double>::infinity(); }
    /// Whether a measurement is beyond the ends, as cells hold it; NaN is not.
    bool beyond(double measurement) const {
        const auto as_held = static_cast<float>(measurement);
        return as_held < static_cast<float>(least) || as_held > static_cast<float>(most);
    }
};

/// What a value function may know of the measurement.
struct Measured {
    std::vector<std::string> classes{}; ///< names by code
    Facts facts{};                      ///< filled when the row needs facts
    bool opened = true;                 ///< false: the layer is not read yet, so its classes are not known
};

using ValueKind = layers::Kind<ValueFunction (*)(const layers::Params&, const Measured&)>;

/// The table of value functions. Makers throw Error for parameters that can't be
/// meant: equal anchors, spread of 0 or below, values outside [0, 1], a measurement
/// or class with two values, a class name that is a slip of one of `classes`, a formula
/// that can't be read. They never throw for missing facts: `stretch` and `mean-sd` then
/// are 0.5, as on a constant map. Rows whose `properties` say monotone never turn, for
/// any parameters: more is never worse, or never better.
std::span<const ValueKind> value_functions();

/// Whether the function stands on facts over the map; false also for a row that may
/// need them where its parameters give the numbers instead.
bool needs_facts(const ValueKind& kind, const layers::Params& params);

} // namespace zonerank::engine
