// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/rated_weights.hpp"

#include "layers/terms/problems.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

namespace {

using layers::Node;
using Ranks = std::vector<std::vector<std::size_t>>; ///< members that share a place, most important first

std::vector<double> values_of(std::span<const DirectWeight> weights) {
    std::vector<double> values;
    for (const DirectWeight& weight : weights)
        values.push_back(weight.value);
    return values;
}

std::vector<std::size_t> one_place(const Node& item, Members members) {
    std::vector<std::size_t> tied;
    if (item.is_list())
        for (const Node& name : item.items)
            tied.push_back(member_called(scalar_of(name, "a name"), members));
    else
        tied.push_back(member_called(scalar_of(item, "a name"), members));
    if (tied.empty())
        throw Error("an empty list among the names");
    return tied;
}

Ranks read_ranks(const Node& body, Members members) {
    if (!body.is_list())
        throw Error("expected all names, most important first, such as [{}], found {}", fmt::join(members, ", "),
                    body.kind_name());
    Ranks ranks;
    std::vector<int> seen(members.size());
    for (const Node& item : body.items) {
        ranks.push_back(one_place(item, members));
        for (const std::size_t member : ranks.back())
            if (seen[member]++)
                throw Error("'{}' is twice in the order of importance", members[member]);
    }
    for (std::size_t i = 0; i < members.size(); ++i)
        if (!seen[i])
            throw Error("'{}' is missing in the order of importance", members[i]);
    return ranks;
}

Weights by_place(const Ranks& ranks, const std::vector<double>& places) {
    std::vector<double> weights(places.size());
    std::size_t place = 0;
    for (const auto& tied : ranks) {
        double sum = 0;
        for (std::size_t i = 0; i < tied.size(); ++i)
            sum += places[place++];
        for (const std::size_t member : tied)
            weights[member] = sum / static_cast<double>(tied.size());
    }
    return weights.empty() ? Weights() : Weights::of(weights);
}

Weighing by_ranks(const Node& body, Members members, const char* method, const char* summary,
                  const std::vector<double>& places) {
    const Ranks ranks = read_ranks(body, members);
    const bool ties = std::ranges::any_of(ranks, [](const auto& tied) { return tied.size() > 1; });
    return {by_place(ranks, places), method,
            fmt::format("{}{}", summary, ties ? "; names that tie share the mean of their places" : "")};
}

std::vector<double> for_places(std::size_t count, double (*weight)(double place, double count)) {
    std::vector<double> places;
    for (std::size_t place = 1; place <= count; ++place)
        places.push_back(weight(static_cast<double>(place), static_cast<double>(count)));
    return places;
}

} // namespace

Weighing direct_weighing(std::span<const DirectWeight> given) {
    const bool percent = all_percent(given);
    const std::vector<double> raw = values_of(given);
    Weighing weighing{Weights::of(raw), "direct", "direct"};
    const double total = std::accumulate(raw.begin(), raw.end(), 0.0);
    if (percent && std::abs(total - 100) > 0.5)
        weighing.warnings.push_back(fmt::format("the weights add up to {:g} %; they are scaled to 100 %", total));
    return weighing;
}

Weighing direct_weights(const Node& body, Members members) {
    return direct_weighing(weights_by_name(body, members));
}

Weighing equal_weights(const Node& body, Members members) {
    if (!body.is_empty())
        throw Error("'equal' takes no parameters");
    return {Weights::equal(members.size()), "equal", "equal"};
}

Weighing point_weights(const Node& body, Members members) {
    const std::vector<DirectWeight> given = weights_by_name(body, members);
    all_percent(given);
    const std::vector<double> points = values_of(given);
    Weighing weighing{Weights::of(points), "points", "100 points shared out"};
    const double total = std::accumulate(points.begin(), points.end(), 0.0);
    if (std::abs(total - 100) > 0.5)
        weighing.warnings.push_back(fmt::format("the points add up to {:g}, not 100; they are scaled", total));
    return weighing;
}

Weighing swing_weights(const Node& body, Members members) {
    const std::vector<DirectWeight> given = weights_by_name(body, members);
    all_percent(given);
    const std::vector<double> swings = values_of(given);
    Weighing weighing{Weights::of(swings), "swing",
                      "swing weights: the swing from worst (value 0) to best (value 1) of the most important is 100, "
                      "those of the others are parts of it (von Winterfeldt and Edwards 1986)"};
    const auto most = std::ranges::max_element(swings);
    if (*most != 100)
        weighing.warnings.push_back(fmt::format("the greatest swing, of '{}', is {:g}; the method gives the most "
                                                "important 100 and the others parts of it",
                                                members[static_cast<std::size_t>(most - swings.begin())], *most));
    return weighing;
}

std::vector<double> centroid_of_ranks(std::size_t count) {
    std::vector<double> places(count);
    double sum = 0;
    for (std::size_t place = count; place > 0; --place) {
        sum += 1 / static_cast<double>(place);
        places[place - 1] = sum / static_cast<double>(count);
    }
    return places;
}

Weighing rank_order_centroid(const Node& body, Members members) {
    return by_ranks(body, members, "rank order centroid",
                    "rank order centroid: the mean of all weights of this order (Barron and Barrett 1996)",
                    centroid_of_ranks(members.size()));
}

Weighing rank_sum(const Node& body, Members members) {
    return by_ranks(body, members, "rank sum",
                    "rank sum: equal steps from each name to the next (Stillwell, Seaver and Edwards 1981)",
                    for_places(members.size(), [](double place, double count) { return count + 1 - place; }));
}

Weighing rank_reciprocal(const Node& body, Members members) {
    return by_ranks(body, members, "rank reciprocal",
                    "rank reciprocal: 1, 1/2, 1/3 ... by place (Stillwell, Seaver and Edwards 1981)",
                    for_places(members.size(), [](double place, double) { return 1 / place; }));
}

} // namespace zonerank::engine
