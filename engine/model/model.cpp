// SPDX-License-Identifier: Apache-2.0
#include "engine/model/model.hpp"

#include "rasters/core/simd.hpp"
#include "rasters/core/trace.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace zonerank::engine {

using rasters::Grid;
using rasters::Raster;
using rasters::Tile;
using rasters::Window;

Model::Model(const Decision& decision, const std::vector<Constraint>& constraints, const Territory& territory,
             layers::Sources& sources)
    : m_decision(decision), m_constraints(constraints),
      m_opened(sources), m_grids{territory.grid, rasters::refined(territory.grid, parts_per_side)},
      m_area(std::span(&territory.area, 1)), m_layers(decision.criteria.size()), m_functions(decision.criteria.size()),
      m_tests(constraints.size()), m_facts(decision.criteria.size()) {
    reweigh();
}

void Model::reweigh() {
    m_code = MaskCode(m_decision, m_constraints.size());
    m_themes.clear();
    m_theme_weights.clear();
    for (std::size_t t = 0; t < m_decision.themes.size(); ++t) {
        const Theme& theme = m_decision.themes[t];
        MapTheme map{{}, {}, theme.aggregation};
        double share = 0; // of the theme's weight that is on the map
        for (std::size_t m = 0; m < theme.members.size(); ++m) {
            const bool on_map = m_decision.criteria[theme.members[m]].on_map();
            map.members.push_back(theme.members[m]);
            map.weights.push_back(on_map ? theme.weighing.weights[m] : 0);
            share += map.weights.back();
        }
        if (share > 0) {
            const Weights inner = Weights::of(map.weights);
            map.weights.assign(inner.begin(), inner.end());
        }
        m_themes.push_back(std::move(map));
        m_theme_weights.push_back(m_decision.weighing.weights[t] * share);
    }
    const Weights outer = Weights::of(m_theme_weights);
    m_theme_weights.assign(outer.begin(), outer.end());
}

void Model::open(std::size_t criterion) {
    if (m_decision.criteria[criterion].on_map())
        m_layers[criterion] = m_opened.layer(m_decision.criteria[criterion].measure, m_grids[0]);
    learn(criterion, {0, 1, 0.5, 0.5}); // facts that are needed come later
}

std::vector<Model::Step> Model::steps() {
    std::vector<Step> steps;
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        steps.push_back({fmt::format("criterion '{}'", m_decision.criteria[i].name), m_decision.criteria[i].mark,
                         [this, i] { open(i); }});
    for (std::size_t i = 0; i < m_tests.size(); ++i)
        steps.push_back({fmt::format("constraint '{}'", m_constraints[i].name), m_constraints[i].mark,
                         [this, i] { m_tests[i] = m_constraints[i].tests(m_opened, m_grids); }});
    return steps;
}

std::vector<std::size_t> Model::need_facts() const {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < m_decision.criteria.size(); ++i)
        if (m_decision.criteria[i].needs_facts())
            result.push_back(i);
    return result;
}

/// A damaged file may show here first: the criterion's place leads its message.
Tile Model::measurement(std::size_t i, Window window) const {
    const Criterion& criterion = m_decision.criteria[i];
    const rasters::StageTimer timer(rasters::Stage::measure);
    return in_context(fmt::format("{}: criterion '{}'", to_string(criterion.mark), criterion.name),
                      [&] { return m_layers[i].tile(window); });
}

rasters::Moments Model::facts(std::size_t criterion, Window window) const {
    Raster<Mask> mask(window);
    mark_outside(mask, m_grids[0]);
    const Tile tile = measurement(criterion, window);
    rasters::Moments moments;
    for (std::size_t c = 0; c < tile.values().size(); ++c)
        if (mask.values()[c] == 0)
            moments.add(tile.values()[c]);
    return moments;
}

Facts facts_of(const rasters::Moments& moments) {
    if (moments.count() == 0)
        return {};
    return {moments.min(), moments.max(), moments.mean(), moments.deviation()};
}

