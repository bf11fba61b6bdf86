// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/lifted.hpp"
#include "engine/decision/properties.hpp"
#include "engine/decision/value_rows.hpp"

namespace zonerank::engine {

namespace {

using layers::Params;
using layers::Type;

ValueFunction half() {
    return each([](double) { return 0.5; });
}

ValueFunction stretch(const Params& p, const Measured& measured) {
    const double min = measured.facts.min, max = measured.facts.max;
    if (!(min < max))
        return half();
    return p.flag("falling") ? straight(max, min) : straight(min, max);
}

/// Where the curve of a mean-sd function begins, and how far on it is halfway.
struct Beginning {
    double start, spread;
};

Beginning beginning(const Params& p, const Facts& facts) {
    if (p.has("deviation"))
        positive(p, "deviation");
    const double mean = p.has("mean") ? p.number("mean") : facts.mean;
    const double deviation = p.has("deviation") ? p.number("deviation") : facts.deviation;
    return {p.number("means") * mean, positive(p, "deviations") * deviation};
}

/// How far beyond its beginning: 0 there, 1/2 a spread on, towards 1.
ZONERANK_INLINE inline double risen(double x, const Beginning& at) {
    const double beyond = x - at.start;
    return beyond > 0 ? 1 - at.spread / (beyond + at.spread) : 0;
}

ValueFunction mean_sd_large(const Params& p, const Measured& measured) {
    const Beginning at = beginning(p, measured.facts);
    return at.spread > 0 ? each([at](double x) ZONERANK_INLINE { return risen(x, at); }) : half();
}

ValueFunction mean_sd_small(const Params& p, const Measured& measured) {
    const Beginning at = beginning(p, measured.facts);
    return at.spread > 0 ? each([at](double x) ZONERANK_INLINE { return 1 - risen(x, at); }) : half();
}

std::vector<layers::Parameter> mean_sd_parameters() {
    return {{"means", "a: so many means the curve begins at", Type::number, {}, "1"},
            {"deviations", "b: so many standard deviations further it is 0.5", Type::number, {}, "1"},
            {.name = "mean", .help = "instead of the map's own", .type = Type::measurement, .optional = true},
            {.name = "deviation",
             .help = "standard deviation, instead of the map's own",
             .type = Type::measurement,
             .optional = true}};
}

} // namespace

std::vector<ValueKind> map_rows() {
    return {{"stretch",
             "from the map's lowest measurement (0) to its highest (1); 0.5 everywhere on a constant map; scores of "
             "two maps can't be compared",
             {{"falling", "more is worse", Type::flag, {}, "false"}},
             stretch,
             "score range procedure, Voogd 1983",
             layers::Need::facts,
             {property::monotone, property::bounded}},
            {"mean-sd large",
             "1 - b s / (x - a m + b s) above a m, 0 up to there, with the map's mean m and standard deviation s; "
             "towards 1 for large x; 0.5 everywhere on a constant map (Rescale by Function: MSLarge)",
             mean_sd_parameters(),
             mean_sd_large,
             "Raines, Sawatzky and Bonham-Carter 2010",
             layers::Need::facts,
             {property::monotone, property::bounded}},
            {"mean-sd small",
             "b s / (x - a m + b s) above a m, 1 up to there, with the map's mean m and standard deviation s; towards "
             "0 for large x; 0.5 everywhere on a constant map (Rescale by Function: MSSmall)",
             mean_sd_parameters(),
             mean_sd_small,
             "Raines, Sawatzky and Bonham-Carter 2010",
             layers::Need::facts,
             {property::monotone, property::bounded}}};
}

} // namespace zonerank::engine
