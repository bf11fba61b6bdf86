// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/node.hpp"
#include "rasters/core/error.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// What is wrong with a thing that has a place of its own in the study, such as a
/// layer: told there and once, whoever comes upon it.
class ErrorAt : public PlacedError {
public:
    ErrorAt(Mark place, std::string_view text, bool was_told = false)
        : PlacedError("{}", text), mark(std::move(place)), told(was_told) {}

    Mark mark;
    bool told; ///< before, in other words: not told again
};

/// All that is wrong with a study, so that it can be told at once. Not thread-safe.
class Problems {
public:
    struct Problem {
        Mark mark;
        std::string text;
    };

    void error(const Mark& mark, std::string text);                      ///< the same at the same place counts once
    void error(const Mark& mark, std::string_view what, const Error& e); ///< "what: message"; an ErrorAt at its own
    void warning(const Mark& mark, std::string text);

    /// Runs f; an Error that leaves it becomes an error at `mark` and of `what`.
    /// Returns whether f got through.
    template <typename F>
    bool guard(const Mark& mark, std::string_view what, F&& f) {
        try {
            std::forward<F>(f)();
            return true;
        } catch (const Error& e) {
            error(mark, what, e);
            return false;
        }
    }

    bool ok() const { return m_errors.empty(); }
    std::size_t failures() const { return m_failures; } ///< errors so far, with those that were not told again
    const std::vector<Problem>& errors() const { return m_errors; }
    const std::vector<Problem>& warnings() const { return m_warnings; }

private:
    std::vector<Problem> m_errors, m_warnings;
    std::set<std::string> m_told;
    std::size_t m_failures = 0;
};

/// A text as a message quotes it: whole, or its first 60 characters and an ellipsis.
std::string excerpt(std::string_view text);

/// The known name nearest to a misspelt one, or empty when none is near
/// (Damerau-Levenshtein distance at most a third of the length).
std::string nearest(std::string_view name, std::span<const std::string> known);

/// Whether one of a mapping's keys is a slip of `name`, and not one of the other
/// words that may stand there. It is told as unknown, so `name` is not missing, too.
bool misspelt(std::string_view name, const Node& map, std::span<const std::string> known);

/// "unknown criterion 'pwer'; did you mean 'power'?" or "...; there is a, b, c".
std::string unknown(std::string_view what, std::string_view name, std::span<const std::string> known);

} // namespace zonerank::layers
