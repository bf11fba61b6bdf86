// SPDX-License-Identifier: Apache-2.0
#include "engine/study/stability.hpp"

#include "engine/study/reading.hpp"
#include "engine/study/study_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace zonerank::engine {

using layers::Node;
using layers::Parameter;
using layers::Problems;
using layers::Type;

namespace {

using Names = std::span<const std::string>;
using Given = std::span<const double>;

void check_bare(const Node& body, std::string_view kind) {
    if (!body.is_empty())
        throw Error("{} takes no parameters", kind);
}

std::size_t weighted(const std::string& name, Names names, Given given) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
        throw Error("{}", layers::unknown("criterion", name, std::vector(names.begin(), names.end())));
    const auto i = static_cast<std::size_t>(found - names.begin());
    if (!(given[i] > 0))
        throw Error("'{}' has no weight in the study", name);
    return i;
}

/// A share of 0..100 %, as 0..1.
double share_of(const std::string& text) {
    const double share = layers::convert(layers::parse_quantity(text), layers::unit_called("%")) / 100;
    if (!(share >= 0 && share <= 1))
        throw Error("expected 0 to 100 %, found '{}'", layers::excerpt(text));
    return share;
}

/// "20..40 %", "20 %..40 %", "30 %".
WeightRange range_of(const Node& node) {
    const std::string& text = scalar_text(node);
    const std::size_t dots = text.find("..");
    if (dots == text.npos)
        return {share_of(text), share_of(text)};
    std::string from = text.substr(0, dots);
    if (from.find('%') == from.npos)
        from += " %";
    const WeightRange range{share_of(from), share_of(text.substr(dots + 2))};
    if (range.least > range.most)
        throw Error("the range {} runs backwards", layers::excerpt(text));
    return range;
}

WeightSpace make_uniform(const Node& body, Names, Given given) {
    check_bare(body, "uniform");
    return WeightSpace::uniform(given);
}

// Those that are named weigh most, by their order; the rest less, in any order.
WeightSpace make_ordinal(const Node& body, Names names, Given given) {
    if (body.is_empty())
        return WeightSpace::ordinal(given);
    if (!body.is_list())
        throw Error("ordinal: expected a list of criteria, the one that matters most first, found {}",
                    body.kind_name());
    std::vector<double> order;
    for (const double weight : given)
        order.push_back(weight > 0 ? 1 : 0);
    double place = static_cast<double>(body.items.size()) + 1;
    for (const Node& item : body.items) {
        double& weight = order[weighted(scalar_text(item), names, given)];
        if (weight > 1)
            throw Error("ordinal: '{}' is named twice", item.text);
        weight = place--;
    }
    return WeightSpace::ordinal(order);
}

WeightSpace make_intervals(const Node& body, Names names, Given given) {
    if (!body.is_map() || body.entries.empty())
        throw Error("intervals: expected {{within: 20 %}}, of each weight, or ranges such as {{power: 20..40 %}}");
    std::vector<WeightRange> ranges;
    const Node* within = body.find("within");
    const double share = within ? share_of(scalar_text(*within)) : 0;
    for (const double weight : given)
        ranges.push_back(!(weight > 0) ? WeightRange{0, 0}
                         : within      ? WeightRange{weight * (1 - share), std::min(1.0, weight * (1 + share))}
                                       : WeightRange{});
    for (const auto& [name, range] : body.entries)
        if (name != "within")
            in_context("intervals: " + name,
                       [&, &n = name, &r = range] { ranges[weighted(n, names, given)] = range_of(r); });
    return WeightSpace::intervals(ranges);
}

double concentration_in(const Node& body, std::size_t count) {
    const auto only = [&](const char* key) { return body.is_map() && body.entries.size() == 1 && body.find(key); };
    if (only("spread"))
        return concentration_of(
            layers::convert(layers::parse_quantity(scalar_text(*body.find("spread"))), layers::unit_called("%")) / 100,
            count);
    if (!only("concentration"))
        throw Error("dirichlet: expected {{spread: 30 %}} or {{concentration: 50}}");
    const double concentration = layers::convert(layers::parse_quantity(scalar_text(*body.find("concentration"))), {});
    if (!(concentration > 0 && concentration <= 1e9))
        throw Error("dirichlet: concentration: expected more than 0, up to 1e9, found '{}'",
                    body.find("concentration")->text);
    return concentration;
}

