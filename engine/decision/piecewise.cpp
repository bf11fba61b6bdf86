// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/piecewise.hpp"

#include "engine/decision/lifted.hpp"
#include "engine/decision/properties.hpp"
#include "engine/decision/value_rows.hpp"

#include <algorithm>

namespace zonerank::engine {

namespace {

using layers::Params;
using layers::Type;

layers::Points sorted_points(const Params& p) {
    layers::Points points = p.points("*");
    if (points.size() < 2)
        throw Error("needs at least two points such as {{0 km: 1, 20 km: 0}}");
    std::ranges::sort(points);
    for (const auto& [at, value] : points)
        checked_value(shown(p, at), value);
    const auto twice = std::ranges::adjacent_find(points, {}, [](const auto& point) { return point.first; });
    if (twice != points.end())
        throw Error("{} is given two values", shown(p, twice->first));
    return points;
}

ValueFunction piecewise(const Params& p, const Measured&) {
    const layers::Points points = sorted_points(p);
    if (p.text("beyond") == "extrapolate")
        return each([points](double x) ZONERANK_INLINE { return piecewise_extrapolated(points, x); });
    ValueFunction function = each([points](double x) ZONERANK_INLINE { return piecewise_clipped(points, x); });
    if (p.text("beyond") == "error") {
        function.least = points.front().first;
        function.most = points.back().first;
    }
    return function;
}

} // namespace

std::vector<ValueKind> piecewise_rows() {
    return {{"piecewise",
             "straight between the points given; also the user-defined membership of fuzzy sets",
             {{"*", "two or more points, measurement: value, in any order", Type::points},
              {.name = "beyond",
               .help = "the first and the last point: clip keeps their value, extrapolate goes on along the end pieces "
                       "to 0 or 1, error ends the run when a cell of the area is measured there",
               .type = Type::choice,
               .fallback = "clip",
               .choices = "clip, extrapolate, error"}},
             piecewise,
             "Jacquet-Lagreze and Siskos 1982",
             layers::Need::none,
             {property::bounded}}};
}

} // namespace zonerank::engine
