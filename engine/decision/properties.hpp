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

/// Of what makes a score: aggregations, and methods on the sites' decision matrix.
inline constexpr std::array all{
    Words{monotone, "a better value never lowers the score", "a better value may lower the score"},
    Words{idempotent, "equal values give that value", "equal values may give another value"},
    Words{bounded, "the score lies between the least and the greatest value",
          "the score may lie below the least value or above the greatest"},
    Words{independent, "a further site changes no order of the others",
          "rank reversal: a further site may change the order of the others"},
};

/// Of value functions, which turn one measurement into one value.
inline constexpr std::array of_values{
    Words{monotone, "rises all along, or falls all along", "may rise here and fall there"},
    Words{bounded, "from 0 to 1 whatever is measured", "may leave 0 to 1"},
};

/// Of weightings.
inline constexpr std::array of_weights{
    Words{independent, "a further site changes no weight",
          "rank reversal: a further site changes the weights, and may change the order of the others"},
};

/// Those in which the rows of one of the reference's tables are described; none for a table without any.
std::span<const Words> words_of(std::string_view table);

bool states(std::span<const std::string> stated, std::string_view word);

/// "Keeps: monotone (a better value never lowers the score), .... Lacks: ....", of the properties that have words.
std::string in_words(std::span<const std::string> stated, std::span<const Words> words = all);

/// What a short list adds to what a method is: "; a better value may lower the score".
std::string lacked_in_short(std::span<const std::string> stated, std::span<const Words> words = all);

} // namespace zonerank::engine::property