WeightSpace make_dirichlet(const Node& body, Names, Given given) {
    const auto count = std::ranges::count_if(given, [](double weight) { return weight > 0; });
    return WeightSpace::dirichlet(given, concentration_in(body, static_cast<std::size_t>(count)));
}

std::uint64_t whole_number(const Section& section, const char* key, double least, double most, std::uint64_t fallback) {
    if (!section.find(key))
        return fallback;
    const double value = section.number(key).value_or(least);
    if (value >= least && value <= most && value == std::floor(value))
        return static_cast<std::uint64_t>(value);
    section.problems().error(section.find(key)->mark,
                             fmt::format("{}: expected a whole number from {:.0f} to {:.0f}, found '{}'",
                                         section.path(key), least, most, section.text(key)));
    return fallback;
}

} // namespace

std::span<const WeightSpaceKind> weight_spaces() {
    static const std::array<WeightSpaceKind, 4> table{
        {{.name = "uniform",
          .summary = "all weights, each as likely as any other",
          .make = make_uniform,
          .source = "Lahdelma and Salminen 2001"},
         {.name = "ordinal",
          .summary = "all weights that keep the order of the study's, or a given order",
          .parameters = {{.name = "*",
                          .help = "[power, highway]: the one that matters most first; those not named matter less "
                                  "(default: the order of the study's weights)",
                          .type = Type::names,
                          .optional = true}},
          .make = make_ordinal,
          .source = "Lahdelma, Miettinen and Salminen 2003"},
         {.name = "intervals",
          .summary = "all weights within ranges that sum to 100 %",
          .parameters = {{.name = "*",
                          .help = "{within: 20 %}: each weight of the study, 20 % of it more or less; {power: 20..40 "
                                  "%}: of one criterion, of all weight; without `within` the others are free",
                          .type = Type::categories}},
          .make = make_intervals,
          .source = "Tervonen and Lahdelma 2007"},
         {.name = "dirichlet",
          .summary = "weights about the study's, near ones likelier",
          .parameters = {{.name = "spread",
                          .help =
                              "how far a weight of average size strays, as a share of it (standard deviation): 30 %",
                          .type = Type::quantity,
                          .dimension = layers::Dimension::percent,
                          .optional = true},
                         {.name = "concentration",
                          .help = "in its place: sum of the distribution's parameters; a weight w has the standard "
                                  "deviation sqrt(w (1 - w) / (concentration + 1))",
                          .type = Type::number,
                          .optional = true}},
          .make = make_dirichlet}}};
    return table;
}

WeightSpace weight_space(const layers::Choice& choice, Names names, Given given) {
    return layers::find(weight_spaces(), "weight space", choice.kind).make(choice.body, names, given);
}

std::optional<std::vector<std::size_t>> even_order(const layers::Choice& choice, const WeightSpace& space) {
    if (choice.kind == "uniform")
        return std::vector<std::size_t>{};
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < space.size(); ++i)
        if (space.mean()[i] > 0)
            order.push_back(i);
    // Where no two share a place, each weighs no less than one other, the next.
    if (choice.kind != "ordinal" || space.order().size() + 1 != order.size())
        return {};
    std::ranges::sort(order, std::greater<>(), [&](std::size_t i) { return space.mean()[i]; });
    for (std::size_t i = 1; i < order.size(); ++i)
        if (std::ranges::find(space.order(), std::pair(order[i - 1], order[i])) == space.order().end())
            return {};
    return order;
}

