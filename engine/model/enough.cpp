// SPDX-License-Identifier: Apache-2.0
#include "engine/model/enough.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

constexpr int even_steps = 1024, growing_steps = 470;

/// How far from the start a step is, in scales.
double reach(int step) {
    return step <= even_steps ? step / 512.0 : 2 * std::pow(1.02, step - even_steps);
}

/// Where it begins to be enough, between a measurement that isn't and one that is.
double boundary(double not_enough, double is_enough, const std::function<bool(double)>& enough) {
    for (int i = 0; i < 60; ++i) {
        const double middle = not_enough + (is_enough - not_enough) / 2;
        (enough(middle) ? is_enough : not_enough) = middle;
    }
    return is_enough;
}

std::optional<double> one_way(const MeasurementRange& range, double direction,
                              const std::function<bool(double)>& enough) {
    double before = range.from;
    for (int step = 1; step <= even_steps + growing_steps; ++step) {
        const double here = std::clamp(range.from + direction * range.scale * reach(step), range.least, range.most);
        if (here == before)
            return {};
        if (enough(here))
            return boundary(before, here, enough);
        before = here;
    }
    return {};
}

} // namespace

std::optional<double> nearest_enough(const MeasurementRange& range, const std::function<bool(double)>& enough) {
    if (enough(range.from))
        return range.from;
    const auto down = one_way(range, -1, enough), up = one_way(range, 1, enough);
    if (down && up)
        return range.from - *down <= *up - range.from ? down : up;
    return down ? down : up;
}

} // namespace zonerank::engine
