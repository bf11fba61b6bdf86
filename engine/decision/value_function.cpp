// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/value_function.hpp"

#include "engine/decision/lifted.hpp"
#include "engine/decision/value_rows.hpp"

#include <algorithm>

namespace zonerank::engine {

double checked_value(std::string_view of, double value) {
    if (!(value >= 0 && value <= 1))
        throw Error("the value of {} is {:g}; values lie between 0 (useless) and 1 (ideal)", of, value);
    return value;
}

double positive(const layers::Params& p, std::string_view name) {
    if (!(p.number(name) > 0))
        throw Error("'{}' must be above 0", name);
    return p.number(name);
}

std::string shown(const layers::Params& p, double measurement) {
    const layers::Unit& unit = p.shown();
    return fmt::format("{:g}{}{}", layers::shown_in(unit, measurement), unit.name.empty() ? "" : " ", unit.name);
}

ValueFunction straight(double worst, double best) {
    return each([=, per_unit = 1 / (best - worst)](double x) ZONERANK_INLINE { return (x - worst) * per_unit; });
}

std::span<const ValueKind> value_functions() {
    static const std::vector<ValueKind> kinds = [] {
        std::vector<ValueKind> all;
        for (const auto rows :
             {shape_rows, piecewise_rows, category_rows, sigmoid_rows, fuzzy_rows, map_rows, formula_rows})
            std::ranges::move(rows(), std::back_inserter(all));
        return all;
    }();
    return kinds;
}

bool needs_facts(const ValueKind& kind, const layers::Params& params) {
    return kind.need == layers::Need::facts && !(params.has("mean") && params.has("deviation"));
}

} // namespace zonerank::engine
