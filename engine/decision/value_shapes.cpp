// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/lifted.hpp"
#include "engine/decision/properties.hpp"
#include "engine/decision/value_rows.hpp"
#include "engine/decision/way.hpp"
#include "rasters/core/exponential.hpp"

#include <cmath>

namespace zonerank::engine {

namespace {

using layers::Params;
using layers::Type;
using rasters::exponential;
using rasters::logarithm;

/// A power is computed by its logarithm, for which the least that counts is this.
constexpr double tiny = 1e-300, huge = 1e300;

/// Curvature below which a curve is a straight line but for rounding.
constexpr double straightest = 1e-3;

ValueFunction linear(const Params& p, const Measured&) {
    if (p.number("worst") == p.number("best"))
        throw Error("'worst' and 'best' are both {}; they must differ", shown(p, p.number("best")));
    return straight(p.number("worst"), p.number("best"));
}

ValueFunction step(const Params& p, const Measured&) {
    const double above = checked_value("'above'", p.number("above"));
    const double below = checked_value("'below'", p.number("below"));
    if (above == below)
        throw Error("'above' and 'below' are both {:g}; they must differ", above);
    const auto at = static_cast<float>(p.number("at")); // as measured: a cell that holds 0.7 is at 0.7
    return each([=](double x) ZONERANK_INLINE { return static_cast<float>(x) >= at ? above : below; });
}

/// A curve of the share of the way from `lower` to `upper`, turned over when more is worse.
template <typename Curve>
ValueFunction between(const Params& p, const Way& range, Curve curve) {
    if (p.flag("falling"))
        return each([=](double x) ZONERANK_INLINE { return 1 - curve(range.closed(x)); });
    return each([=](double x) ZONERANK_INLINE { return curve(range.closed(x)); });
}

[[noreturn]] void is_straight(std::string_view parameter) {
    throw Error("'{}' is so far off that the curve is a straight line; use linear", parameter);
}

ValueFunction exponential_curve(const Params& p, const Measured&) {
    const Way range = way(p, "lower", "upper");
    const double scale = p.has("scale") ? p.number("scale") : range.length / std::log(10.0);
    if (scale == 0)
        throw Error("'scale' must not be 0");
    const double k = range.length / scale; // one of the two below has no power above 1
    if (!(std::abs(k) > straightest))
        is_straight("scale");
    const double end = exponential(-std::abs(k));
    if (k > 0)
        return between(p, range,
                       [=](double t) ZONERANK_INLINE { return (exponential(k * (t - 1)) - end) / (1 - end); });
    return between(p, range, [=](double t) ZONERANK_INLINE { return (1 - exponential(k * t)) / (1 - end); });
}

ValueFunction logarithmic_curve(const Params& p, const Measured&) {
    const Way range = way(p, "lower", "upper");
    const double to_shift = p.has("shift") ? range.from - p.number("shift") : range.length / std::expm1(9.0);
    if (!(to_shift > 0))
        throw Error("'shift' must be below 'lower' ({})", shown(p, range.from));
    const double k = range.length / to_shift;
    if (!(k > straightest))
        is_straight("shift");
    return between(p, range,
                   [=, end = logarithm(1 + k)](double t) ZONERANK_INLINE { return logarithm(1 + k * t) / end; });
}

ZONERANK_INLINE inline double power_of(double base, double exponent) {
    return exponential(exponent * logarithm(base < tiny ? 0 : base));
}

ValueFunction power_curve(const Params& p, const Measured&) {
    const Way range = way(p, "lower", "upper");
    const double exponent = positive(p, "exponent");
    const double before = p.has("shift") ? (range.from - p.number("shift")) / range.length : 0;
    if (before < 0)
        throw Error("'shift' must not be above 'lower' ({})", shown(p, range.from));
    if (!(before * straightest < 1))
        is_straight("shift");
    const double first = power_of(before, exponent), whole = power_of(1 + before, exponent) - first;
    if (!(whole > 0 && whole < huge))
        throw Error("'exponent' is too large");
    return between(p, range,
                   [=](double t) ZONERANK_INLINE { return (power_of(t + before, exponent) - first) / whole; });
}

ValueFunction symmetric_linear(const Params& p, const Measured&) {
    const Way range = way(p, "minimum", "maximum");
    return each([=](double x) ZONERANK_INLINE {
        const double t = 2 * range.closed(x);
        return t < 1 ? t : 2 - t;
    });
}

layers::Parameter falling() {
    return {"falling", "more is worse: 1 - the value", Type::flag, {}, "false"};
}

std::vector<ValueKind> straight_rows() {
    return {{"linear",
             "0 at worst, 1 at best, straight between, flat beyond: (x - worst) / (best - worst) (Rescale by Function: "
             "Linear, with minimum and maximum)",
             {measured("worst", "measurement worth 0"), measured("best", "measurement worth 1")},
             linear,
             "Keeney and Raiffa 1976",
             layers::Need::none,
             one_way()},
            {"symmetric linear",
             "1 halfway between minimum and maximum, straight down to 0 at both, 0 beyond: 1 - |2 x - minimum - "
             "maximum| / (maximum - minimum) (Rescale by Function: SymmetricLinear)",
             {measured("minimum", "measurement worth 0"), measured("maximum", "greater measurement worth 0")},
             symmetric_linear,
             "triangular membership, Zadeh 1965",
             layers::Need::none,
             {property::bounded}},
            {"step",
             "one value up to a limit, another from the limit on",
             {measured("at", "the limit; a measurement exactly there counts as above"),
              {"above", "value from the limit on", Type::number, {}, "1"},
              {"below", "value up to the limit", Type::number, {}, "0"}},
             step,
             "Boolean criterion, Eastman et al. 1995",
             layers::Need::none,
             one_way()}};
}

std::vector<ValueKind> threshold_rows() {
    const layers::Parameter lower = measured("lower", "measurement worth 0 (falling: 1), as all below");
    const layers::Parameter upper = measured("upper", "measurement worth 1 (falling: 0), as all above");
    return {{"exponential",
             "slowly first, then fast: exp((x - lower) / scale) between lower and upper, rescaled to 0..1, flat "
             "beyond (Rescale by Function: Exponential, with baseFactor = 1 / scale; inShift cancels out)",
             {lower,
              upper,
              {.name = "scale",
               .help = "grows e-fold over it; below 0: fast first (default: tenfold from lower to upper)",
               .type = Type::measurement,
               .optional = true},
              falling()},
             exponential_curve,
             "Kirkwood 1997",
             layers::Need::none,
             one_way()},
            {"logarithm",
             "fast first, then slowly: ln(x - shift) between lower and upper, rescaled to 0..1, flat beyond (Rescale "
             "by Function: Logarithm, with inShift = shift; factor cancels out)",
             {lower,
              upper,
              {.name = "shift",
               .help = "measurement below lower where the logarithm begins (default: that ln grows by 9, from 1 to 10)",
               .type = Type::measurement,
               .optional = true},
              falling()},
             logarithmic_curve,
             "Bernoulli 1738",
             layers::Need::none,
             one_way()},
            {"power",
             "(x - shift)^exponent between lower and upper, rescaled to 0..1, flat beyond (Rescale by Function: Power, "
             "with inShift = shift)",
             {lower,
              upper,
              {"exponent", "above 1: slowly first; below 1: fast first", Type::number},
              {.name = "shift",
               .help = "measurement where the power is 0 (default: lower)",
               .type = Type::measurement,
               .optional = true},
              falling()},
             power_curve,
             "Stevens 1957",
             layers::Need::none,
             one_way()}};
}

} // namespace

std::vector<ValueKind> shape_rows() {
    std::vector<ValueKind> rows;
    for (const auto& topic : {straight_rows(), threshold_rows()})
        rows.insert(rows.end(), topic.begin(), topic.end());
    return rows;
}

} // namespace zonerank::engine
