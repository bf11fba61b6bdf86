// SPDX-License-Identifier: Apache-2.0
#include "engine/model/learnt_weights.hpp"

#include "engine/model/alternatives.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/core/stopped.hpp"

#include <limits>

namespace zonerank::engine {

namespace {

/// Some of the columns.
DecisionMatrix columns_of(const DecisionMatrix& all, const std::vector<std::size_t>& members) {
    DecisionMatrix some{.alternatives = all.alternatives};
    for (const std::size_t m : members) {
        some.criteria.push_back(all.criteria[m]);
        some.weights.push_back(1 / static_cast<double>(members.size()));
        some.senses.push_back(all.senses[m]);
    }
    for (std::size_t row = 0; row < all.rows(); ++row)
        for (const std::size_t m : members) {
            some.measurements.push_back(all.measured(row)[m]);
            some.values.push_back(all.valued(row)[m]);
        }
    return some;
}

/// The themes' own scores as columns.
DecisionMatrix scores_of_themes(const DecisionMatrix& all, const Decision& decision) {
    DecisionMatrix scores{.alternatives = all.alternatives};
    for (const Theme& theme : decision.themes) {
        scores.criteria.push_back(theme.name);
        scores.weights.push_back(1 / static_cast<double>(decision.themes.size()));
        scores.senses.push_back(Sense::neither);
    }
    for (std::size_t row = 0; row < all.rows(); ++row)
        for (const Theme& theme : decision.themes) {
            scores.measurements.push_back(std::numeric_limits<double>::quiet_NaN());
            scores.values.push_back(theme.score(all.valued(row)));
        }
    return scores;
}

void learn(Weighing& weighing, const layers::Mark& mark, const std::string& what, const DecisionMatrix& matrix,
           layers::Problems& problems) {
    const std::string where = what + ": weights";
    try {
        weighing = in_context(where, [&] { return weighing.later(matrix); });
    } catch (const Stopped&) {
        throw;
    } catch (const Error& e) {
        throw layers::ErrorAt(mark, e.what());
    }
    for (const std::string& warning : weighing.warnings)
        problems.warning(mark, fmt::format("{}: {}", where, warning));
}

} // namespace

void learn_weights(Decision& decision, const Model& model, const Ranking& ranking, layers::Problems& problems) {
    const DecisionMatrix all = alternatives(ranking, model);
    for (Theme& theme : decision.themes)
        if (theme.weighing.later)
            learn(theme.weighing, theme.weights_mark, fmt::format("theme '{}'", theme.name),
                  columns_of(all, theme.members), problems);
    if (decision.weighing.later)
        learn(decision.weighing, decision.weights_mark, "criteria", scores_of_themes(all, decision), problems);
    decision.share_out();
}

} // namespace zonerank::engine
