// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/node.hpp"
#include "rasters/error.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// All that is wrong with a study, so that it can be told at once. Not thread-safe.
class Problems {
public:
    struct Problem {
        Mark mark;
        std::string text;
    };

    void error(const Mark& mark, std::string text);
    void warning(const Mark& mark, std::string text);

    /// Runs f; an Error that leaves it becomes an error at `mark`, `what: message`.
    /// Returns whether f got through.
    template <typename F>
    bool guard(const Mark& mark, std::string_view what, F&& f) {
        try {
            std::forward<F>(f)();
            return true;
        } catch (const Error& e) {
            error(mark, what.empty() ? e.what() : fmt::format("{}: {}", what, e.what()));
            return false;
        }
    }

    bool ok() const { return m_errors.empty(); }
    const std::vector<Problem>& errors() const { return m_errors; }
    const std::vector<Problem>& warnings() const { return m_warnings; }

private:
    std::vector<Problem> m_errors, m_warnings;
};

/// The known name nearest to a misspelt one, or empty when none is near
/// (Damerau-Levenshtein distance at most a third of the length).
std::string nearest(std::string_view name, std::span<const std::string> known);

/// Whether one of a mapping's keys is a slip of `name`, and not one of the other
/// words that may stand there. It is told as unknown, so `name` is not missing, too.
bool misspelt(std::string_view name, const Node& map, std::span<const std::string> known);

/// "unknown criterion 'pwer'; did you mean 'power'?" or "...; there is a, b, c".
std::string unknown(std::string_view what, std::string_view name, std::span<const std::string> known);

} // namespace zonerank::layers
