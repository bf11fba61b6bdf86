// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/comparison.hpp"
#include "tests/support/methods.hpp"

namespace zonerank::tests {

/// Three sites: the first is good on average, the second nowhere bad, the third is last.
inline engine::DecisionMatrix compared_matrix() {
    return {.alternatives = {"Bank, \"A\"", "=Khaliq", "Dadyal"},
            .criteria = {"power", "cover"},
            .weights = {0.5, 0.5},
            .senses = {engine::Sense::less, engine::Sense::neither},
            .measurements = {0, 1, 3000, 2, 9000, 3},
            .values = {1, 0.1, 0.5, 0.4, 0, 0.2}};
}

inline engine::Contestant contestant(std::string_view method, const std::string& body, std::string label = {}) {
    const auto& kind = layers::find(engine::ranking_methods(), "method", method);
    const std::vector<engine::MatrixCriterion> criteria{{"power", layers::unit_called("m")}, {"cover", {}}};
    return {label.empty() ? std::string(method) : label, &kind, kind.make(params(kind, body), criteria)};
}

inline engine::Contested own() {
    return {.contestant = {"study", nullptr, {.variant = "the study's own score"}},
            .outcome = engine::Outcome{.figure = "score", .figures = {0.55, 0.45, 0.1}, .ranks = {1, 2, 3}}};
}

inline engine::Comparison compared() {
    return engine::compare(
        compared_matrix(), own(),
        {contestant("weighted sum", ""), contestant("weighted product", "", "product"), contestant("vikor", "")});
}

} // namespace zonerank::tests
