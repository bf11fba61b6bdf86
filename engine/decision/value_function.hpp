// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/kind.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A few numbers over the whole map, for the functions that need them.
struct Facts {
    double min = 0, max = 0; ///< of the measurement over the cells of the area with data, base units
};

/// Turns a measurement (base units) into a value in [0, 1]: 0 useless, 1 ideal.
/// NaN stays NaN; a class without a value becomes NaN; infinite measurements are
/// worth what the function tends to. No state: safe from any thread.
struct ValueFunction {
    std::function<double(double)> of;
    /// Many at once, same sizes, may be the same memory. Gives float(of(x)) of each, to the bit.
    std::function<void(std::span<const float> measurement, std::span<float> value)> apply;
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
/// or class with two values, a class name that is a slip of one of `classes`. They
/// never throw for missing facts: `stretch` then is 0.5, as on a constant map.
std::span<const ValueKind> value_functions();

} // namespace zonerank::engine
