// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/assignment.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <queue>

namespace zonerank::engine {

namespace {

using Cost = std::int64_t;
constexpr Cost never = std::numeric_limits<Cost>::max() / 4;
constexpr double units = 0x1p36; // of a worth of 1: a million of them fit 57 bits

/// The network source -> seekers -> places -> sink, with what flows in it. What a
/// placement costs is the greatest worth less its own, so that no cost is negative.
class Flow {
public:
    Flow(const AssignmentProblem& problem, Aim aim)
        : m_seekers(problem.wanted.size()), m_places(problem.capacity.size()), m_open(problem.wanted),
          m_free(problem.capacity), m_taken(problem.worth.size(), 0), m_in(m_places),
          m_potential(m_seekers + m_places + 1, 0) {
        assert(problem.worth.size() == m_seekers * m_places);
        m_top = static_cast<Cost>(units) + (aim == Aim::most_placed ? beyond_all(problem) : 0);
        for (const double worth : problem.worth)
            m_cost.push_back(std::isnan(worth) ? never : static_cast<Cost>(units) - std::llround(worth * units));
    }

    std::vector<Placed> solve() {
        while (find_path() && m_potential[sink()] <= m_top)
            augment();
        std::vector<Placed> result;
        for (std::size_t at = 0; at < m_taken.size(); ++at)
            if (m_taken[at])
                result.push_back({at / m_places, at % m_places});
        return result;
    }

private:
    std::size_t sink() const { return m_seekers + m_places; }

    /// More than all placements together can be worth.
    static Cost beyond_all(const AssignmentProblem& problem) {
        const auto places = static_cast<Cost>(problem.capacity.size());
        Cost placements = 1;
        for (const int wanted : problem.wanted)
            placements += std::min<Cost>(wanted, places);
        return placements * static_cast<Cost>(units);
    }

    void reach(std::size_t from, std::size_t to, Cost cost) {
        const Cost distance = m_distance[from] + cost + m_potential[from] - m_potential[to];
        if (distance >= m_distance[to])
            return;
        m_distance[to] = distance;
        m_before[to] = from;
        m_queue.push({distance, to});
    }

    void leave_seeker(std::size_t seeker) {
        const std::size_t row = seeker * m_places;
        for (std::size_t place = 0; place < m_places; ++place)
            if (m_cost[row + place] != never && !m_taken[row + place])
                reach(seeker, m_seekers + place, m_cost[row + place]);
    }

    /// To the sink, or to who would have to give way.
    void leave_place(std::size_t place) {
        if (m_free[place] > 0)
            reach(m_seekers + place, sink(), 0);
        for (const std::size_t seeker : m_in[place])
            reach(m_seekers + place, seeker, -m_cost[seeker * m_places + place]);
    }

    void start() {
        m_distance.assign(sink() + 1, never);
        m_before.assign(sink() + 1, sink());
        m_queue = {};
        for (std::size_t seeker = 0; seeker < m_seekers; ++seeker)
            if (m_open[seeker] > 0) { // its potential is 0: the source is next to it
                m_distance[seeker] = 0;
                m_queue.push({0, seeker});
            }
    }

    /// Dijkstra over reduced costs; equals by their number. The potential of the sink
    /// becomes what the way to it costs.
    bool find_path() {
        start();
        while (!m_queue.empty() && m_queue.top().second != sink()) {
            const auto [distance, node] = m_queue.top();
            m_queue.pop();
            if (distance > m_distance[node])
                continue;
            if (node < m_seekers)
                leave_seeker(node);
            else
                leave_place(node - m_seekers);
        }
        const Cost length = m_distance[sink()];
        for (std::size_t node = 0; node <= sink() && length != never; ++node)
            m_potential[node] += std::min(m_distance[node], length);
        return length != never;
    }

    void augment() {
        std::size_t place = m_before[sink()] - m_seekers;
        --m_free[place];
        for (;;) {
            const std::size_t seeker = m_before[m_seekers + place];
            set(seeker, place, true);
            if (m_before[seeker] == sink()) // it comes from the source
                return void(--m_open[seeker]);
            place = m_before[seeker] - m_seekers;
            set(seeker, place, false);
        }
    }

    void set(std::size_t seeker, std::size_t place, bool taken) {
        m_taken[seeker * m_places + place] = taken;
        if (taken)
            m_in[place].push_back(seeker);
        else
            std::erase(m_in[place], seeker);
    }

    using Reached = std::pair<Cost, std::size_t>;
    std::size_t m_seekers, m_places;
    std::vector<int> m_open, m_free; ///< places still wanted, seekers still taken
    std::vector<char> m_taken;
    std::vector<std::vector<std::size_t>> m_in; ///< seekers in each place
    Cost m_top = 0;                             ///< what a placement may cost and still adds to the aim
    std::vector<Cost> m_cost, m_potential, m_distance;
    std::vector<std::size_t> m_before;
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> m_queue;
};

} // namespace

std::vector<Placed> assigned(const AssignmentProblem& problem, Aim aim) {
    return Flow(problem, aim).solve();
}

} // namespace zonerank::engine
