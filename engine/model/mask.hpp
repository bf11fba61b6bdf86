// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/criteria.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace zonerank::engine {

/// What a cell is, in the order of precedence.
enum class State : std::uint8_t { outside, excluded, unknown, assumed, valid };

inline bool usable(State state) {
    return state >= State::assumed;
}

/// A cell's state with its reasons in 64 bits: from bit 0, one per criterion
/// without data; then one per constraint that excludes; at the top, one when a
/// constraint has no data and one for outside the area.
using Mask = std::uint64_t;

class MaskCode {
public:
    static constexpr Mask outside = Mask{1} << 63;
    static constexpr Mask untested = Mask{1} << 62; ///< a constraint has no data

    MaskCode() = default;
    MaskCode(const Decision& decision, std::size_t constraints);

    Mask no_data(std::size_t criterion) const { return Mask{1} << criterion; }
    Mask excluded_by(std::size_t constraint) const { return Mask{1} << (m_criteria + constraint); }
    Mask any_no_data() const { return (Mask{1} << m_criteria) - 1; }
    Mask any_excluded() const { return ((Mask{1} << m_constraints) - 1) << m_criteria; }

    State state(Mask mask) const;
    /// The first constraint in the study's order that excludes; REQUIRES one does.
    std::size_t first_excluding(Mask mask) const;

private:
    std::size_t m_criteria = 0, m_constraints = 0;
    Mask m_unknown = 0;            ///< criteria whose missing data make a cell unknown
    Mask m_left_out = 0;           ///< criteria that are left out
    std::vector<double> m_weights; ///< of the criteria on the map
    double m_known = 0;
};

/// Calls visit(first, count, mask) for each run of equal masks: neighbours mostly are.
template <typename Visit>
void for_each_run(std::span<const Mask> masks, Visit&& visit) {
    for (std::size_t first = 0, end = 0; first < masks.size(); first = end) {
        const Mask mask = masks[first];
        while (end < masks.size() && masks[end] == mask)
            ++end;
        visit(first, end - first, mask);
    }
}

} // namespace zonerank::engine
