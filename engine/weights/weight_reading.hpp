// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/weights.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the methods of weighting read alike. All throw Error in one line: what was
/// found, what was expected, the nearest name.
namespace zonerank::engine {

using Members = std::span<const std::string>;

/// A bare value; `what` it should have been ("a name") is told when it is none.
const std::string& scalar_of(const layers::Node& node, std::string_view what);

/// The place of a member's name.
std::size_t member_called(std::string_view name, Members members);

/// A weight for each member, in their order, from {power: 30, highway: 20}: none may
/// be missing, and only members have one.
std::vector<DirectWeight> weights_by_name(const layers::Node& body, Members members);

/// The value of a percentage or a number as a share: 25 % is 0.25.
double share_of(const DirectWeight& weight);

/// Refuses 30 % beside 0.7, of which nobody knows whether it means 70 %. True when
/// they are percentages.
bool all_percent(std::span<const DirectWeight> weights);

/// Names the keys that none of `known` is.
void refuse_other_keys(const layers::Node& map, std::span<const std::string> known);

} // namespace zonerank::engine
