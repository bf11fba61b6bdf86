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

ValueFunction logistic(const Params& p, const Measured&) {
    const double midpoint = p.number("midpoint");
    const double spread = p.flag("falling") ? -positive(p, "spread") : positive(p, "spread");
    return each([=](double x) ZONERANK_INLINE { return 1 / (1 + exponential(-(x - midpoint) / spread)); });
}

/// Through `intercept` at the minimum and the rest of 100 % at the maximum.
ValueFunction logistic_through(const Params& p, double least, double most) {
    const Way range = way(p, "minimum", "maximum");
    const double intercept = p.number("intercept");
    if (!(intercept > least && intercept < most))
        throw Error("'intercept' is {:g} %; it must lie between {:g} and {:g} %", intercept, least, most);
    const double steepness = std::log(intercept / (100 - intercept));
    return each([=](double x) ZONERANK_INLINE { return 1 / (1 + exponential(steepness * (2 * range.open(x) - 1))); });
}

ValueFunction logistic_growth(const Params& p, const Measured&) {
    return logistic_through(p, 0, 50);
}

ValueFunction logistic_decay(const Params& p, const Measured&) {
    return logistic_through(p, 50, 100);
}

ValueFunction gaussian(const Params& p, const Measured&) {
    return each([ideal = p.number("ideal"), spread = positive(p, "spread")](double x) ZONERANK_INLINE {
        const double z = (x - ideal) / spread;
        return exponential(-0.5 * z * z);
    });
}

ValueFunction near(const Params& p, const Measured&) {
    return each([ideal = p.number("ideal"), spread = positive(p, "spread")](double x) ZONERANK_INLINE {
        const double z = (x - ideal) / spread;
        return 1 / (1 + z * z);
    });
}

/// 1 / (1 + (x / midpoint)^exponent), where below 0 is as 0.
ValueFunction by_ratio(double midpoint, double exponent) {
    return each([=](double x) ZONERANK_INLINE {
        const double ratio = x / midpoint;
        const double bounded = ratio < 1e-300 ? 1e-300 : ratio > 1e300 ? 1e300 : ratio;
        const double at_zero = exponent > 0 ? 1 : 0;
        return ratio > 0 ? 1 / (1 + exponential(exponent * rasters::logarithm(bounded))) : at_zero;
    });
}

ValueFunction large(const Params& p, const Measured&) {
    return by_ratio(positive(p, "midpoint"), -positive(p, "steepness"));
}

ValueFunction small(const Params& p, const Measured&) {
    return by_ratio(positive(p, "midpoint"), positive(p, "steepness"));
}

std::vector<ValueKind> logistic_and_ratio_rows() {
    const layers::Parameter steepness{"steepness", "exponent: the larger, the steeper", Type::number, {}, "5"};
    const layers::Parameter from = measured("minimum", "where the curve begins"),
                            to = measured("maximum", "where it ends, worth 100 % less the intercept");
    return {{"logistic",
             "S-shaped, 0.5 at the midpoint, towards 0 and 1 far off: 1 / (1 + exp(-(x - midpoint) / spread))",
             {measured("midpoint", "measurement worth 0.5"),
              measured("spread", "how far from the midpoint the value is 0.73 or 0.27"),
              {"falling", "more is worse", Type::flag, {}, "false"}},
             logistic,
             "Verhulst 1845",
             layers::Need::none,
             one_way()},
            {"logistic growth",
             "S-shaped, rising, towards 0 and 1 beyond: 1 / (1 + (100 / c - 1)^(1 - 2 t)) with t = (x - minimum) / "
             "(maximum - minimum), intercept c % (Rescale by Function: LogisticGrowth, not stretched to the map)",
             {from, to, {"intercept", "value at the minimum", Type::quantity, layers::Dimension::percent, "1 %"}},
             logistic_growth,
             "Verhulst 1845",
             layers::Need::none,
             one_way()},
            {"logistic decay",
             "S-shaped, falling, towards 1 and 0 beyond: 1 / (1 + (100 / c - 1)^(1 - 2 t)) with t = (x - minimum) / "
             "(maximum - minimum), intercept c % (Rescale by Function: LogisticDecay, not stretched to the map)",
             {from, to, {"intercept", "value at the minimum", Type::quantity, layers::Dimension::percent, "99 %"}},
             logistic_decay,
             "Verhulst 1845",
             layers::Need::none,
             one_way()},
            {"large",
             "S-shaped, more is better: 1 / (1 + (x / midpoint)^-steepness), towards 1; 0 from 0 down (Rescale by "
             "Function: Large, with spread = steepness)",
             {measured("midpoint", "measurement worth 0.5, above 0"), steepness},
             large,
             "Tsoukalas and Uhrig 1997",
             layers::Need::none,
             one_way()},
            {"small",
             "S-shaped, less is better: 1 / (1 + (x / midpoint)^steepness), towards 0; 1 from 0 down (Rescale by "
             "Function: Small, with spread = steepness)",
             {measured("midpoint", "measurement worth 0.5, above 0"), steepness},
             small,
             "Tsoukalas and Uhrig 1997",
             layers::Need::none,
             one_way()}};
}

std::vector<ValueKind> bell_rows() {
    return {
        {"gaussian",
         "1 at the ideal, falling on both sides towards 0: exp(-((x - ideal) / spread)^2 / 2) (Rescale by "
         "Function: Gaussian, with its spread = 1 / (2 spread^2))",
         {measured("ideal", "measurement worth 1"), measured("spread", "standard deviation: from the ideal to 0.61")},
         gaussian,
         "Gauss 1809",
         layers::Need::none,
         {property::bounded}},
        {"near",
         "1 at the ideal, falling on both sides, slower than gaussian far off, towards 0: 1 / (1 + ((x - ideal) / "
         "spread)^2) (Rescale by Function: Near, with its spread = 1 / spread^2)",
         {measured("ideal", "measurement worth 1"), measured("spread", "from the ideal to 0.5")},
         near,
         "Tsoukalas and Uhrig 1997",
         layers::Need::none,
         {property::bounded}}};
}

} // namespace

std::vector<ValueKind> sigmoid_rows() {
    std::vector<ValueKind> rows = logistic_and_ratio_rows();
    for (ValueKind& row : bell_rows())
        rows.push_back(std::move(row));
    return rows;
}

} // namespace zonerank::engine
