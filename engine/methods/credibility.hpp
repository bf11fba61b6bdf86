// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/method.hpp"

#include <limits>
#include <span>

namespace zonerank::engine {

/// Beyond this many sites ELECTRE III's distillations are refused (Error).
inline constexpr std::size_t most_distilled = 500;

/// How differences of a criterion count, in its unit: 0 <= indifference <= preference < veto.
struct PseudoCriterion {
    double indifference = 0;                               ///< q: worse by no more is as good
    double preference = 0;                                 ///< p: worse by so much is not as good any more
    double veto = std::numeric_limits<double>::infinity(); ///< v: worse by so much can't be made good
};

/// ELECTRE III's credibility that a is at least as good as b, 0 .. 1, at a * n + b (Roy 1978): the
/// concordance, lowered by each criterion whose discordance is greater than it.
std::vector<double> credibilities(const MethodInput& input, std::span<const PseudoCriterion> criteria);

/// ELECTRE III: the credibilities distilled from the top and from the bottom; ranked by the mean
/// of both places. Sites far apart in both are incomparable in Roy's order, which the remark counts.
Outcome electre_3(const MethodInput& input, std::span<const PseudoCriterion> criteria);

} // namespace zonerank::engine
