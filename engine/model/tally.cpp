// SPDX-License-Identifier: Apache-2.0
#include "engine/model/tally.hpp"

#include "rasters/core/simd.hpp"
#include "rasters/core/trace.hpp"
#include "rasters/zonal/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace zonerank::engine {

using rasters::Cell;
using rasters::Raster;
using rasters::Window;

SiteTally::SiteTally(const Model& model, std::int64_t quantile_limit)
    : excluded_by(model.constraints().size()), freed_by(model.constraints().size()),
      unknown_by(model.decision().criteria.size()), criteria(model.decision().criteria.size()), scores(quantile_limit) {
}

// Blocks only save the work of looking at parts: a cell whose parts are all alike
// counts as a whole, wherever that was found out.
void SiteTally::add(const Model& model, const Evaluation& evaluation, const rasters::Shape& site) {
    const rasters::StageTimer timer(rasters::Stage::sites);
    constexpr int side = 16;
    const Window window = rasters::intersection(evaluation.mask.window(), model.grid().cover(rasters::bounds(site)));
    if (window.empty())
        return;
    const Raster<std::int32_t> cover = rasters::coverage(site, model.grid(), window);
    Pieces pieces;
    if (model.whole_cells(window))
        add_whole(model, evaluation, cover, window, pieces);
    else
        for (const Window& block : rasters::tiles(window, side))
            if (model.whole_cells(block))
                add_whole(model, evaluation, cover, block, pieces);
            else
                add_parts(model, evaluation, cover, block, site, pieces);
    add_pieces(model, evaluation, pieces);
}

constexpr int n = parts_per_side;

void SiteTally::add_whole(const Model& model, const Evaluation& evaluation, const Raster<std::int32_t>& cover,
                          Window block, Pieces& pieces) {
    for (int row = block.row; row < block.row + block.rows; ++row) {
        const Mask* masks = &evaluation.mask[{block.col, row}];
        const std::int32_t* covers = &cover[{block.col, row}];
        for (int first = 0, end = 0; first < block.cols; first = end) {
            while (end < block.cols && masks[end] == masks[first] && covers[end] == covers[first])
                ++end;
            if (covers[first] > 0)
                add_run(model,
                        {{block.col + first, row}, end - first, std::int64_t{covers[first]} * n * n, masks[first]},
                        pieces);
        }
    }
}

static Window parts_of(Window cells) {
    return {cells.col * n, cells.row * n, cells.cols * n, cells.rows * n};
}

void SiteTally::add_parts(const Model& model, const Evaluation& evaluation, const Raster<std::int32_t>& cover,
                          Window block, const rasters::Shape& site, Pieces& pieces) {
    const Raster<Mask> masks = model.part_masks(parts_of(block), block, evaluation.mask);
    std::array<Mask, n * n> here{};
    std::array<std::int32_t, n * n> weights{};
    for (int row = block.row; row < block.row + block.rows; ++row)
        for (int col = block.col; col < block.col + block.cols; ++col) {
            const Cell cell{col, row};
            if (cover[cell] == 0)
                continue;
            const Mask gaps = evaluation.mask[cell] & model.code().any_no_data();
            for (int part = 0; part < n * n; ++part)
                here[static_cast<std::size_t>(part)] = masks[{col * n + part % n, row * n + part / n}];
            if (std::ranges::adjacent_find(here, std::not_equal_to()) == here.end()) {
                add_run(model, {cell, 1, std::int64_t{cover[cell]} * n * n, here[0] | gaps}, pieces);
                continue;
            }
            if (cover[cell] == rasters::full_coverage)
                weights.fill(rasters::full_coverage);
            else
                std::ranges::copy(rasters::coverage(site, model.parts_grid(), parts_of({col, row, 1, 1})).values(),
                                  weights.begin());
            add_split(model, cell, here, gaps, weights, pieces);
        }
}

void SiteTally::add_split(const Model& model, Cell cell, std::span<const Mask> masks, Mask gaps,
                          std::span<const std::int32_t> weights, Pieces& pieces) {
    std::int64_t usable = 0;
    for (std::size_t part = 0; part < masks.size(); ++part)
        if (add_state(model.code(), masks[part] | gaps, weights[part]))
            usable += weights[part];
    if (usable > 0)
        pieces.push_back({cell, 1, usable, gaps});
}

void SiteTally::add_run(const Model& model, const Piece& run, Pieces& pieces) {
    if (add_state(model.code(), run.mask, run.weight * run.count))
        pieces.push_back(run);
}

