// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/preference.hpp"

#include "engine/methods/gaussian_sums.hpp"
#include "engine/methods/ranks.hpp"

#include <cmath>
#include <numbers>

namespace zonerank::engine {

double preferred(const Preference& p, double difference) {
    if (!(difference > 0))
        return 0;
    switch (p.shape) {
    case PreferenceShape::usual:
        return 1;
    case PreferenceShape::u_shape:
        return difference > p.indifference ? 1 : 0;
    case PreferenceShape::v_shape:
        return difference >= p.threshold ? 1 : difference / p.threshold;
    case PreferenceShape::level:
        return difference > p.threshold ? 1 : difference > p.indifference ? 0.5 : 0;
    case PreferenceShape::linear:
        return difference <= p.indifference ? 0
               : difference >= p.threshold  ? 1
                                            : (difference - p.indifference) / (p.threshold - p.indifference);
    case PreferenceShape::gaussian:
        return 1 - std::exp(-std::pow(difference / p.spread, 2) / 2);
    }
    return 0;
}

namespace {

/// A shape that is 0 up to `low`, rises to 1 at `high` (straight, or by one step of
/// `middle` in between) and is 1 beyond.
struct Ramp {
    double low = 0, high = 0, middle = 0;
    bool straight = false;
};

Ramp ramp_of(const Preference& p) {
    switch (p.shape) {
    case PreferenceShape::u_shape:
        return {p.indifference, p.indifference};
    case PreferenceShape::v_shape:
        return {0, p.threshold, 0, true};
    case PreferenceShape::level:
        return {p.indifference, p.threshold, 0.5};
    case PreferenceShape::linear:
        return {p.indifference, p.threshold, 0, true};
    default:
        return {};
    }
}

/// Sums of what comes before each place, as distances from the middle one: near 0 they are most exact.
std::vector<long double> sums_before(std::span<const double> sorted, long double middle) {
    std::vector<long double> sums(sorted.size() + 1);
    for (std::size_t k = 0; k < sorted.size(); ++k)
        sums[k + 1] = sums[k] + (sorted[k] - middle);
    return sums;
}

/// Numbers 0..whole are farther below than `high`, those up to `some` farther than `low`.
double sum_of(const Ramp& ramp, long double number, std::size_t whole, std::size_t some,
              const std::vector<long double>& before) {
    const auto between = static_cast<long double>(some - whole);
    if (!ramp.straight)
        return static_cast<double>(whole) + ramp.middle * static_cast<double>(between);
    const long double rise = static_cast<long double>(ramp.high) - ramp.low;
    const long double above_low = between * (number - ramp.low) - (before[some] - before[whole]);
    return static_cast<double>(static_cast<long double>(whole) + (between > 0 ? above_low / rise : 0));
}

/// Of sorted numbers.
std::vector<double> ramp_sums(const Ramp& ramp, std::span<const double> sorted) {
    const long double middle = sorted[sorted.size() / 2];
    const std::vector<long double> before = sums_before(sorted, middle);
    std::vector<double> sums(sorted.size());
    std::size_t whole = 0, some = 0;
    for (std::size_t k = 0; k < sorted.size(); ++k) {
        const double x = sorted[k];
        while (x - sorted[whole] > ramp.high || (ramp.straight && x - sorted[whole] == ramp.high && x > sorted[whole]))
            ++whole;
        some = some < whole ? whole : some;
        while (x - sorted[some] > ramp.low)
            ++some;
        sums[k] = sum_of(ramp, x - middle, whole, some, before);
    }
    return sums;
}

/// Of sorted numbers: those below, less what their Gaussians take away.
std::vector<double> gaussian_preference_sums(double spread, std::span<const double> sorted) {
    const double unit = spread * std::numbers::sqrt2;
    if (!((sorted.back() - sorted.front()) / unit < 1e300)) // no spread at all beside their range
        return ramp_sums({}, sorted);
    std::vector<double> sums = gaussian_sums_below(sorted, unit);
    std::size_t below = 0;
    for (std::size_t k = 0; k < sums.size(); ++k) {
        if (k > 0 && sorted[k] > sorted[k - 1])
            below = k;
        sums[k] = static_cast<double>(below) - sums[k];
    }
    return sums;
}

} // namespace

std::vector<double> sums_of_preference(const Preference& preference, std::span<const double> gains) {
    if (gains.empty())
        return {};
    const std::vector<std::size_t> order = ascending(gains);
    std::vector<double> sorted(order.size()), sums(order.size());
    for (std::size_t k = 0; k < order.size(); ++k)
        sorted[k] = gains[order[k]];
    const std::vector<double> of_sorted = preference.shape == PreferenceShape::gaussian
                                              ? gaussian_preference_sums(preference.spread, sorted)
                                              : ramp_sums(ramp_of(preference), sorted);
    for (std::size_t k = 0; k < order.size(); ++k)
        sums[order[k]] = of_sorted[k];
    return sums;
}

} // namespace zonerank::engine
