// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

/// What a method keeps whatever it is given. A row of a table lists its own; tests
/// hold it to exactly these, and show a counter-example for each that it lacks.
namespace zonerank::engine::property {

inline constexpr std::string_view monotone = "monotone";       ///< a better value never lowers the result
inline constexpr std::string_view idempotent = "idempotent";   ///< equal values give that value
inline constexpr std::string_view bounded = "bounded";         ///< between the least and the greatest value
inline constexpr std::string_view independent = "independent"; ///< a further site changes no order of the others

/// A property in plain words, for those who meet it in a list.
struct Words {
    std::string_view name, kept, lacked;
};

inline constexpr std::array all{
    Words{monotone, "a better value never lowers the score", "a better value may lower the score"},
    Words{idempotent, "equal values give that value", "equal values may give another value"},
    Words{bounded, "the score lies between the least and the greatest value",
          "the score may lie below the least value or above the greatest"},
    Words{independent, "a further site changes no order of the others",
          "rank reversal: a further site may change the order of the others"},
};

bool states(std::span<const std::string> stated, std::string_view word);

/// "Keeps: monotone (a better value never lowers the score), .... Lacks: ...."
std::string in_words(std::span<const std::string> stated);

/// What a short list adds to what a method is: "; a better value may lower the score".
std::string lacked_in_short(std::span<const std::string> stated);

} // namespace zonerank::engine::property
