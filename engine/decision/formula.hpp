// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/class_range.hpp"
#include "layers/terms/unit.hpp"

#include <memory>
#include <span>
#include <string>

namespace zonerank::engine {

/// A formula of x as a study writes it: "1 - (x / 20 km)^2". Numbers, with a unit or
/// without (then in x's unit), x, named constants, + - * / ^ ( ), comparisons, ?:, and
/// the functions of muParser (exp, ln, log10, sqrt, abs, min, max, sin, ...). It can't
/// assign, read or write anything. Decimal points whatever the locale.
class Formula {
public:
    /// `base`: the unit that is handed in; `in`: that of x in the formula, of the same
    /// dimension. Constants are numbers in x's unit. Throws Error, with the character
    /// at fault, for a text that is no formula, for units that do not fit, and for one
    /// that gives no number whatever x is.
    Formula(const std::string& text, const layers::Unit& base, const layers::Unit& in,
            const layers::Categories& constants);

    /// From base units; NaN where the formula gives no number. Infinite measurements
    /// count as 1e15 of x's unit, so that x / (1 + x) is worth its limit. Safe from any thread.
    double operator()(double measurement) const;
    /// The same of many.
    void operator()(std::span<const float> measurements, std::span<double> results) const;

private:
    class Parsers;
    std::shared_ptr<Parsers> m_parsers;
    double m_base_per_unit;
};

} // namespace zonerank::engine
