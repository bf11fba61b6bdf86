// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/formula.hpp"
#include "engine/decision/lifted.hpp"
#include "engine/decision/properties.hpp"
#include "engine/decision/value_rows.hpp"

#include <algorithm>
#include <array>

namespace zonerank::engine {

namespace {

using layers::Params;
using layers::Type;

/// The unit of x in the formula: of the measure's dimension.
layers::Unit unit_of_x(const Params& p) {
    if (!p.has("in"))
        return p.shown();
    const layers::Unit unit = layers::unit_called(p.text("in"));
    const bool same = unit.dimension == p.shown().dimension && unit.dimension != layers::Dimension::other;
    if (!same && unit != p.shown())
        throw Error("in: '{}' is no unit of what is measured, in {}", p.text("in"),
                    p.shown().name.empty() ? "plain numbers" : p.shown().name);
    return unit;
}

// Some cells at a time, so that the results stay near the processor.
void apply_to(const Formula& formula, std::span<const float> measurement, std::span<float> value) {
    std::array<double, 1024> results{};
    for (std::size_t first = 0; first < measurement.size(); first += results.size()) {
        const std::size_t count = std::min(results.size(), measurement.size() - first);
        formula(measurement.subspan(first, count), std::span(results).first(count));
        for (std::size_t i = 0; i < count; ++i)
            value[first + i] =
                static_cast<float>(within_bounds(static_cast<double>(measurement[first + i]), results[i]));
    }
}

ValueFunction expression(const Params& p, const Measured&) {
    const Formula formula(p.text("formula"), p.shown(), unit_of_x(p), p.categories("constants"));
    return {[formula](double x) { return within_bounds(x, formula(x)); },
            [formula](std::span<const float> measurement, std::span<float> value) {
                apply_to(formula, measurement, value);
            }};
}

} // namespace

std::vector<ValueKind> formula_rows() {
    return {
        {"expression",
         "a formula of the measurement x, held between 0 and 1; x for which it gives no number (as sqrt(-1)) is "
         "unknown, like no data; an infinite x counts as 1e15",
         {{"formula", "such as \"1 - (x / 20 km)^2\": + - * / ^ ( ) < > == ?:, exp, ln, sqrt, abs, min, max, sin ...",
           Type::text},
          {.name = "in",
           .help = "the unit of x, and of numbers without one (default: in which it is measured)",
           .type = Type::text,
           .optional = true},
          {.name = "constants",
           .help = "numbers by name, such as {reach: 20, steep: 1.5}",
           .type = Type::categories,
           .optional = true}},
         expression,
         "as the study says",
         layers::Need::none,
         {property::bounded}}};
}

} // namespace zonerank::engine
