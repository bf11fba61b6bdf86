// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/value_function.hpp"

#include "rasters/core/exponential.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace zonerank::engine {

namespace {

using layers::Params;
using layers::Type;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// No data stays no data, values stay in [0, 1].
ZONERANK_INLINE inline double within_bounds(double x, double value) {
    const double bounded = value < 0 ? 0 : value > 1 ? 1 : value;
    return x != x ? x : bounded;
}

/// Lifts a function of one measurement. Both forms run the same operations, so a
/// cell has the same bits in whatever run of cells it is computed.
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

ValueFunction straight(double worst, double best) {
    return each([=, per_unit = 1 / (best - worst)](double x) ZONERANK_INLINE { return (x - worst) * per_unit; });
}

double checked_value(std::string_view of, double value) {
    if (!(value >= 0 && value <= 1))
        throw Error("the value of {} is {:g}; values lie between 0 (useless) and 1 (ideal)", of, value);
    return value;
}

double positive(const Params& p, std::string_view name) {
    if (!(p.number(name) > 0))
        throw Error("'{}' must be above 0", name);
    return p.number(name);
}

std::string shown(const Params& p, double measurement) {
    const layers::Unit& unit = p.shown();
    return fmt::format("{:g}{}{}", layers::shown_in(unit, measurement), unit.name.empty() ? "" : " ", unit.name);
}

ValueFunction linear(const Params& p, const Measured&) {
    if (p.number("worst") == p.number("best"))
        throw Error("'worst' and 'best' are both {}; they must differ", shown(p, p.number("best")));
    return straight(p.number("worst"), p.number("best"));
}

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
    return each([points = sorted_points(p)](double x) ZONERANK_INLINE {
        double value = points.front().second;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const auto& [x0, v0] = points[i - 1];
            const auto& [x1, v1] = points[i];
            const double t = (x - x0) / (x1 - x0);
            value = x >= x0 ? t < 1 ? v0 * (1 - t) + v1 * t : v1 : value;
        }
        return value;
    });
}

std::string written(const layers::ClassRange& range) {
    if (range.other || !range.text.empty())
        return range.other ? "other" : range.text;
    return range.from == range.to ? fmt::format("{:g}", range.from) : fmt::format("{:g}..{:g}", range.from, range.to);
}

void refuse_overlaps(const layers::Categories& categories) {
    for (std::size_t i = 0; i < categories.size(); ++i)
        for (std::size_t k = i + 1; k < categories.size(); ++k) {
            const auto& a = categories[i].first;
            const auto& b = categories[k].first;
            const bool named = a.other || b.other || !a.text.empty() || !b.text.empty();
            const bool same = a.other == b.other && a.text == b.text;
            if (named ? same : a.from <= b.to && b.from <= a.to)
                throw Error("classes {} and {} overlap", written(a), written(b));
        }
}

// A name that is not among the classes is a slip when it is near one that the
// study does not name; otherwise the class just does not occur in these data.
void refuse_slips(const layers::Categories& categories, const std::vector<std::string>& classes) {
    for (const auto& [range, value] : categories) {
        if (range.text.empty() || std::ranges::find(classes, range.text) != classes.end())
            continue;
        if (classes.empty())
            throw Error("class '{}': the classes of this measure are numbers, without names", range.text);
        const std::string near = layers::nearest(range.text, classes);
        const auto is_near = [&](const auto& category) { return category.first.text == near; };
        if (!near.empty() && std::ranges::none_of(categories, is_near))
            throw Error("{}", layers::unknown("class", range.text, classes));
    }
}

double value_of(const layers::Categories& categories, double code, std::string_view name = {}) {
    double rest = unknown;
    for (const auto& [range, value] : categories) {
        if (range.other)
            rest = value;
        else if (range.text.empty() ? range.holds(code) : range.text == name)
            return value;
    }
    return rest;
}

// By code. A class whose name is a number ("10" in a field of a polygon layer)
// is meant by that number, not by its place in the list.
std::vector<double> values_of(const layers::Categories& categories, const std::vector<std::string>& classes) {
    std::vector<double> values;
    for (const std::string& name : classes) {
        const auto place = static_cast<double>(values.size());
        values.push_back(value_of(categories, layers::code_named(name).value_or(place), name));
    }
    return values;
}

