// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/half_waves.hpp"
#include "engine/decision/lifted.hpp"
#include "engine/decision/properties.hpp"
#include "engine/decision/value_rows.hpp"

#include <cmath>
#include <limits>

namespace zonerank::engine {

namespace {

using layers::Params;
using layers::Type;

/// Full membership from b to c, less and less on to a and d. A side that is not
/// there lies infinitely far off.
struct Trapezoid {
    double a, rise, d, fall; ///< rise = b - a, fall = d - c

    /// How far in, by the nearer side: 0 at a and d, 1 from b to c, below 0 outside.
    ZONERANK_INLINE double within(double x) const {
        constexpr double most = std::numeric_limits<double>::max();
        const double finite = x > most ? most : x < -most ? -most : x;
        const double left = (finite - a) / rise, right = (d - finite) / fall;
        const double nearer = left < right ? left : right;
        return nearer > 1 ? 1 : nearer;
    }
};

bool both(const Params& p, std::string_view one, std::string_view other) {
    if (p.has(one) != p.has(other))
        throw Error("'{}' is given without '{}'", p.has(one) ? one : other, p.has(one) ? other : one);
    return p.has(one);
}

void check_below(const Params& p, std::string_view one, std::string_view other, bool or_equal = false) {
    const double first = p.number(one), second = p.number(other);
    if (!(first < second || (or_equal && first == second)))
        throw Error("'{}' ({}) must be {} '{}' ({})", one, shown(p, first), or_equal ? "at most" : "below", other,
                    shown(p, second));
}

Trapezoid control_points(const Params& p) {
    constexpr double far = std::numeric_limits<double>::infinity();
    const bool rises = both(p, "a", "b"), falls = both(p, "c", "d");
    if (!rises && !falls)
        throw Error("give the points a and b to rise, c and d to fall, or all four to rise and fall");
    if (rises)
        check_below(p, "a", "b");
    if (falls)
        check_below(p, "c", "d");
    if (rises && falls)
        check_below(p, "b", "c", true);
    return {rises ? p.number("a") : -far, rises ? p.number("b") - p.number("a") : 1, falls ? p.number("d") : far,
            falls ? p.number("d") - p.number("c") : 1};
}

/// A curve of how far in a measurement is, 0..1.
template <typename Curve>
ValueFunction membership(const Params& p, Curve curve) {
    return each([=, set = control_points(p)](double x) ZONERANK_INLINE {
        const double t = set.within(x);
        return curve(t < 0 ? 0 : t);
    });
}

ValueFunction fuzzy_linear(const Params& p, const Measured&) {
    return membership(p, [](double t) ZONERANK_INLINE { return t; });
}

ValueFunction fuzzy_sigmoidal(const Params& p, const Measured&) {
    return membership(p, [](double t) ZONERANK_INLINE { return squared_sine(t); });
}

ValueFunction fuzzy_g(const Params& p, const Measured&) {
    return membership(p, [](double t) ZONERANK_INLINE { return std::sqrt(eighth_tangent(t)); });
}

ValueFunction fuzzy_j(const Params& p, const Measured&) {
    if (p.text("tail") == "closed")
        return membership(p, [](double t) ZONERANK_INLINE {
            const double tangent = eighth_tangent(t);
            return tangent * tangent;
        });
    return each([set = control_points(p)](double x) ZONERANK_INLINE {
        const double out = 1 - set.within(x);
        return 1 / (1 + out * out);
    });
}

layers::Parameter point(std::string_view name, std::string_view help) {
    return {.name = name, .help = help, .type = Type::measurement, .optional = true};
}

std::vector<layers::Parameter> points() {
    return {point("a", "where it begins to rise; without a and b it only falls"), point("b", "where it is 1"),
            point("c", "up to where it is 1; without c and d it only rises"), point("d", "where its fall ends")};
}

std::vector<layers::Parameter> points_and_tail() {
    std::vector<layers::Parameter> all = points();
    all.push_back({.name = "tail",
                   .help = "open: 0.5 at a and d, towards 0 beyond (TerrSet); closed: 0 at a and d (GRASS, tan(pi t / "
                           "4)^2)",
                   .type = Type::choice,
                   .fallback = "open",
                   .choices = "open, closed"});
    return all;
}

} // namespace

std::vector<ValueKind> fuzzy_rows() {
    return {{"fuzzy linear",
             "0 at a, 1 from b to c, 0 at d, straight between: t",
             points(),
             fuzzy_linear,
             "trapezoidal membership, Zadeh 1965",
             layers::Need::none,
             {property::bounded}},
            {"fuzzy sigmoidal",
             "0 at a, 1 from b to c, 0 at d, S-shaped between: sin^2(pi t / 2) with t = (x - a) / (b - a) or (d - x) "
             "/ (d - c) (TerrSet FUZZY: sigmoidal, cos^2; r.fuzzy.set: S-shaped)",
             points(),
             fuzzy_sigmoidal,
             "Eastman 1997",
             layers::Need::none,
             {property::bounded}},
            {"fuzzy j-shaped",
             "1 from b to c, falling away ever slower: 1 / (1 + ((b - x) / (b - a))^2), likewise to d (TerrSet FUZZY: "
             "J-shaped)",
             points_and_tail(),
             fuzzy_j,
             "Eastman 1997",
             layers::Need::none,
             {property::bounded}},
            {"fuzzy g-shaped",
             "0 at a, 1 from b to c, 0 at d, rising fast at first: sqrt(tan(pi t / 4)) (r.fuzzy.set: G-shaped)",
             points(),
             fuzzy_g,
             "Jasiewicz 2011",
             layers::Need::none,
             {property::bounded}}};
}

} // namespace zonerank::engine