void Model::learn(std::size_t criterion, const Facts& facts) {
    m_facts[criterion] = facts;
    m_functions[criterion] =
        m_decision.criteria[criterion].function({.classes = m_layers[criterion].classes, .facts = facts});
}

void Model::refuse_beyond(std::size_t i, double measurement) const {
    const ValueFunction& function = m_functions[i];
    if (!function.beyond(measurement))
        return;
    const Criterion& criterion = m_decision.criteria[i];
    const layers::Unit unit = criterion.matrix_unit();
    const auto in_unit = [&](double base) {
        return fmt::format("{:g}{}{}", layers::shown_in(unit, base), unit.name.empty() ? "" : " ", unit.name);
    };
    throw Error("{}: criterion '{}': {} is measured, beyond the ends of its value function, {} and {} (beyond: error)",
                to_string(criterion.mark), criterion.name, in_unit(measurement), in_unit(function.least),
                in_unit(function.most));
}

void Model::refuse_beyond(std::size_t i, const Tile& measured) const {
    if (!m_functions[i].has_ends())
        return;
    const Raster<Mask> outside = area_mask(measured.window());
    for (std::size_t c = 0; c < measured.values().size(); ++c)
        if (outside.values()[c] == 0)
            refuse_beyond(i, static_cast<double>(measured.values()[c]));
}

double Model::map_weight(std::size_t criterion) const {
    for (std::size_t t = 0; t < m_themes.size(); ++t)
        for (std::size_t m = 0; m < m_themes[t].members.size(); ++m)
            if (m_themes[t].members[m] == criterion)
                return m_theme_weights[t] * m_themes[t].weights[m];
    return 0;
}

// A cell's share of cells on the wanted side of a limit is all or nothing.
static void to_share(std::span<float> cells, const Criterion& criterion) {
    const bool above = criterion.site.above;
    const auto limit = static_cast<float>(criterion.site_limit); // a cell that holds 0.1 is not above 0.1
    for (float& cell : cells)
        if (!std::isnan(cell))
            cell = (above ? cell > limit : cell < limit) ? 100.0F : 0.0F;
}

static bool any_gap(std::span<const float> values) {
    bool any = false;
    rasters::vectorised([&]() ZONERANK_INLINE {
        unsigned gaps = 0;
        for (const float *value = values.data(), *end = value + values.size(); value < end; ++value)
            gaps |= *value != *value;
        any = gaps != 0;
    });
    return any;
}

// Without `keep` the values come to lie where the measurements were.
void Model::measure(std::size_t i, Evaluation& evaluation, bool keep) const {
    Tile measured = measurement(i, evaluation.mask.window());
    if (m_decision.criteria[i].site.kind == SiteRule::Kind::share)
        to_share(measured.values(), m_decision.criteria[i]);
    refuse_beyond(i, measured);
    if (keep)
        evaluation.values[i] = Tile::unset(measured.window());
    (keep ? evaluation.measurements : evaluation.values)[i] = std::move(measured);
}

void Model::to_values(std::size_t i, Evaluation& evaluation, Stretch at) const {
    const Tile& measured = evaluation.measurements[i];
    const std::span<float> values = evaluation.values[i].values().subspan(at.first, at.count);
    const std::span<const float> from =
        measured.values().empty() ? values : measured.values().subspan(at.first, at.count);
    m_functions[i].apply(from, values);
    if (any_gap(values))
        fill_gaps(i, values, evaluation.mask.values().subspan(at.first, at.count));
}

void Model::fill_gaps(std::size_t i, std::span<float> values, std::span<Mask> masks) const {
    const Criterion& criterion = m_decision.criteria[i];
    const Missing& missing = criterion.missing;
    const bool assumed = missing.policy == Missing::Policy::worst || missing.policy == Missing::Policy::value;
    const float instead = assumed ? static_cast<float>(missing.value) : rasters::no_data;
    const Mask bit = m_code.no_data(i);
    rasters::vectorised([&]() ZONERANK_INLINE {
        float* value = values.data();
        Mask* mask = masks.data();
        for (std::size_t c = 0, n = values.size(); c < n; ++c) {
            const bool gap = value[c] != value[c];
            mask[c] |= gap ? bit : 0;
            value[c] = gap ? instead : value[c];
        }
    });
}

