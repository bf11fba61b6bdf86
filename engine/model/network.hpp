// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace zonerank::engine {

/// Minutes from each of some places to each other; NaN: no way is known.
class MinutesMatrix {
public:
    explicit MinutesMatrix(std::size_t places)
        : m_places(places), m_minutes(places * places, std::numeric_limits<double>::quiet_NaN()) {}

    std::size_t places() const { return m_places; }
    double& at(std::size_t from, std::size_t to) { return m_minutes[from * m_places + to]; }
    double at(std::size_t from, std::size_t to) const { return m_minutes[from * m_places + to]; }
    /// The mean of both ways; NaN unless both are known.
    double both_ways(std::size_t a, std::size_t b) const { return (at(a, b) + at(b, a)) / 2; }

private:
    std::size_t m_places;
    std::vector<double> m_minutes;
};

/// Two places that are joined.
struct Link {
    std::size_t a = 0, b = 0; ///< a < b
    double minutes = 0;       ///< the mean of both ways
    friend bool operator==(const Link&, const Link&) = default;
};

// Networks, by both_ways(); their links in the order of a, then b. Of equals the one
// that is first in this order counts.

std::vector<Link> pairwise(const MinutesMatrix& minutes); ///< all pairs with a way

/// Joins all that can be joined with the least of minutes in sum (Kruskal 1956): a tree,
/// or one for each group of places that no way leads between.
std::vector<Link> spanning_tree(const MinutesMatrix& minutes);

/// Joins each place that is no hub to its nearest.
std::vector<Link> nearest_hub(const MinutesMatrix& minutes, std::span<const std::size_t> hubs);

/// What a place is to a network.
struct Standing {
    std::size_t links = 0;                                          ///< that end there
    std::size_t reached = 0;                                        ///< others that it is joined to, over any others
    double mean_minutes = std::numeric_limits<double>::quiet_NaN(); ///< to these, along the network; NaN: none
    /// 60 / mean_minutes (per hour; Bavelas 1950, as Sabidussi 1966 normalises it), times the
    /// share of all others that are reached (Wasserman and Faust 1994); 0: none, NaN: all of
    /// those are at the same place.
    double closeness = 0;
    /// The share of the pairs of others whose quickest way along the network leads
    /// through it; of ways as quick each counts in part (Freeman 1977).
    double betweenness = 0;
};

/// Of each place (Brandes 2001). Ways as quick to a millionth of a minute are equal.
std::vector<Standing> standings(std::size_t places, std::span<const Link> links);

} // namespace zonerank::engine