ValueFunction categories(const Params& p, const Measured& measured) {
    const layers::Categories& given = p.categories("*");
    for (const auto& [range, value] : given)
        checked_value("class " + written(range), value);
    refuse_overlaps(given);
    if (measured.opened)
        refuse_slips(given, measured.classes);
    return each([given, named = values_of(given, measured.classes)](double code) {
        const bool has_name = code >= 0 && code < static_cast<double>(named.size()) && code == std::floor(code);
        return has_name ? named[static_cast<std::size_t>(code)] : value_of(given, code);
    });
}

ValueFunction logistic(const Params& p, const Measured&) {
    const double midpoint = p.number("midpoint");
    const double spread = p.flag("falling") ? -positive(p, "spread") : positive(p, "spread");
    return each([=](double x) ZONERANK_INLINE { return 1 / (1 + rasters::exponential(-(x - midpoint) / spread)); });
}

ValueFunction gaussian(const Params& p, const Measured&) {
    return each([ideal = p.number("ideal"), spread = positive(p, "spread")](double x) ZONERANK_INLINE {
        const double z = (x - ideal) / spread;
        return rasters::exponential(-0.5 * z * z);
    });
}

ValueFunction step(const Params& p, const Measured&) {
    const double above = checked_value("'above'", p.number("above"));
    const double below = checked_value("'below'", p.number("below"));
    if (above == below)
        throw Error("'above' and 'below' are both {:g}; they must differ", above);
    const auto at = static_cast<float>(p.number("at")); // as measured: a cell that holds 0.7 is at 0.7
    return each([=](double x) ZONERANK_INLINE { return static_cast<float>(x) >= at ? above : below; });
}

ValueFunction stretch(const Params& p, const Measured& measured) {
    const auto [min, max] = measured.facts;
    if (!(min < max))
        return each([](double) { return 0.5; });
    return p.flag("falling") ? straight(max, min) : straight(min, max);
}

} // namespace

std::span<const ValueKind> value_functions() {
    static const ValueKind kinds[] = {
        {"linear",
         "0 at worst, 1 at best, straight between, flat beyond: (x - worst) / (best - worst)",
         {{"worst", "measurement worth 0", Type::measurement}, {"best", "measurement worth 1", Type::measurement}},
         linear,
         "Keeney and Raiffa 1976"},
        {"piecewise",
         "straight between the points given, flat beyond the first and the last",
         {{"*", "two or more points, measurement: value, in any order", Type::points}},
         piecewise,
         "Jacquet-Lagreze and Siskos 1982"},
        {"categories",
         "a value for each class; a class without one is unknown",
         {{"*", "class, range of classes or other: value", Type::categories}},
         categories,
         "direct rating, von Winterfeldt and Edwards 1986"},
        {"logistic",
         "S-shaped, 0.5 at the midpoint: 1 / (1 + exp(-(x - midpoint) / spread))",
         {{"midpoint", "measurement worth 0.5", Type::measurement},
          {"spread", "how far from the midpoint the value is 0.73 or 0.27", Type::measurement},
          {"falling", "more is worse", Type::flag, {}, "false"}},
         logistic,
         "Verhulst 1845"},
        {"gaussian",
         "1 at the ideal, falling on both sides: exp(-((x - ideal) / spread)^2 / 2)",
         {{"ideal", "measurement worth 1", Type::measurement},
          {"spread", "standard deviation: from the ideal to 0.61", Type::measurement}},
         gaussian,
         "Gauss 1809"},
        {"step",
         "one value up to a limit, another from the limit on",
         {{"at", "the limit; a measurement exactly there counts as above", Type::measurement},
          {"above", "value from the limit on", Type::number, {}, "1"},
          {"below", "value up to the limit", Type::number, {}, "0"}},
         step,
         "Boolean criterion, Eastman et al. 1995"},
        {"stretch",
         "from the map's lowest measurement (0) to its highest (1); 0.5 everywhere on a constant map; scores of "
         "two maps can't be compared",
         {{"falling", "more is worse", Type::flag, {}, "false"}},
         stretch,
         "score range procedure, Voogd 1983",
         layers::Need::facts},
    };
    return kinds;
}

} // namespace zonerank::engine