/// Whether the ground is usable.
bool SiteTally::add_state(const MaskCode& code, Mask mask, std::int64_t weight) {
    const State state = code.state(mask);
    by_state[static_cast<std::size_t>(state)] += weight;
    for (std::size_t i = 0; state == State::excluded && i < excluded_by.size(); ++i) {
        excluded_by[i] += (mask & code.excluded_by(i)) ? weight : 0;
        freed_by[i] += engine::usable(code.state(mask & ~code.excluded_by(i))) ? weight : 0;
    }
    for (std::size_t i = 0; state == State::unknown && i < unknown_by.size(); ++i)
        unknown_by[i] += (mask & code.no_data(i)) ? weight : 0;
    return engine::usable(state);
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

static void add_measurements(rasters::ExactSum& sum, const Criterion& criterion, std::span<const float> measured,
                             std::int64_t weight) {
    try {
        sum.add(measured, weight);
    } catch (const Error& e) {
        throw Error("{}: criterion '{}': {}; if it means no data, write it as `nodata` of the layer",
                    to_string(criterion.mark), criterion.name, e.what());
    }
}

/// Calls visit(part) for the stretches of numbers between those that are none.
template <typename Visit>
static void for_each_known(std::span<const float> values, bool gaps, Visit&& visit) {
    if (!gaps)
        return visit(values);
    const auto known = [](float value) { return !std::isnan(value); };
    for (auto first = values.begin(); first != values.end();) {
        first = std::find_if(first, values.end(), known);
        const auto end = std::find_if_not(first, values.end(), known);
        if (first != end)
            visit(std::span<const float>(first, end));
        first = end;
    }
}

static void widen(float& min, float& max, std::span<const float> values) {
    float least = min, most = max;
    rasters::vectorised([&]() ZONERANK_INLINE {
        float a = least, b = most;
        for (const float *value = values.data(), *end = value + values.size(); value < end; ++value) {
            a = *value < a ? *value : a;
            b = *value > b ? *value : b;
        }
        least = a, most = b;
    });
    min = least, max = most;
}

static void add_classes(std::map<int, std::int64_t>& classes, std::span<const float> codes, std::int64_t weight) {
    for (std::size_t first = 0, end = 0; first < codes.size(); first = end) {
        while (end < codes.size() && codes[end] == codes[first])
            ++end;
        classes[static_cast<int>(codes[first])] += weight * static_cast<std::int64_t>(end - first);
    }
}

// Calls visit(piece, its cells) for each. Sites lie anywhere in the tile, so the time goes
// into waiting for memory: what comes some pieces on is sent for.
template <typename Pieces, typename Visit>
static void for_each_piece(const Pieces& pieces, const rasters::Tile& tile, Visit&& visit) {
    constexpr std::size_t ahead = 8;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i + ahead < pieces.size())
            __builtin_prefetch(&tile[pieces[i + ahead].first]);
        visit(pieces[i], std::span<const float>(&tile[pieces[i].first], static_cast<std::size_t>(pieces[i].count)));
    }
}

void SiteTally::add_pieces(const Model& model, const Evaluation& evaluation, const Pieces& pieces) {
    for (std::size_t i = 0; i < criteria.size(); ++i) {
        if (!model.decision().criteria[i].on_map())
            continue;
        const auto lacks = [&](const Piece& piece) { return (piece.mask & model.code().no_data(i)) != 0; };
        for_each_piece(pieces, evaluation.values[i], [&](const Piece& piece, std::span<const float> values) {
            criteria[i].lacking += lacks(piece) ? piece.weight * piece.count : 0;
            for_each_known(values, lacks(piece),
                           [&](std::span<const float> known) { criteria[i].value.add(known, piece.weight); });
        });
        for_each_piece(pieces, evaluation.measurements[i], [&](const Piece& piece, std::span<const float> measured) {
            for_each_known(measured, lacks(piece),
                           [&](std::span<const float> known) { add_measured(model, i, known, piece.weight); });
        });
    }
    for_each_piece(pieces, evaluation.score, [&](const Piece& piece, std::span<const float> scored) {
        score.add(scored, piece.weight);
        scores.add(scored, piece.weight);
        widen(min, max, scored);
    });
}

void SiteTally::add_measured(const Model& model, std::size_t i, std::span<const float> measured, std::int64_t weight) {
    CriterionTally& tally = criteria[i];
    add_measurements(tally.measurement, model.decision().criteria[i], measured, weight);
    widen(tally.min, tally.max, measured);
    if (model.layer(i).categorical)
        add_classes(tally.classes, measured, weight);
    for (std::size_t c = 0; model.layer(i).circular && c < measured.size(); ++c)
        add_direction(tally, static_cast<double>(measured[c]), weight);
}

void SiteTally::add(const SiteTally& other) {
    for (std::size_t i = 0; i < by_state.size(); ++i)
        by_state[i] += other.by_state[i];
    for (std::size_t i = 0; i < excluded_by.size(); ++i)
        excluded_by[i] += other.excluded_by[i];
    for (std::size_t i = 0; i < freed_by.size(); ++i)
        freed_by[i] += other.freed_by[i];
    for (std::size_t i = 0; i < unknown_by.size(); ++i)
        unknown_by[i] += other.unknown_by[i];
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
