// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/aggregation.hpp"

#include "engine/decision/fuzzy_operators.hpp"
#include "engine/decision/ideal_distance.hpp"
#include "engine/decision/means.hpp"
#include "engine/decision/owa.hpp"
#include "engine/decision/properties.hpp"

namespace zonerank::engine {

namespace {

using layers::Parameter;
using layers::Params;
using layers::Type;
using namespace property;

/// A group of one has no order, whatever the study's one choice says of larger groups.
OrderWeights given_order(std::span<const double> low_to_high, const Membership& group) {
    std::vector<std::string> names;
    for (const Member& member : group.members)
        names.push_back(member.name);
    const OrderWeights weights = in_context("order weights", [&] { return OrderWeights::of(low_to_high); });
    if (group.shared && names.size() == 1)
        return weights.resized(1);
    if (weights.size() != names.size())
        throw Error("order weights: {} given, and there are {} members to order ({}){}", weights.size(), names.size(),
                    fmt::join(names, ", "), group.shared ? "; give each theme an `aggregate` of its own" : "");
    return weights;
}

template <OwaRule rule>
Aggregation make_owa(const Params& p, const Membership& group) {
    if (p.has("order weights") == p.has("risk"))
        throw Error("{}", p.has("risk") ? "'order weights' and 'risk' say the same; give one of them"
                                        : "give 'order weights', from the lowest value to the highest, or 'risk', from "
                                          "0 (averse) over 0.5 (the weighted mean) to 1");
    if (p.has("order weights"))
        return owa(rule, given_order(p.numbers("order weights"), group));
    return in_context("risk", [&] { return owa_of_risk(rule, p.number("risk"), group.members.size()); });
}

std::vector<IdealPoint> points_of(const Params& p, const Membership& group) {
    return ideal_points(p.named("ideal"), p.named("anti-ideal"), group);
}

Aggregation make_norm(const Params& p, const Membership&) {
    const NormFamily family = norm_family(p.text("family"));
    const bool either = p.text("of") == "or";
    Aggregation aggregation = either ? t_conorm(family) : t_norm(family);
    aggregation.summary = fmt::format("fuzzy {}, {} of the {} family", either ? "OR" : "AND",
                                      either ? "t-conorm" : "t-norm", p.text("family"));
    aggregation.numbers = {{"family", p.text("family")}, {"of", p.text("of")}};
    return aggregation;
}

template <Aggregation (*make)()>
Aggregation plain(const Params&, const Membership&) {
    return make();
}

std::vector<Parameter> order_parameters() {
    return {{.name = "order weights",
             .help = "how much the lowest value counts, the second lowest ... the highest: [0.5, 0.3, 0.2]",
             .type = Type::numbers,
             .optional = true},
            {.name = "risk",
             .help = "instead of them: 0 averse, as the minimum; 0.5 the weighted mean; 1 as the maximum",
             .type = Type::number,
             .optional = true}};
}

std::vector<Parameter> point_parameters() {
    return {{.name = "ideal",
             .help = "for some members, what is as good as can be, in units: {power: 0 km} (default: the value 1)",
             .type = Type::named,
             .optional = true},
            {.name = "anti-ideal",
             .help = "the same of what is as bad as can be (default: the value 0)",
             .type = Type::named,
             .optional = true}};
}

std::vector<Parameter> compromise_parameters() {
    std::vector<Parameter> parameters = point_parameters();
    parameters.insert(parameters.begin(),
                      {"p", "1: shortfalls add up; 2: the straight line; up to 100 or inf: the worst alone", Type::text,
                       layers::Dimension::number, "2"});
    return parameters;
}

const std::vector<std::string_view> a_mean{monotone, idempotent, bounded, independent};
const std::vector<std::string_view> no_mean{monotone, independent};
const std::vector<std::string_view> by_places{idempotent, bounded, independent};

AggregationKind row(std::string_view name, std::string_view summary, std::vector<Parameter> parameters,
                    Aggregation (*make)(const Params&, const Membership&), std::string_view source,
                    const std::vector<std::string_view>& properties) {
    return {name, summary, std::move(parameters), make, source, layers::Need::none, properties};
}

std::vector<AggregationKind> mean_rows() {
    return {
        row("weighted sum", "good criteria make up for bad ones: sum of weight x value", {}, plain<weighted_sum>,
            "Fishburn 1967", a_mean),
        row("weighted product", "one bad criterion pulls the whole down, a 0 to 0: product of value ^ weight", {},
            plain<weighted_product>, "Bridgman 1922", a_mean),
        row(
            "waspas", "between weighted sum and weighted product: lambda x sum + (1 - lambda) x product",
            {{"lambda", "the sum's share, 0 to 1", Type::number, {}, "0.5"}},
            [](const Params& p, const Membership&) { return waspas(p.number("lambda")); },
            "Zavadskas, Turskis, Antucheviciene and Zakarevicius 2012", a_mean),
        row("minimum",
            "as good as the worst criterion; a weight only says whether a criterion counts (above 0) or not (0)", {},
            plain<minimum>, "Bellman and Zadeh 1970", a_mean),
        row("maximum",
            "as good as the best criterion; a weight only says whether a criterion counts (above 0) or not (0)", {},
            plain<maximum>, "Zadeh 1965", a_mean),
    };
}

std::vector<AggregationKind> order_rows() {
    return {
        row("owa",
            "a weight for each place from the lowest value to the highest, times the criterion's own, scaled to 1; "
            "equal values share their places",
            order_parameters(), make_owa<OwaRule::product>,
            "ordered weighted averaging, Yager 1988; so in GIS, "
            "Malczewski 1999",
            by_places),
        row("owa quantifier",
            "the places' weights as a curve, which the criteria's own weights, summed from the best value on, run "
            "through; of the three rules the one where a better value never harms",
            order_parameters(), make_owa<OwaRule::quantifier>, "quantifier-guided aggregation, Yager 1996", a_mean),
        row("owa terrset",
            "as `owa`, after the criteria's own weights are drawn to equal ones, the more the less trade-off the "
            "places' weights leave: t w + (1 - t) / n",
            order_parameters(), make_owa<OwaRule::relaxed>, "MCE of Idrisi and TerrSet, Jiang and Eastman 2000",
            by_places),
    };
}

std::vector<AggregationKind> fuzzy_rows() {
    return {
        row("fuzzy and", "the least value; a weight only says whether a criterion counts", {}, plain<minimum>,
            "Zadeh 1965", a_mean),
        row("fuzzy or", "the greatest value; a weight only says whether a criterion counts", {}, plain<maximum>,
            "Zadeh 1965", a_mean),
        row("fuzzy product", "all values multiplied, at most the least; a weight only says whether a criterion counts",
            {}, plain<fuzzy_product>, "An, Moon and Rencz 1991", no_mean),
        row("fuzzy sum",
            "1 - product of (1 - value), at least the greatest; a weight only says whether a criterion counts", {},
            plain<fuzzy_sum>, "An, Moon and Rencz 1991", no_mean),
        row(
            "fuzzy gamma",
            "fuzzy sum ^ gamma x fuzzy product ^ (1 - gamma); a weight only says whether a criterion counts",
            {{"gamma", "0: fuzzy product; 1: fuzzy sum", Type::number, {}, "0.9"}},
            [](const Params& p, const Membership&) { return fuzzy_gamma(p.number("gamma")); },
            "Zimmermann and Zysno 1980; An, Moon and Rencz 1991", no_mean),
        row("t-norm", "fuzzy AND or OR of another family; a weight only says whether a criterion counts",
            {{.name = "family",
              .help = "how two values are taken together",
              .type = Type::choice,
              .choices = "zadeh, product, lukasiewicz, drastic, fodor, hamacher"},
             {.name = "of", .help = "and, or its dual", .type = Type::choice, .fallback = "and", .choices = "and, or"}},
            make_norm, "Klement, Mesiar and Pap 2000; the families of r.fuzzy.logic, Jasiewicz 2011", no_mean),
    };
}

std::vector<AggregationKind> distance_rows() {
    return {
        row(
            "topsis",
            "how much nearer to the anti-ideal than to the ideal, or the other way, by weighted Euclidean distance; "
            "without points given it is also idempotent and bounded",
            point_parameters(), [](const Params& p, const Membership& group) { return topsis(points_of(p, group)); },
            "Hwang and Yoon 1981, between fixed points", no_mean),
        row(
            "compromise",
            "1 - weighted distance to the ideal, of the greatest there can be; without points given it is also "
            "idempotent and bounded",
            compromise_parameters(),
            [](const Params& p, const Membership& group) {
                return compromise(points_of(p, group), in_context("p", [&] { return parse_power(p.text("p")); }));
            },
            "Yu 1973, Zeleny 1973", no_mean),
    };
}

std::vector<AggregationKind> all_rows() {
    std::vector<AggregationKind> rows;
    for (const auto& some : {mean_rows(), order_rows(), fuzzy_rows(), distance_rows()})
        rows.insert(rows.end(), some.begin(), some.end());
    return rows;
}

} // namespace

std::span<const AggregationKind> aggregations() {
    static const std::vector<AggregationKind> rows = all_rows();
    return rows;
}

} // namespace zonerank::engine
