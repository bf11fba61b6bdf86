// SPDX-License-Identifier: Apache-2.0
#include "engine/model/mask.hpp"

#include <bit>

namespace zonerank::engine {

MaskCode::MaskCode(const Decision& decision, std::size_t constraints)
    : m_criteria(decision.criteria.size()), m_constraints(constraints), m_known(decision.known) {
    double total = 0;
    for (const Criterion& criterion : decision.criteria) {
        m_weights.push_back(criterion.on_map() ? criterion.weight : 0);
        total += m_weights.back();
    }
    for (std::size_t i = 0; i < m_criteria; ++i) {
        m_weights[i] /= total;
        const Missing::Policy policy = decision.criteria[i].missing.policy;
        m_unknown |= policy == Missing::Policy::unknown ? no_data(i) : 0;
        m_left_out |= policy == Missing::Policy::leave_out ? no_data(i) : 0;
    }
}

State MaskCode::state(Mask mask) const {
    if (mask & outside)
        return State::outside;
    if (mask & any_excluded())
        return State::excluded;
    if (mask & (untested | m_unknown))
        return State::unknown;
    if (!(mask & any_no_data()))
        return State::valid;
    double known = 1;
    for (Mask rest = mask & m_left_out; rest; rest &= rest - 1)
        known -= m_weights[static_cast<std::size_t>(std::countr_zero(rest))];
    constexpr double rounding = 1e-9;
    const bool enough = known > rounding && known + rounding >= m_known; // of nothing there is no score
    return enough ? State::assumed : State::unknown;
}

std::size_t MaskCode::first_excluding(Mask mask) const {
    return static_cast<std::size_t>(std::countr_zero(mask & any_excluded())) - m_criteria;
}

} // namespace zonerank::engine
