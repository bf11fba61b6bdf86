// SPDX-License-Identifier: Apache-2.0
#include "engine/model/map_spread.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

constexpr std::size_t stretch = 8192; ///< cells whose sums over the draws stay in a near cache

/// Spans over a stretch of a window's tiles.
SpreadOfCells spread_in(SpreadTiles& tiles, std::size_t first, std::size_t count) {
    return {tiles.mean.values().subspan(first, count), tiles.deviation.values().subspan(first, count),
            tiles.above.values().subspan(first, count)};
}

SpreadTiles empty_tiles(rasters::Window window) {
    return {rasters::Tile(window, rasters::no_data), rasters::Tile(window, rasters::no_data),
            rasters::Tile(window, rasters::no_data), rasters::Raster<std::uint8_t>(window)};
}

void forget(SpreadTiles& tiles, std::size_t cell) {
    tiles.mean.values()[cell] = tiles.deviation.values()[cell] = tiles.above.values()[cell] = rasters::no_data;
    tiles.driver.values()[cell] = 0;
}

std::vector<double> sub_matrix(const std::vector<double>& all, std::size_t size, const std::vector<std::size_t>& of) {
    std::vector<double> some;
    for (const std::size_t i : of)
        for (const std::size_t k : of)
            some.push_back(all[i * size + k]);
    return some;
}

std::vector<double> picked(const std::vector<double>& all, const std::vector<std::size_t>& of) {
    std::vector<double> some;
    for (const std::size_t i : of)
        some.push_back(all[i]);
    return some;
}

/// Of an aggregation of any kind: one draw's scores after the other.
void draw_all(const Model& model, CellValues values, const std::vector<std::vector<double>>& weights,
              const std::vector<std::size_t>& active, double cut, SpreadSums& sums, std::size_t cells) {
    std::vector<float> score(cells);
    for (const std::vector<double>& drawn : weights) {
        model.score_by(values, drawn, score);
        sums.add(score, picked(drawn, active), cut);
    }
}

} // namespace

MapSpread::MapSpread(const Model& model, const WeightSpace& space, const SpreadSettings& settings)
    : m_model(model), m_settings(settings), m_additive(model.decision().additive()) {
    for (std::size_t i = 0; i < space.size(); ++i)
        if (space.mean()[i] > 0)
            m_active.push_back(i);
    for (const std::size_t i : settings.even.value_or(std::vector<std::size_t>{}))
        m_order.push_back(static_cast<std::size_t>(std::ranges::find(m_active, i) - m_active.begin()));
    m_mean = picked(space.mean(), m_active);
    m_moments = WeightMoments(m_mean, sub_matrix(space.covariance(), space.size(), m_active));
    m_draws.criteria = m_active.size();
    for (std::size_t d = 0; d < settings.draws; ++d) {
        m_weights.push_back(space.draw(settings.seed, d));
        for (const std::size_t i : m_active)
            m_draws.weights.push_back(static_cast<float>(m_weights.back()[i]));
    }
}

std::vector<std::span<const float>> MapSpread::active_values(const Evaluation& evaluation) const {
    std::vector<std::span<const float>> values;
    for (const std::size_t i : m_active)
        values.push_back(evaluation.values[i].values());
    return values;
}

/// Of whole stretches, as the aggregation allows.
void MapSpread::compute(const Evaluation& evaluation, SpreadTiles& tiles) const {
    const std::size_t cells = tiles.mean.values().size();
    for (std::size_t first = 0; first < cells; first += stretch) {
        const std::size_t count = std::min(stretch, cells - first);
        const SpreadOfCells spread = spread_in(tiles, first, count);
        const std::span<std::uint8_t> driver = tiles.driver.values().subspan(first, count);
        std::vector<std::span<const float>> values;
        if (!m_additive) {
            for (const rasters::Tile& tile : evaluation.values)
                values.push_back(tile.values().empty() ? std::span<const float>{}
                                                       : tile.values().subspan(first, count));
            SpreadSums sums(count, m_mean);
            draw_all(m_model, values, m_weights, m_active, m_settings.cut, sums, count);
            sums.result(spread);
            sums.driver(driver);
            continue;
        }
        for (const std::span<const float> whole : active_values(evaluation))
            values.push_back(whole.subspan(first, count));
        if (m_settings.even)
            share_above(values, m_settings.cut, m_order, spread.above);
        else
            sampled_spread(values, m_draws, m_settings.cut, spread);
        m_moments.spread(values, spread.mean, spread.deviation);
        m_moments.driver(values, driver);
    }
}

/// Of cells that have a score without one of their criteria, gathered and scored by each draw.
void MapSpread::draw_where_gaps(const Evaluation& evaluation, SpreadTiles& tiles) const {
    const std::span<const float> score = evaluation.score.values();
    std::vector<std::size_t> cells;
    for (std::size_t c = 0; c < score.size(); ++c)
        if (!std::isnan(score[c]) && std::isnan(tiles.mean.values()[c]))
            cells.push_back(c);
    if (cells.empty())
        return;
    std::vector<std::vector<float>> gathered(evaluation.values.size());
    for (std::size_t i = 0; i < gathered.size(); ++i)
        for (const std::size_t c : cells)
            if (!evaluation.values[i].values().empty())
                gathered[i].push_back(evaluation.values[i].values()[c]);
    SpreadSums sums(cells.size(), m_mean);
    draw_all(m_model, std::vector<std::span<const float>>(gathered.begin(), gathered.end()), m_weights, m_active,
             m_settings.cut, sums, cells.size());
    std::vector<float> mean(cells.size()), deviation(cells.size()), above(cells.size());
    std::vector<std::uint8_t> driver(cells.size());
    sums.result({mean, deviation, above});
    sums.driver(driver);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        tiles.mean.values()[cells[i]] = mean[i];
        tiles.deviation.values()[cells[i]] = deviation[i];
        tiles.above.values()[cells[i]] = above[i];
        tiles.driver.values()[cells[i]] = driver[i];
    }
}

SpreadTiles MapSpread::of(const Evaluation& evaluation) const {
    SpreadTiles tiles = empty_tiles(evaluation.mask.window());
    compute(evaluation, tiles);
    if (m_additive)
        draw_where_gaps(evaluation, tiles);
    for (std::size_t c = 0; c < tiles.mean.values().size(); ++c)
        if (std::isnan(evaluation.score.values()[c]))
            forget(tiles, c);
    return tiles;
}

} // namespace zonerank::engine
