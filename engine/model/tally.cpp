// SPDX-License-Identifier: Apache-2.0
#include "engine/model/tally.hpp"

#include "rasters/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace zonerank::engine {

using rasters::Cell;
using rasters::Raster;
using rasters::Window;

SiteTally::SiteTally(const Model& model, std::int64_t quantile_limit)
    : excluded_by(model.constraints().size()), criteria(model.decision().criteria.size()), scores(quantile_limit) {}

void SiteTally::add(const Model& model, const Evaluation& evaluation, const rasters::Shape& site) {
    const Window window = rasters::intersection(evaluation.mask.window(), model.grid().cover(rasters::bounds(site)));
    if (window.empty())
        return;
    constexpr int n = parts_per_side;
    const Window parts{window.col * n, window.row * n, window.cols * n, window.rows * n};
    const Raster<std::int32_t> cover = rasters::coverage(site, model.parts_grid(), parts);
    const Raster<Mask> masks = model.part_masks(parts);
    const MaskCode& code = model.code();
    for (int row = window.row; row < window.row + window.rows; ++row) {
        for (int col = window.col; col < window.col + window.cols; ++col) {
            const Mask criteria_bits = evaluation.mask[{col, row}] & code.any_no_data();
            std::int64_t usable_weight = 0;
            for (int part = 0; part < n * n; ++part) {
                const Cell at{col * n + part % n, row * n + part / n};
                const std::int64_t weight = cover[at];
                if (weight == 0)
                    continue;
                const Mask mask = masks[at] | criteria_bits;
                const State state = code.state(mask);
                by_state[static_cast<std::size_t>(state)] += weight;
                usable_weight += engine::usable(state) ? weight : 0;
                for (std::size_t i = 0; state == State::excluded && i < excluded_by.size(); ++i)
                    excluded_by[i] += (mask & code.excluded_by(i)) ? weight : 0;
            }
            if (usable_weight > 0)
                add_cell(model, evaluation, {col, row}, usable_weight);
        }
    }
}

static void add_direction(CriterionTally& tally, double degrees, std::int64_t weight) {
    if (degrees < 0) {
        tally.flat += weight;
        return;
    }
    const double angle = degrees * std::numbers::pi / 180;
    tally.sine.add(std::sin(angle), weight);
    tally.cosine.add(std::cos(angle), weight);
}

static void add_measurement(rasters::ExactSum& sum, const Criterion& criterion, float measured, std::int64_t weight) {
    try {
        sum.add(measured, weight);
    } catch (const Error& e) {
        throw Error("{}: criterion '{}': {}; if it means no data, write it as `nodata` of the layer",
                    to_string(criterion.mark), criterion.name, e.what());
    }
}

void SiteTally::add_cell(const Model& model, const Evaluation& evaluation, Cell cell, std::int64_t weight) {
    for (std::size_t i = 0; i < criteria.size(); ++i) {
        if (!model.decision().criteria[i].on_map())
            continue;
        CriterionTally& tally = criteria[i];
        const float measured = evaluation.measurements[i][cell];
        const float value = evaluation.values[i][cell];
        if (evaluation.mask[cell] & model.code().no_data(i))
            tally.lacking += weight;
        if (!std::isnan(value))
            tally.value.add(value, weight);
        if (std::isnan(measured))
            continue;
        add_measurement(tally.measurement, model.decision().criteria[i], measured, weight);
        tally.min = std::min(tally.min, measured);
        tally.max = std::max(tally.max, measured);
        if (model.layer(i).categorical)
            tally.classes[static_cast<int>(measured)] += weight;
        if (model.layer(i).circular)
            add_direction(tally, measured, weight);
    }
    const float s = evaluation.score[cell];
    score.add(s, weight);
    scores.add(s, weight);
    min = std::min(min, s);
    max = std::max(max, s);
}

void SiteTally::add(const SiteTally& other) {
    for (std::size_t i = 0; i < by_state.size(); ++i)
        by_state[i] += other.by_state[i];
    for (std::size_t i = 0; i < excluded_by.size(); ++i)
        excluded_by[i] += other.excluded_by[i];
    for (std::size_t i = 0; i < criteria.size(); ++i) {
        criteria[i].measurement.add(other.criteria[i].measurement);
        criteria[i].value.add(other.criteria[i].value);
        criteria[i].min = std::min(criteria[i].min, other.criteria[i].min);
        criteria[i].max = std::max(criteria[i].max, other.criteria[i].max);
        for (const auto& [code, weight] : other.criteria[i].classes)
            criteria[i].classes[code] += weight;
        criteria[i].sine.add(other.criteria[i].sine);
        criteria[i].cosine.add(other.criteria[i].cosine);
        criteria[i].flat += other.criteria[i].flat;
        criteria[i].lacking += other.criteria[i].lacking;
    }
    score.add(other.score);
    scores.add(other.scores);
    min = std::min(min, other.min);
    max = std::max(max, other.max);
}

} // namespace zonerank::engine