void Model::fold(Evaluation& evaluation, Stretch at, std::span<float> themes) const {
    std::vector<std::span<const float>> inner, outer;
    for (std::size_t t = 0; t < m_themes.size(); ++t) {
        const MapTheme& theme = m_themes[t];
        inner.clear();
        for (const std::size_t i : theme.members)
            inner.push_back(m_decision.criteria[i].on_map() ? evaluation.values[i].values().subspan(at.first, at.count)
                                                            : std::span<float>());
        outer.push_back(themes.subspan(t * at.count, at.count));
        if (m_theme_weights[t] > 0)
            theme.aggregation.fold(inner, theme.weights, themes.subspan(t * at.count, at.count));
    }
    m_decision.aggregation.fold(outer, m_theme_weights, evaluation.score.values().subspan(at.first, at.count));
}

void Model::score_by(std::span<const std::span<const float>> values, std::span<const double> weights,
                     std::span<float> score) const {
    std::vector<float> themes(m_themes.size() * score.size());
    std::vector<std::span<const float>> inner, outer;
    std::vector<double> inner_weights, outer_weights;
    for (const MapTheme& theme : m_themes) {
        inner.clear();
        inner_weights.clear();
        for (const std::size_t i : theme.members) {
            inner.push_back(values[i]);
            inner_weights.push_back(weights[i]);
        }
        const std::span<float> of_theme = std::span(themes).subspan(outer.size() * score.size(), score.size());
        theme.aggregation.fold(inner, inner_weights, of_theme);
        outer.push_back(of_theme);
        outer_weights.push_back(std::accumulate(inner_weights.begin(), inner_weights.end(), 0.0));
    }
    m_decision.aggregation.fold(outer, outer_weights, score);
}

// Stretch by stretch, so that what is measured is fetched from memory once for its value
// and the sums.
void Model::score(Evaluation& evaluation) const {
    constexpr std::size_t most = 8192; // cells
    const std::size_t cells = evaluation.mask.values().size();
    std::vector<float> themes(m_themes.size() * std::min(most, cells));
    for (std::size_t first = 0; first < cells; first += most) {
        const Stretch at{first, std::min(most, cells - first)};
        {
            const rasters::StageTimer timer(rasters::Stage::value);
            for (std::size_t i = 0; i < m_layers.size(); ++i)
                if (m_decision.criteria[i].on_map())
                    to_values(i, evaluation, at);
        }
        const rasters::StageTimer timer(rasters::Stage::aggregate);
        fold(evaluation, at, themes);
    }
}

Evaluation Model::evaluate(Window window, bool measurements) const {
    Evaluation evaluation;
    evaluation.mask = Raster<Mask>(window);
    evaluation.score = Tile::unset(window);
    evaluation.measurements.resize(m_layers.size());
    evaluation.values.resize(m_layers.size());
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        if (m_decision.criteria[i].on_map())
            measure(i, evaluation, measurements);
    score(evaluation);
    // Criteria alone decide here: area and constraints are marked below.
    for_each_run(evaluation.mask.values(), [&](std::size_t first, std::size_t count, Mask mask) {
        if (mask != 0 && !usable(m_code.state(mask)))
            std::ranges::fill(evaluation.score.values().subspan(first, count), rasters::no_data);
    });
    const rasters::StageTimer timer(rasters::Stage::constrain);
    mark_outside(evaluation.mask, m_grids[0]);
    for (std::size_t i = 0; i < m_tests.size(); ++i)
        mark_verdicts(evaluation.mask, i, m_tests[i].cells);
    return evaluation;
}

} // namespace zonerank::engine
