// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

/// What a method keeps whatever it is given. A row of a table lists its own; tests
/// hold it to exactly these, and show a counter-example for each that it lacks.
namespace zonerank::engine::property {

inline constexpr std::string_view monotone = "monotone";       ///< a better value never lowers the result
inline constexpr std::string_view idempotent = "idempotent";   ///< equal values give that value
inline constexpr std::string_view bounded = "bounded";         ///< between the least and the greatest value
inline constexpr std::string_view independent = "independent"; ///< a further site changes no order of the others

} // namespace zonerank::engine::property
