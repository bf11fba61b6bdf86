// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/properties.hpp"
#include "engine/methods/credibility.hpp"
#include "engine/methods/method_params.hpp"
#include "engine/methods/method_rows.hpp"
#include "engine/methods/outranking.hpp"
#include "engine/methods/promethee.hpp"

#include <fmt/format.h>

namespace zonerank::engine {

namespace {

using layers::Parameter;
using layers::Params;
using layers::Type;
using Criteria = std::span<const MatrixCriterion>;

const std::vector<std::pair<std::string_view, PreferenceShape>>& shapes() {
    using enum PreferenceShape;
    static const std::vector<std::pair<std::string_view, PreferenceShape>> table{
        {"usual", usual}, {"u-shape", u_shape}, {"v-shape", v_shape},
        {"level", level}, {"linear", linear},   {"gaussian", gaussian}};
    return table;
}

PreferenceShape shape_called(const std::string& name) {
    std::vector<std::string> known;
    for (const auto& [of, shape] : shapes()) {
        if (name == of)
            return shape;
        known.emplace_back(of);
    }
    throw Error("preference: {}", layers::unknown("preference function", name, known));
}

double needed(const std::optional<double>& limit, std::string_view parameter, std::string_view shape,
              const std::string& criterion) {
    if (!limit)
        throw Error("{}: '{}' has none, which its preference function {} needs", parameter, criterion, shape);
    return *limit;
}

Preference preference_of(const std::string& shape, const std::string& criterion, const std::optional<double>& q,
                         const std::optional<double>& p, const std::optional<double>& s) {
    using enum PreferenceShape;
    Preference preference{.shape = shape_called(shape)};
    const PreferenceShape of = preference.shape;
    if (of == u_shape || of == level || of == linear)
        preference.indifference = needed(q, "indifference", shape, criterion);
    if (of == v_shape || of == level || of == linear)
        preference.threshold = needed(p, "threshold", shape, criterion);
    if (of == gaussian)
        preference.spread = needed(s, "spread", shape, criterion);
    if ((of == level || of == linear || of == v_shape) && !(preference.indifference < preference.threshold))
        throw Error("threshold: '{}' has {:g}, which must be above its indifference {:g} (base units)", criterion,
                    preference.threshold, preference.indifference);
    if (of == gaussian && !(preference.spread > 0))
        throw Error("spread: '{}' has 0; it must be above", criterion);
    return preference;
}

Method make_promethee(const Params& params, Criteria criteria) {
    const Of of = read_of(params);
    const auto shape = read_each(params, "preference", criteria);
    const auto q = read_differences(params, "indifference", criteria, of);
    const auto p = read_differences(params, "threshold", criteria, of);
    const auto s = read_differences(params, "spread", criteria, of);
    std::vector<std::pair<std::string, Preference>> preferences;
    for (std::size_t j = 0; j < criteria.size(); ++j)
        preferences.emplace_back(criteria[j].name,
                                 preference_of(shape[j].value_or("usual"), criteria[j].name, q[j], p[j], s[j]));
    return method(
        params, "II, net flows as means over the other sites; I for the pairs that can't be compared",
        "sites are compared in pairs: how far a lead goes counts only as far as the preference function says",
        [preferences](const MethodInput& input) { return promethee(input, in_order_of(input, preferences)); });
}

std::string scaling_text(Of of) {
    return of == Of::values ? "values as they are" : "measurements over their sum";
}

Method make_electre_1(const Params& params, Criteria) {
    const double c = read_share(params, "concordance"), d = read_share(params, "discordance");
    const bool scaled = read_of(params) == Of::measurements;
    return method(
        params,
        fmt::format("{}; concordance from {:g}, discordance up to {:g} of the widest range; kernel with circles "
                    "as one",
                    scaling_text(read_of(params)), c, d),
        "it chooses, and doesn't rank: a great lack on one criterion can't be made good",
        [=](const MethodInput& input) { return electre_1(input, scaled, c, d); });
}

Method make_electre_2(const Params& params, Criteria) {
    const OutrankingLimits limits{.strong = read_share(params, "strong"),
                                  .middle = read_share(params, "middle"),
                                  .weak = read_share(params, "weak"),
                                  .wide = read_share(params, "wide"),
                                  .strict = read_share(params, "strict")};
    if (!(limits.strong >= limits.middle && limits.middle >= limits.weak))
        throw Error("strong, middle and weak must not rise, found {:g}, {:g}, {:g}", limits.strong, limits.middle,
                    limits.weak);
    if (!(limits.wide >= limits.strict))
        throw Error("strict: {:g} must not be above wide, {:g}", limits.strict, limits.wide);
    const bool scaled = read_of(params) == Of::measurements;
    return method(params,
                  fmt::format("{}; mean of the places from the top and from the bottom", scaling_text(read_of(params))),
                  "weights are votes for one site over another; a great lack on one criterion can't be made good",
                  [=](const MethodInput& input) { return electre_2(input, scaled, limits); });
}

PseudoCriterion pseudo_criterion(const std::string& name, double q, double p, const std::optional<double>& v) {
    PseudoCriterion result{.indifference = q, .preference = p};
    if (q > p)
        throw Error("threshold: '{}' has {:g}, which must not be below its indifference {:g} (base units)", name, p, q);
    if (v && *v <= p)
        throw Error("veto: '{}' has {:g}, which must be above its threshold {:g} (base units)", name, *v, p);
    result.veto = v.value_or(result.veto);
    return result;
}

Method make_electre_3(const Params& params, Criteria criteria) {
    const Of of = read_of(params);
    const auto q = read_differences(params, "indifference", criteria, of);
    const auto p = read_differences(params, "threshold", criteria, of);
    const auto v = read_differences(params, "veto", criteria, of);
    std::vector<std::pair<std::string, PseudoCriterion>> limits;
    for (std::size_t j = 0; j < criteria.size(); ++j)
        limits.emplace_back(criteria[j].name, pseudo_criterion(criteria[j].name, q[j].value_or(0),
                                                               p[j].value_or(q[j].value_or(0)), v[j]));
    return method(
        params,
        "credibility distilled with Roy's 0.3 - 0.15 of the cut; mean of the places from the top and from the bottom",
        "weights are votes; small differences count nothing, and a difference beyond `veto` can't be made good",
        [limits](const MethodInput& input) { return electre_3(input, in_order_of(input, limits)); });
}

Parameter each(std::string_view name, std::string_view help) {
    return {.name = name, .help = help, .type = Type::each, .optional = true};
}

} // namespace

std::vector<RankingMethodKind> outranking_rows() {
    return {
        row("promethee", "preferred to the other sites, pair by pair, more than they to it",
            {of_parameter(), each("preference", "usual, u-shape, v-shape, level, linear or gaussian (default: usual)"),
             each("indifference", "q: a lead up to it is none (u-shape, level, linear)"),
             each("threshold", "p: a lead from it on is whole (v-shape, level, linear)"),
             each("spread", "s of the Gaussian")},
            make_promethee, "Brans and Vincke 1985", {property::monotone}),
        row("electre 1", "the sites to choose among: no other outranks them (the kernel)",
            {of_parameter(), share("concordance", "weight of the criteria that have to agree", "0.65"),
             share("discordance", "how much better the other may be, of the widest range", "0.35")},
            make_electre_1, "Roy 1968", {}),
        row("electre 2", "outranked strongly or weakly by few, taken from the top and from the bottom",
            {of_parameter(), share("strong", "concordance of strong outranking", "0.65"),
             share("middle", "the same, with a strict discordance", "0.5"),
             share("weak", "concordance of weak outranking", "0.35"),
             share("wide", "discordance that strong and weak allow", "0.65"),
             share("strict", "discordance that middle allows", "0.35")},
            make_electre_2, "Roy and Bertier 1973; Gomes et al. 2004", {}),
        row("electre 3", "credibly at least as good as the others, distilled from the top and the bottom",
            {of_parameter(), each("indifference", "q: worse by no more is as good (default: 0)"),
             each("threshold", "p: worse by so much is not as good (default: q)"),
             each("veto", "v: worse by so much can't be made good (default: none)")},
            make_electre_3, "Roy 1978", {}),
    };
}

} // namespace zonerank::engine
