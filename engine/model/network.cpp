// SPDX-License-Identifier: Apache-2.0
#include "engine/model/network.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>

namespace zonerank::engine {

std::vector<Link> pairwise(const MinutesMatrix& minutes) {
    std::vector<Link> links;
    for (std::size_t a = 0; a < minutes.places(); ++a)
        for (std::size_t b = a + 1; b < minutes.places(); ++b)
            if (const double m = minutes.both_ways(a, b); !std::isnan(m))
                links.push_back({a, b, m});
    return links;
}

std::vector<Link> spanning_tree(const MinutesMatrix& minutes) {
    std::vector<Link> all = pairwise(minutes), tree;
    std::ranges::stable_sort(all, {}, &Link::minutes);
    std::vector<std::size_t> up(minutes.places());
    std::iota(up.begin(), up.end(), 0);
    const auto root = [&](std::size_t place) {
        while (up[place] != place)
            place = up[place] = up[up[place]];
        return place;
    };
    for (const Link& link : all) {
        const std::size_t a = root(link.a), b = root(link.b);
        if (a == b)
            continue;
        up[b] = a;
        tree.push_back(link);
    }
    std::ranges::sort(tree, {}, [](const Link& link) { return std::pair(link.a, link.b); });
    return tree;
}

std::vector<Link> nearest_hub(const MinutesMatrix& minutes, std::span<const std::size_t> hubs) {
    std::vector<Link> links;
    for (std::size_t place = 0; place < minutes.places(); ++place) {
        if (std::ranges::find(hubs, place) != hubs.end())
            continue;
        Link best{0, 0, std::numeric_limits<double>::infinity()};
        for (const std::size_t hub : hubs)
            if (const double m = minutes.both_ways(place, hub); m < best.minutes)
                best = {std::min(place, hub), std::max(place, hub), m};
        if (best.a != best.b)
            links.push_back(best);
    }
    std::ranges::sort(links, {}, [](const Link& link) { return std::pair(link.a, link.b); });
    return links;
}

namespace {

/// Ways from one place, with minutes in whole millionths so that equal sums are equal.
class Ways {
public:
    Ways(std::size_t places, std::span<const Link> links) : m_beside(places) {
        for (const Link& link : links) {
            const auto length = std::max<std::int64_t>(1, std::llround(link.minutes * 1e6)); // no way is for free
            m_beside[link.a].push_back({link.b, length});
            m_beside[link.b].push_back({link.a, length});
        }
    }

    /// Adds to each place the share of the ways from `start` that lead through it.
    void from(std::size_t start, std::vector<Standing>& standings) {
        search(start);
        double minutes = 0;
        for (const std::size_t place : m_order)
            minutes += static_cast<double>(m_length[place]) * 1e-6;
        Standing& own = standings[start];
        own.links = m_beside[start].size();
        own.reached = m_order.size() - 1;
        own.mean_minutes = minutes / static_cast<double>(own.reached);
        std::vector<double> through(m_beside.size());
        for (auto it = m_order.rbegin(); it != m_order.rend(); ++it) {
            for (const std::size_t before : m_before[*it])
                through[before] += m_ways[before] / m_ways[*it] * (1 + through[*it]);
            if (*it != start)
                standings[*it].betweenness += through[*it];
        }
    }

private:
    static constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();
    struct Beside {
        std::size_t place;
        std::int64_t length;
    };

    void search(std::size_t start) {
        m_length.assign(m_beside.size(), far);
        m_ways.assign(m_beside.size(), 0);
        m_before.assign(m_beside.size(), {});
        m_order.clear();
        m_length[start] = 0;
        m_ways[start] = 1;
        std::vector<char> done(m_beside.size());
        using Due = std::pair<std::int64_t, std::size_t>;
        std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
        for (due.push({0, start}); !due.empty();) {
            const std::size_t place = due.top().second;
            due.pop();
            if (std::exchange(done[place], true))
                continue;
            m_order.push_back(place);
            for (const auto& [next, length] : m_beside[place])
                if (!done[next] && reach(place, next, m_length[place] + length))
                    due.push({m_length[next], next});
        }
    }

    bool reach(std::size_t from, std::size_t next, std::int64_t length) {
        if (length > m_length[next])
            return false;
        if (length < m_length[next]) {
            m_length[next] = length;
            m_ways[next] = 0;
            m_before[next].clear();
        }
        m_ways[next] += m_ways[from];
        m_before[next].push_back(from);
        return true;
    }

    std::vector<std::vector<Beside>> m_beside;
    std::vector<std::int64_t> m_length;
    std::vector<double> m_ways; ///< how many are as quick
    std::vector<std::vector<std::size_t>> m_before;
    std::vector<std::size_t> m_order; ///< of those reached, the nearest first
};

} // namespace

static constexpr double least_minutes = 1e-3; // less is no time

std::vector<Standing> standings(std::size_t places, std::span<const Link> links) {
    std::vector<Standing> result(places);
    Ways ways(places, links);
    for (std::size_t place = 0; place < places; ++place)
        ways.from(place, result);
    const double others = static_cast<double>(places) - 1;
    for (Standing& s : result) {
        if (s.mean_minutes < least_minutes)
            s.closeness = std::numeric_limits<double>::quiet_NaN();
        else if (s.reached > 0)
            s.closeness = 60 / s.mean_minutes * static_cast<double>(s.reached) / others;
        s.betweenness = places > 2 ? s.betweenness / (others * (others - 1)) : 0; // each pair was counted both ways
    }
    return result;
}

} // namespace zonerank::engine
