// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/weights.hpp"

#include "engine/decision/properties.hpp"
#include "engine/weights/ahp_weights.hpp"
#include "engine/weights/best_worst.hpp"
#include "engine/weights/partial_weights.hpp"
#include "engine/weights/rated_weights.hpp"
#include "engine/weights/site_weights.hpp"

#include <cmath>

namespace zonerank::engine {

Weights Weights::of(std::span<const double> raw) {
    double total = 0;
    for (const double weight : raw) {
        if (!(weight >= 0))
            throw Error("a weight is {:g}; weights must not be negative", weight);
        total += weight;
    }
    if (total == 0)
        throw Error("all weights are 0");
    if (std::isinf(total))
        throw Error("the weights are too large to add up");
    std::vector<double> values(raw.begin(), raw.end());
    if (std::abs(total - 1) > 1e-12)
        for (double& value : values)
            value /= total;
    return Weights(std::move(values));
}

Weights Weights::equal(std::size_t count) {
    return count == 0 ? Weights() : of(std::vector<double>(count, 1.0));
}

namespace {

using layers::Need;
using layers::Parameter;
using layers::Type;

Parameter by_name(std::string_view help) {
    return {"*", help, Type::categories};
}

Parameter ranking() {
    return {"*", "all names, most important first; those that tie in a list of their own", Type::names};
}

std::vector<Parameter> of_numbers() {
    return {{"of",
             "what of the sites is weighed by; for themes it is values",
             Type::choice,
             layers::Dimension::number,
             {},
             true,
             "measurements, values"}};
}

std::vector<std::string_view> alone() {
    return {property::independent};
}

/// Of what people say of each name.
std::vector<WeightingKind> rated_rows() {
    return {{"direct",
             "a weight for each name, on any scale: {power: 30, highway: 20}",
             {by_name("each name: a number, or all of them percentages")},
             direct_weights,
             "Edwards 1977",
             Need::none,
             alone()},
            {"equal", "all count the same", {}, equal_weights, "Dawes and Corrigan 1974", Need::none, alone()},
            {"points",
             "100 points shared out: {power: 45, highway: 35, rail: 20}",
             {by_name("each name: its points")},
             point_weights,
             "Metfessel 1947",
             Need::none,
             alone()},
            {"swing",
             "what going from the worst to the best is worth: the most important swing 100, the others parts of it: "
             "{power: 100, highway: 60}",
             {by_name("each name: its swing")},
             swing_weights,
             "von Winterfeldt and Edwards 1986",
             Need::none,
             alone()},
            {"rank order centroid",
             "from an order of importance, the mean of all weights of that order: [power, highway, [rail, port]]",
             {ranking()},
             rank_order_centroid,
             "Barron and Barrett 1996",
             Need::none,
             alone()},
            {"rank sum",
             "from an order of importance, in equal steps: [power, highway, rail]",
             {ranking()},
             rank_sum,
             "Stillwell, Seaver and Edwards 1981",
             Need::none,
             alone()},
            {"rank reciprocal",
             "from an order of importance, as 1, 1/2, 1/3 ...: [power, highway, rail]",
             {ranking()},
             rank_reciprocal,
             "Stillwell, Seaver and Edwards 1981",
             Need::none,
             alone()}};
}

/// Of judgements of pairs.
std::vector<WeightingKind> compared_rows() {
    return {
        {"ahp",
         "from judgements of pairs: {power vs highway: 2}, {matrix: [[1, 2], [1/2, 1]], of: [power, highway]} or "
         "{csv: file}; pairs may be missing; several people: {people: {Planner: {power vs highway: 2}, ...}}",
         {by_name("each pair: how many times more the first matters than the second; beside them `method`: eigenvector "
                  "(default), geometric mean or column mean; with `people`, `by`: judgements (default) or priorities, "
                  "and `importance`: a weight for each person")},
         ahp_weights,
         "Saaty 1980; missing pairs: Bozoki, Fulop and Ronyai 2010; people: Forman and Peniwati 1998",
         Need::none,
         alone()},
        {"best worst",
         "from judgements against the best and the worst alone: {best: power, worst: rail, best to others: {highway: "
         "2, rail: 8}, others to worst: {power: 8, highway: 4}}",
         {{"best", "the most important name", Type::text},
          {"worst", "the least important name", Type::text},
          {"best to others", "each other name: how many times more the best matters", Type::categories},
          {"others to worst", "each other name: how many times more it matters than the worst", Type::categories},
          {"variant", "linear: one answer; nonlinear: middles of the ranges of answers", Type::choice,
           layers::Dimension::number, "linear", false, "linear, nonlinear"}},
         best_worst_weights,
         "Rezaei 2015 (nonlinear), 2016 (linear); consistency: Liang, Brunelli and Rezaei 2020",
         Need::none,
         alone()}};
}

/// Of what is certain of them alone.
std::vector<WeightingKind> partial_rows() {
    return {
        {"fixed",
         "recorded weights again, or an interval each: {power: 0.31, highway: 0.69}, {power: 25..35 %, ...}",
         {by_name("each name: its share, or an interval of it")},
         fixed_weights,
         "weights in intervals: Steuer 1976",
         Need::none,
         alone()},
        {"order",
         "from an order, which may leave some open: [power, highway], [power > highway, power > rail]: the mean of all "
         "weights that keep it",
         {{"*", "names, most important first, or statements such as power > highway", Type::names}},
         order_weights,
         "Barron 1992",
         Need::none,
         alone()}};
}

/// Of the sites, once they are measured.
std::vector<WeightingKind> site_rows() {
    return {{"entropy",
             "by how unevenly the sites share each criterion",
             of_numbers(),
             weigh_by_entropy,
             "Shannon 1948; Hwang and Yoon 1981",
             Need::facts,
             {}},
            {"standard deviation",
             "by how far apart the sites are, between the worst and the best",
             of_numbers(),
             weigh_by_deviation,
             "Diakoulaki, Mavrotas and Papayannakis 1995",
             Need::facts,
             {}},
            {"critic",
             "by how far apart the sites are, times conflict with the other criteria",
             of_numbers(),
             weigh_by_critic,
             "Diakoulaki, Mavrotas and Papayannakis 1995",
             Need::facts,
             {}},
            {"merec",
             "by what leaving the criterion out changes",
             of_numbers(),
             weigh_by_merec,
             "Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis and Antucheviciene 2021",
             Need::facts,
             {}},
            {"cilos",
             "by how little is lost of the criterion where others are at their best",
             of_numbers(),
             weigh_by_cilos,
             "Zavadskas and Podvezko 2016",
             Need::facts,
             {}},
            {"idocriw",
             "entropy's weights times those of cilos",
             of_numbers(),
             weigh_by_idocriw,
             "Zavadskas and Podvezko 2016",
             Need::facts,
             {}}};
}

} // namespace

std::span<const WeightingKind> weighting_methods() {
    static const std::vector<WeightingKind> kinds = [] {
        std::vector<WeightingKind> all;
        for (const auto& topic : {rated_rows(), compared_rows(), partial_rows(), site_rows()})
            all.insert(all.end(), topic.begin(), topic.end());
        return all;
    }();
    return kinds;
}

} // namespace zonerank::engine
