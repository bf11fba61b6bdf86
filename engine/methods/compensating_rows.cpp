// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/properties.hpp"
#include "engine/methods/compromise.hpp"
#include "engine/methods/distance_points.hpp"
#include "engine/methods/method_params.hpp"
#include "engine/methods/method_rows.hpp"
#include "engine/methods/weighted_means.hpp"

#include <fmt/format.h>

namespace zonerank::engine {

namespace {

using layers::Parameter;
using layers::Params;
using layers::Type;
using Criteria = std::span<const MatrixCriterion>;

Method make_sum(const Params& params, Criteria) {
    return method(params, "on the values, all criteria at once",
                  "what a site lacks on one criterion, others make good in full", weighted_sum);
}

Method make_product(const Params& params, Criteria) {
    return method(params, "on the values, all criteria at once",
                  "others make good what a site lacks, but less and less; a value of 0 can't be made good",
                  weighted_product);
}

Method make_waspas(const Params& params, Criteria) {
    const double sum = read_share(params, "sum");
    return method(params, fmt::format("on the values: {:g} of the weighted sum, the rest of the product", sum),
                  "between those of the weighted sum and product",
                  [sum](const MethodInput& input) { return waspas(input, sum); });
}

Method make_topsis(const Params& params, Criteria) {
    const std::string& name = params.text("normalisation");
    const Normalisation normalisation = name == "vector"   ? Normalisation::vector
                                        : name == "minmax" ? Normalisation::minmax
                                                           : Normalisation::none;
    return method(params,
                  fmt::format("normalisation {}; ideal and anti-ideal are the best and worst of these sites", name),
                  "nearness to the best site on paper is what counts, and what a site lacks can be made good",
                  [normalisation](const MethodInput& input) { return topsis(input, normalisation); });
}

Method make_vikor(const Params& params, Criteria) {
    const double v = read_share(params, "v");
    return method(params, fmt::format("v = {:g}; regrets over the range of these sites", v),
                  "one great regret weighs as a verdict of its own beside the sum of all",
                  [v](const MethodInput& input) { return vikor(input, v); });
}

Method make_codas(const Params& params, Criteria) {
    const double threshold = read_share(params, "threshold");
    return method(params, fmt::format("shares of the best, threshold {:g}", threshold),
                  "farness from the worst site on paper is what counts; measurements have a true 0",
                  [threshold](const MethodInput& input) { return codas(input, threshold); });
}

Method make_marcos(const Params& params, Criteria) {
    return method(params, "shares of the best; ideal and anti-ideal are the best and worst of these sites",
                  "what a site lacks can be made good in full; measurements have a true 0", marcos);
}

Parameter normalisation() {
    return {.name = "normalisation",
            .help = "vector: over the root of the sum of squares; minmax: 0 at the worst site, 1 at the best; none: as "
                    "they are, for values",
            .type = Type::choice,
            .fallback = "vector",
            .choices = "vector, minmax, none"};
}

} // namespace

std::vector<RankingMethodKind> compensating_rows() {
    using namespace property;
    const std::vector<std::string_view> mean{monotone, idempotent, bounded, independent};
    return {
        row("weighted sum", "mean of the values by weight", {}, make_sum, "MacCrimmon 1968", mean),
        row("weighted product", "geometric mean of the values by weight", {}, make_product, "Bridgman 1922", mean),
        row("waspas", "part of the weighted sum, the rest of the weighted product",
            {share("sum", "the weighted sum's part, 0 to 1", "0.5")}, make_waspas, "Zavadskas et al. 2012", mean),
        row("topsis", "near the best of all sites on each criterion, and far from the worst",
            {of_parameter(), normalisation()}, make_topsis, "Hwang and Yoon 1981; Opricovic and Tzeng 2004",
            {monotone}),
        row("vikor", "least regret, of the majority of criteria and of the worst one",
            {of_parameter(), share("v", "the part of the majority, 0 to 1", "0.5")}, make_vikor,
            "Opricovic and Tzeng 2004", {}),
        row("codas", "far from the worst of all sites on each criterion",
            {of_parameter(), share("threshold", "distances nearer to each other are equal", "0.02")}, make_codas,
            "Keshavarz Ghorabaee et al. 2016", {}),
        row("marcos", "useful between an anti-ideal and an ideal site", {of_parameter()}, make_marcos,
            "Stević et al. 2020", {monotone}),
    };
}

} // namespace zonerank::engine
