// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// How much a group's lowest value counts, its second lowest ... its highest: never
/// negative, summing to 1. All on the lowest is the logical AND, averse to risk; all on
/// the highest OR; all the same leaves the weighted mean, full trade-off.
class OrderWeights {
public:
    OrderWeights() = default; ///< of no members
    /// From the lowest value to the highest, on any scale. Throws Error when there are
    /// none, one is negative or no number, or all are 0.
    static OrderWeights of(std::span<const double> low_to_high);
    /// From an attitude to risk: 0 the lowest value alone, 0.5 all the same, 1 the highest
    /// alone; between them the quantifier Q(r) = r^a of the share r of members from the
    /// highest on, a = (1 - risk) / risk (Yager 1988, 1996), whose ORness is `risk` for
    /// many members. Throws Error when risk is not in [0, 1]; REQUIRES members > 0.
    static OrderWeights of_risk(double risk, std::size_t members);
    /// The same attitude of another number of members, as when values are missing: the
    /// weights' running sum, straight between its points, is read off at other points.
    OrderWeights resized(std::size_t members) const;

    std::size_t size() const { return m_values.size(); }
    double operator[](std::size_t i) const { return m_values[i]; } ///< 0: of the lowest value
    auto begin() const { return m_values.begin(); }
    auto end() const { return m_values.end(); }

    /// sum of (n - r) w_r / (n - 1), r = 1 for the lowest: 1 for AND, 0.5 for the mean,
    /// 0 for OR (Yager 1988). 0.5 for one member, whose order says nothing.
    double andness() const;
    double orness() const { return 1 - andness(); }
    /// 1 - sqrt(n sum of (w_r - 1/n)^2 / (n - 1)): how far a good value makes up for a bad
    /// one, 0 not at all, 1 in full (Jiang and Eastman 2000). 1 for one member.
    double tradeoff() const;

private:
    explicit OrderWeights(std::vector<double> values) : m_values(std::move(values)) {}
    std::vector<double> m_values;
};

/// "order weights 0.7, 0.2, 0.1 from the lowest value to the highest (ANDness 0.80, ...)"
std::string to_string(const OrderWeights& weights);

} // namespace zonerank::engine
