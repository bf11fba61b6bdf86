// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/partial_weights.hpp"

#include "engine/weights/rated_weights.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>

namespace zonerank::engine {

namespace {

using layers::Node;
using Set = std::uint64_t;            ///< of members, a bit each
using Counts = std::map<Set, double>; ///< of ways; ordered, so that sums don't depend on chance

constexpr std::string_view between = "..", more = " > ";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    return first == text.npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

DirectWeight weight_in(std::string_view text) {
    return parse_weight(layers::scalar(std::string(trimmed(text))));
}

/// 25..35 %: the sign counts for both ends.
std::pair<DirectWeight, DirectWeight> ends_of(const std::string& text) {
    const std::size_t cut = text.find(between);
    const DirectWeight to = weight_in(std::string_view(text).substr(cut + between.size()));
    DirectWeight from = weight_in(std::string_view(text).substr(0, cut));
    from.percent |= to.percent;
    if (!to.percent && from.percent && to.value != 0)
        throw Error("expected an interval such as 25..35 %, found '{}'", text);
    if (share_of(from) > share_of(to))
        throw Error("the interval {} runs backwards", text);
    return {from, to};
}

void read_one(const Node& node, std::vector<DirectWeight>& from, std::vector<DirectWeight>& to) {
    if (node.is_scalar() && node.text.find(between) != node.text.npos) {
        const auto [least, most] = ends_of(node.text);
        from.push_back(least);
        to.push_back(most);
    } else {
        from.push_back(parse_weight(node));
        to.push_back(from.back());
    }
}

bool has_intervals(const Node& body) {
    return std::ranges::any_of(body.entries, [](const auto& entry) {
        return entry.second.is_scalar() && entry.second.text.find(between) != std::string::npos;
    });
}

std::vector<Interval> read_intervals(const Node& body, Members members) {
    std::vector<DirectWeight> from, to;
    for (const auto& entry : body.entries)
        member_called(entry.first, members);
    for (const std::string& member : members) {
        const Node* node = body.find(member);
        if (!node)
            throw Error("'{}' has no weight (0 leaves it out, 0..100 % says nothing of it)", member);
        in_context("'" + member + "'", [&] { read_one(*node, from, to); });
    }
    std::vector<DirectWeight> both = from;
    both.insert(both.end(), to.begin(), to.end());
    all_percent(both);
    std::vector<Interval> intervals;
    for (std::size_t i = 0; i < members.size(); ++i) {
        intervals.emplace_back(share_of(from[i]), share_of(to[i]));
        if (intervals.back().second > 1)
            throw Error("'{}': beside intervals a weight is a share of all, 0..1 or 0..100 %, found {:g}", members[i],
                        to[i].value);
    }
    return intervals;
}

/// All equally far along their intervals.
std::vector<double> middles(const std::vector<Interval>& intervals) {
    double least = 0, wide = 0;
    for (const auto& [from, to] : intervals) {
        least += from;
        wide += to - from;
    }
    std::vector<double> weights;
    for (const auto& [from, to] : intervals)
        weights.push_back(wide > 0 ? from + (to - from) * (1 - least) / wide : from);
    return weights;
}

Weighing by_intervals(const Node& body, Members members) {
    Weighing weighing{{},
                      "fixed",
                      "fixed, within intervals: the weights are equally far along what their intervals leave when all "
                      "sum to 100 %"};
    weighing.intervals = feasible(read_intervals(body, members));
    weighing.weights = Weights::of(middles(weighing.intervals));
    std::vector<double> least, most;
    for (const auto& [from, to] : weighing.intervals) {
        least.push_back(from);
        most.push_back(to);
    }
    weighing.details = {{"least", std::move(least)}, {"greatest", std::move(most)}};
    return weighing;
}

/// The names of a statement such as "power > highway > rail".
std::vector<std::size_t> chain_of(std::string_view text, Members members) {
    std::vector<std::size_t> chain;
    for (std::size_t cut = 0; cut != text.npos;) {
        cut = text.find(more);
        chain.push_back(member_called(trimmed(text.substr(0, cut)), members));
        if (cut != text.npos)
            text.remove_prefix(cut + more.size());
    }
    return chain;
}

Orders read_orders(const Node& body, Members members) {
    if (!body.is_list() || body.items.empty())
        throw Error("expected names, most important first, or statements such as [power > highway], found {}",
                    body.kind_name());
    const auto is_name = [&](const Node& item) { return item.text.find(more) == std::string::npos; };
    Orders orders;
    std::vector<std::size_t> names;
    for (const Node& item : body.items) {
        const std::string& text = scalar_of(item, "a name or a statement such as power > highway");
        const std::vector<std::size_t> chain = chain_of(text, members);
        for (std::size_t i = 1; i < chain.size(); ++i)
            orders.emplace_back(chain[i - 1], chain[i]);
        names.push_back(chain.front());
    }
    if (std::ranges::any_of(body.items, is_name) && !std::ranges::all_of(body.items, is_name))
        throw Error("names alone and statements such as power > highway can't stand side by side");
    for (std::size_t i = 1; is_name(body.items[0]) && i < names.size(); ++i)
        orders.emplace_back(names[i - 1], names[i]);
    std::ranges::sort(orders);
    orders.erase(std::ranges::unique(orders).begin(), orders.end());
    return orders;
}

/// The first circle found from `path.back()` on, closed; empty when there is none.
std::vector<std::size_t> circle(const Orders& orders, std::vector<std::size_t>& path, std::vector<bool>& done) {
    for (const auto& [above, below] : orders) {
        if (above != path.back() || done[below])
            continue;
        const auto start = std::ranges::find(path, below) - path.begin();
        const bool closes = static_cast<std::size_t>(start) < path.size();
        path.push_back(below);
        if (closes)
            return {path.begin() + start, path.end()};
        if (auto found = circle(orders, path, done); !found.empty())
            return found;
        path.pop_back();
    }
    done[path.back()] = true;
    return {};
}

void refuse_circles(const Orders& orders, Members members) {
    std::vector<bool> done(members.size());
    for (std::size_t start = 0; start < members.size(); ++start) {
        std::vector<std::size_t> path{start};
        std::vector<std::string> names;
        for (const std::size_t at : circle(orders, path, done))
            names.push_back(fmt::format("'{}'", members[at]));
        if (!names.empty())
            throw Error("the order goes round in a circle: {}", fmt::join(names, " > "));
    }
}

/// Which members must stand above each.
std::vector<Set> above_each(const Orders& orders, std::size_t count) {
    std::vector<Set> above(count);
    for (const auto& [over, under] : orders)
        above[under] |= Set{1} << over;
    return above;
}

/// Calls f(member) for those that may come next below `top`.
template <typename F>
void for_next(const std::vector<Set>& above, Set top, F&& f) {
    for (std::size_t member = 0; member < above.size(); ++member)
        if (!(top >> member & 1) && (above[member] & ~top) == 0)
            f(member);
}

/// In how many ways each set of names can be the top of a ranking, by its size.
std::vector<Counts> ways_down(const std::vector<Set>& above) {
    constexpr std::size_t most = 1'000'000;
    std::vector<Counts> ways(above.size() + 1);
    ways[0][0] = 1;
    std::size_t sets = 1;
    for (std::size_t place = 0; place < above.size(); ++place) {
        for (const auto& [top, count] : ways[place])
            for_next(above, top,
                     [&, here = count](std::size_t member) { ways[place + 1][top | Set{1} << member] += here; });
        if (sets += ways[place + 1].size(); sets > most)
            throw Error("the order leaves too much open to take the mean of all its weights; say more of it");
    }
    return ways;
}

} // namespace

std::vector<Interval> feasible(std::vector<Interval> intervals) {
    constexpr double rounding = 1e-9;
    double least = 0, most = 0;
    for (const auto& [from, to] : intervals) {
        least += from;
        most += to;
    }
    if (least > 1 + rounding)
        throw Error("the least weights add up to {:g} %, more than 100 %", least * 100);
    if (most < 1 - rounding)
        throw Error("the greatest weights add up to {:g} %, less than 100 %", most * 100);
    std::vector<Interval> result;
    for (const auto& [from, to] : intervals) {
        const double low = std::max(from, 1 - (most - to)), high = std::min(to, 1 - (least - from));
        result.emplace_back(std::min(low, to), std::max({high, low, from}));
    }
    return result;
}

Weighing fixed_weights(const Node& body, Members members) {
    if (body.is_map() && has_intervals(body))
        return by_intervals(body, members);
    std::vector<double> shares;
    const std::vector<DirectWeight> given = weights_by_name(body, members);
    all_percent(given);
    for (const DirectWeight& weight : given)
        shares.push_back(share_of(weight));
    Weighing weighing{Weights::of(shares), "fixed", "fixed, as recorded"};
    const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
    if (std::abs(total - 1) > 0.005)
        weighing.warnings.push_back(fmt::format("the weights add up to {:g}, not 1; they are scaled", total));
    return weighing;
}

std::vector<double> centroid(const Orders& orders, std::size_t count) {
    if (count > 63)
        throw Error("an order of importance takes at most 63 names, found {}", count);
    const std::vector<Set> above = above_each(orders, count);
    const std::vector<Counts> down = ways_down(above);
    const std::vector<double> places = centroid_of_ranks(count);
    std::vector<double> sums(count);
    Counts up = {{(Set{1} << count) - 1, 1.0}};
    for (std::size_t place = count; place-- > 0;) {
        Counts before;
        for (const auto& [top, ways] : down[place])
            for_next(above, top, [&, top = top, ways = ways](std::size_t member) {
                const double on = up.at(top | Set{1} << member);
                before[top] += on;
                sums[member] += ways * on * places[place];
            });
        up = std::move(before);
    }
    for (double& sum : sums)
        sum /= down[count].begin()->second;
    return sums;
}

Weighing order_weights(const Node& body, Members members) {
    const Orders orders = read_orders(body, members);
    refuse_circles(orders, members);
    Weighing weighing{Weights::of(centroid(orders, members.size())), "order",
                      "from an order alone: the mean of all weights that keep it (centroid)"};
    weighing.order = orders;
    std::vector<std::string> statements;
    for (const auto& [above, below] : orders)
        statements.push_back(fmt::format("{} > {}", members[above], members[below]));
    weighing.details.push_back({"matters at least as much", fmt::format("{}", fmt::join(statements, ", "))});
    return weighing;
}

} // namespace zonerank::engine
