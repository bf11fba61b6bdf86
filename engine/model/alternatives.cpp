// SPDX-License-Identifier: Apache-2.0
#include "engine/model/alternatives.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

Sense between(double first, double last) {
    return first < last ? Sense::more : first > last ? Sense::less : Sense::neither;
}

/// Of a value function from one measurement to another.
Sense sense_over(const std::function<double(double)>& value, double least, double most) {
    constexpr int steps = 64;
    bool rises = false, falls = false;
    for (int i = 0; i < steps; ++i) {
        const double from = value(least + (most - least) * i / steps);
        const double to = value(least + (most - least) * (i + 1) / steps);
        rises |= from < to;
        falls |= from > to;
    }
    if (!rises && !falls)
        return between(value(-HUGE_VAL), value(HUGE_VAL));
    return rises && falls ? Sense::neither : rises ? Sense::more : Sense::less;
}

Sense sense_of(std::size_t criterion, const std::vector<double>& measured, const Model& model) {
    const Criterion& c = model.decision().criteria[criterion];
    const bool of_classes = c.on_map() && model.layer(criterion).categorical && c.site.kind != SiteRule::Kind::share;
    if (of_classes || measured.empty())
        return Sense::neither;
    const auto [least, most] = std::ranges::minmax(measured);
    return sense_over([&](double x) { return model.value(criterion, x); }, least, most);
}

} // namespace

DecisionMatrix alternatives(const Ranking& ranking, const Model& model) {
    DecisionMatrix matrix;
    std::vector<std::vector<double>> known(ranking.columns.size());
    for (const MatrixColumn& column : ranking.columns) {
        matrix.criteria.push_back(column.name);
        matrix.weights.push_back(column.weight);
    }
    for (const SiteRow& row : ranking.rows) {
        if (row.rank == 0)
            continue;
        matrix.alternatives.push_back(row.name);
        for (std::size_t i = 0; i < row.entries.size(); ++i) {
            matrix.measurements.push_back(row.entries[i].measurement);
            matrix.values.push_back(row.entries[i].value);
            if (!std::isnan(row.entries[i].measurement))
                known[i].push_back(row.entries[i].measurement);
        }
    }
    for (std::size_t i = 0; i < known.size(); ++i)
        matrix.senses.push_back(sense_of(i, known[i], model));
    return matrix;
}

} // namespace zonerank::engine
