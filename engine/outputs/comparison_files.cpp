// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/comparison_files.hpp"

#include "engine/decision/properties.hpp"
#include "engine/outputs/figures.hpp"
#include "engine/text/escape.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iterator>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;

namespace {

constexpr int digits = 12; ///< of figures: what is beyond is rounding

std::string cell(double value) {
    return csv_figure(value, digits);
}

std::string cell(const std::optional<double>& value) {
    return value ? cell(*value) : "";
}

Json number(const std::optional<double>& value) {
    return value ? json_figure(*value, digits) : Json();
}

Json numbers(const std::vector<double>& values) {
    Json list = Json::array();
    for (const double value : values)
        list.push_back(json_figure(value, digits));
    return list;
}

/// PROMETHEE I's relations are words, all else is numbers.
std::string pair_cell(const PairFigures& pairs, std::size_t at) {
    const double value = pairs.values[at];
    if (pairs.name != "relation")
        return cell(value);
    return value == 1 ? "outranks" : value == 0.5 ? "indifferent" : value == 0 ? "outranked" : "incomparable";
}

/// The tables of pairs of all methods, each with its column's name.
std::vector<std::pair<std::string, const PairFigures*>> pair_tables(const Comparison& comparison) {
    std::vector<std::pair<std::string, const PairFigures*>> tables;
    for (const Contested* method : comparison.ranked())
        for (const PairFigures& pairs : method->outcome->pairs)
            tables.emplace_back(method->contestant.label + " " + pairs.name, &pairs);
    return tables;
}

Json lacked(const RankingMethodKind& kind) {
    Json list = Json::array();
    for (const std::string_view word : {property::monotone, property::independent})
        if (std::ranges::find(kind.properties, word) == kind.properties.end())
            list.push_back(word);
    return list;
}

void describe(const Contestant& contestant, Json& json) {
    const Method& method = contestant.method;
    json["variant"] = method.variant;
    if (!contestant.kind)
        return;
    json["method"] = contestant.kind->name;
    json["source"] = contestant.kind->source;
    json["of"] = method.of == Of::values ? "values" : "measurements";
    json["parameters"] = Json::object();
    for (const auto& [name, value] : method.parameters)
        json["parameters"][name] = value;
    json["assumes"] = method.assumes;
    json["properties"] = contestant.kind->properties;
    json["lacks"] = lacked(*contestant.kind);
}

Json outcome_json(const Outcome& outcome) {
    Json json{{"figure", outcome.figure},
              {"better", outcome.more_is_better ? "more" : "less"},
              {"figures", numbers(outcome.figures)},
              {"ranks", outcome.ranks}};
    for (const SiteFigures& more : outcome.more)
        json["more"][more.name] = numbers(more.values);
    json["remarks"] = outcome.remarks;
    return json;
}

/// Null where it wasn't tried.
Json reversals_json(const Contested& contested, const Comparison& comparison) {
    if (!comparison.tried_reversals)
        return nullptr;
    Json all = Json::array();
    for (const Reversal& reversal : contested.reversals)
        all.push_back({{"without", comparison.sites[reversal.without]},
                       {"ahead", comparison.sites[reversal.ahead]},
                       {"behind", comparison.sites[reversal.behind]}});
    return all;
}

Json method_json(const Contested& contested, const Comparison& comparison) {
    Json json{{"label", contested.contestant.label}};
    describe(contested.contestant, json);
    if (!contested.outcome) {
        json["left_out"] = contested.left_out;
        return json;
    }
    json.update(outcome_json(*contested.outcome));
    if (contested.contestant.kind)
        json["reversals"] = reversals_json(contested, comparison);
    return json;
}

} // namespace

std::string ranks_csv(const Comparison& comparison) {
    const auto ranked = comparison.ranked();
    const std::vector<RankRange> ranges = rank_ranges(comparison);
    std::string text = "site,best_rank,worst_rank,spread";
    for (const Contested* method : ranked)
        text += fmt::format(",{},{}", csv_field(method->contestant.label + " rank"),
                            csv_field(method->contestant.label + " " + method->outcome->figure));
    text += "\n";
    for (std::size_t i = 0; i < comparison.sites.size(); ++i) {
        fmt::format_to(std::back_inserter(text), "{},{},{},{}", csv_field(comparison.sites[i]), ranges[i].best,
                       ranges[i].worst, ranges[i].worst - ranges[i].best);
        for (const Contested* method : ranked)
            fmt::format_to(std::back_inserter(text), ",{},{}", method->outcome->ranks[i],
                           cell(method->outcome->figures[i]));
        text += "\n";
    }
    return text;
}

std::string agreement_csv(const Comparison& comparison, std::span<const Pairing> pairings) {
    const auto ranked = comparison.ranked();
    std::string text = "method_a,method_b,kendall,spearman,weighted_kendall\n";
    for (const Pairing& p : pairings)
        text +=
            fmt::format("{},{},{},{},{}\n", csv_field(ranked[p.a]->contestant.label),
                        csv_field(ranked[p.b]->contestant.label), cell(p.kendall), cell(p.spearman), cell(p.weighted));
    return text;
}

std::string pairs_csv(const Comparison& comparison) {
    const auto tables = pair_tables(comparison);
    const std::size_t n = tables.empty() ? 0 : comparison.sites.size();
    std::string text = "site_a,site_b";
    for (const auto& [name, pairs] : tables)
        text += "," + csv_field(name);
    text += "\n";
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b) {
            if (a == b)
                continue;
            text += csv_field(comparison.sites[a]) + "," + csv_field(comparison.sites[b]);
            for (const auto& [name, pairs] : tables)
                text += "," + pair_cell(*pairs, a * n + b);
            text += "\n";
        }
    return text;
}

std::string comparison_json(const Comparison& comparison, std::span<const Pairing> pairings) {
    const auto ranked = comparison.ranked();
    Json root{{"sites", comparison.sites}, {"methods", Json::array()}, {"agreement", Json::array()}};
    for (const Contested& method : comparison.methods)
        root["methods"].push_back(method_json(method, comparison));
    for (const Pairing& p : pairings)
        root["agreement"].push_back({{"a", ranked[p.a]->contestant.label},
                                     {"b", ranked[p.b]->contestant.label},
                                     {"kendall", number(p.kendall)},
                                     {"spearman", number(p.spearman)},
                                     {"weighted_kendall", number(p.weighted)}});
    root["agreement_source"] = "Kendall 1938 (tau-b); Spearman 1904; Vigna 2015 (hyperbolic weights)";
    root["pairs_told_up_to"] = most_pairs_told;
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace zonerank::engine