StabilitySpec read_stability(const Node& node, Problems& problems) {
    StabilitySpec stability{.asked = true, .mark = node.key_mark};
    if (node.is_scalar() && node.text == "none") {
        stability.wanted = false;
        return stability;
    }
    const Section section(node, "stability", keys_of("stability"), problems);
    if (!node.is_map())
        return stability;
    stability.weights = section.choice("weights").value_or(stability.weights);
    problems.guard(stability.weights.mark, section.path("weights"),
                   [&] { layers::find(weight_spaces(), "weight space", stability.weights.kind); });
    stability.draws = whole_number(section, "draws", 1, 10'000'000, stability.draws);
    stability.maps = section.flag("maps");
    const double cut = section.number("cut").value_or(stability.cut);
    if (section.find("cut") && !(cut >= 0 && cut <= 1))
        problems.error(section.find("cut")->mark, fmt::format("{}: expected a score from 0 to 1, found '{}'",
                                                              section.path("cut"), section.text("cut")));
    else if (section.find("cut") && !stability.maps)
        section.refuse("cut", "it is of the maps, which are not asked for; add `maps: true`");
    stability.cut = cut;
    stability.seed = whole_number(section, "seed", 0, 9'007'199'254'740'992, stability.seed);
    return stability;
}

void check_stability(const StabilitySpec& stability, const Decision& decision, Problems& problems) {
    std::vector<std::string> names;
    std::vector<double> given;
    for (const Criterion& criterion : decision.criteria) {
        names.push_back(criterion.name);
        given.push_back(criterion.weight);
    }
    const bool known = std::ranges::any_of(given, [](double weight) { return weight > 0; });
    if (stability.wanted && known && problems.ok())
        problems.guard(stability.weights.mark, "stability: weights",
                       [&] { weight_space(stability.weights, names, given); });
}

std::span<const layers::Kind<Uncertainty::Kind>> uncertainties() {
    using enum Uncertainty::Kind;
    static const Parameter deviation{
        .name = "deviation",
        .help = "standard deviation, in the measure's unit, or as a share of the measurement: 500 m, 10 %; of a "
                "measure in %, percentage points",
        .type = Type::measurement};
    static const Parameter within{.name = "within",
                                  .help = "how far from the truth at most, as a deviation is written",
                                  .type = Type::measurement};
    static const Parameter factor{.name = "deviation",
                                  .help = "standard deviation as a share of the measurement: 30 %",
                                  .type = Type::quantity,
                                  .dimension = layers::Dimension::percent};
    static const std::array<layers::Kind<Uncertainty::Kind>, 3> table{
        {{.name = "normal",
          .summary = "about the measurement, near values likelier",
          .parameters = {deviation},
          .make = normal},
         {.name = "uniform",
          .summary = "anything within a distance of the measurement",
          .parameters = {within},
          .make = uniform},
         {.name = "lognormal",
          .summary = "a factor about 1, as likely half as double; the measurement is the median",
          .parameters = {factor},
          .make = lognormal}}};
    return table;
}

Uncertainty read_uncertainty(const layers::Choice& choice, const layers::Unit& unit) {
    const auto& kind = layers::find(uncertainties(), "uncertainty", choice.kind);
    const std::string key(kind.parameters.front().name);
    const Node* node = choice.body.is_map() && choice.body.entries.size() == 1 ? choice.body.find(key) : nullptr;
    if (!node)
        throw Error("{0}: expected {{{0}: {{{1}: 10 %}}}}", choice.kind, key);
    const layers::Quantity amount = layers::parse_quantity(scalar_text(*node));
    const bool percent = unit.dimension == layers::Dimension::percent || unit.dimension == layers::Dimension::slope;
    const bool share = amount.unit.name == "%" && (!percent || kind.make == Uncertainty::Kind::lognormal);
    Uncertainty result{kind.make, share ? amount.value / 100 : layers::convert(amount, unit), share};
    if (!(result.amount >= 0 && std::isfinite(result.amount)))
        throw Error("{}: {}: expected 0 or more, found '{}'", choice.kind, key, node->text);
    if (kind.make == Uncertainty::Kind::lognormal && !share)
        throw Error("lognormal: deviation: expected a share such as 30 %, found '{}'", node->text);
    if (kind.make == Uncertainty::Kind::lognormal)
        result.amount = log_deviation(result.amount);
    return result;
}

} // namespace zonerank::engine
