// SPDX-License-Identifier: Apache-2.0
#include "engine/model/map_spread.hpp"

#include "engine/model/gap_weights.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

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
    bool all_mapped = true;
    for (std::size_t i = 0; i < space.size(); ++i) {
        const bool mapped = model.decision().criteria[i].on_map();
        if (space.mean()[i] > 0 && mapped)
            m_active.push_back(i);
        all_mapped &= mapped || space.mean()[i] == 0;
    }
    // Of all weights alike likely those of some criteria, rescaled, are so, too; in an order they are not.
    if (!all_mapped && !settings.even.value_or(std::vector<std::size_t>{0}).empty())
        m_settings.even.reset();
    for (const std::size_t i : m_settings.even.value_or(std::vector<std::size_t>{}))
        m_order.push_back(static_cast<std::size_t>(std::ranges::find(m_active, i) - m_active.begin()));
    draw(space);
    set_moments(space, all_mapped);
}

/// Weights of the criteria on the map, which sum to 1.
std::vector<double> MapSpread::drawn(const WeightSpace& space, std::uint64_t number) const {
    std::vector<double> weights = picked(space.draw(m_settings.seed, number), m_active);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

void MapSpread::draw(const WeightSpace& space) {
    m_draws.criteria = m_active.size();
    for (std::size_t d = 0; d < m_settings.draws; ++d) {
        const std::vector<double> weights = drawn(space, d);
        std::vector<double>& all = m_weights.emplace_back(space.size(), 0.0);
        for (std::size_t i = 0; i < m_active.size(); ++i) {
            m_draws.weights.push_back(static_cast<float>(weights[i]));
            all[m_active[i]] = weights[i];
        }
    }
}

/// Exact, unless a criterion without a map leaves its weight to the others: then of many draws.
void MapSpread::set_moments(const WeightSpace& space, bool all_mapped) {
    const std::size_t n = m_active.size();
    if (all_mapped) {
        m_mean = picked(space.mean(), m_active);
        m_moments = WeightMoments(m_mean, sub_matrix(space.covariance(), space.size(), m_active));
        return;
    }
    std::vector<double> covariance(n * n, 0.0);
    m_mean.assign(n, 0.0);
    constexpr auto count = static_cast<double>(WeightSpace::moment_draws);
    for (std::uint64_t d = 0; d < WeightSpace::moment_draws; ++d) {
        const std::vector<double> weights = drawn(space, d);
        for (std::size_t i = 0; i < n; ++i) {
            m_mean[i] += weights[i] / count;
            for (std::size_t k = 0; k < n; ++k)
                covariance[i * n + k] += weights[i] * weights[k] / count;
        }
    }
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; k < n; ++k)
            covariance[i * n + k] -= m_mean[i] * m_mean[k];
    m_moments = WeightMoments(m_mean, covariance);
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

/// Cells of one pattern of gaps, gathered, and put back with their spread.
void MapSpread::draw_without(std::uint64_t gaps, const std::vector<std::size_t>& cells, const Evaluation& evaluation,
                             SpreadTiles& tiles) const {
    const GapWeights weights = gap_weights(m_model.decision(), m_active, gaps, m_weights);
    std::vector<std::vector<float>> gathered;
    for (const std::size_t i : weights.left) {
        const std::span<const float> values = evaluation.values[m_active[i]].values();
        std::vector<float>& column = gathered.emplace_back();
        for (const std::size_t c : cells)
            column.push_back(values[c]);
    }
    const std::vector<std::span<const float>> values(gathered.begin(), gathered.end());
    std::vector<float> mean(cells.size()), deviation(cells.size()), above(cells.size());
    std::vector<std::uint8_t> driver(cells.size());
    sampled_spread(values, weights.draws, m_settings.cut, {mean, deviation, above});
    weights.moments.driver(values, driver);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        tiles.mean.values()[cells[i]] = mean[i];
        tiles.deviation.values()[cells[i]] = deviation[i];
        tiles.above.values()[cells[i]] = above[i];
        if (driver[i] > 0)
            tiles.driver.values()[cells[i]] = static_cast<std::uint8_t>(weights.left[driver[i] - 1U] + 1);
    }
}

/// Of cells that have a score without one of their criteria.
void MapSpread::draw_where_gaps(const Evaluation& evaluation, SpreadTiles& tiles) const {
    const std::span<const float> score = evaluation.score.values();
    std::map<std::uint64_t, std::vector<std::size_t>> by_gaps;
    for (std::size_t c = 0; c < score.size(); ++c) {
        if (std::isnan(score[c]) || !std::isnan(tiles.mean.values()[c]))
            continue;
        std::uint64_t gaps = 0;
        for (std::size_t i = 0; i < m_active.size(); ++i)
            gaps |= std::uint64_t{std::isnan(evaluation.values[m_active[i]].values()[c])} << i;
        by_gaps[gaps].push_back(c);
    }
    for (const auto& [gaps, cells] : by_gaps)
        draw_without(gaps, cells, evaluation, tiles);
}

SpreadTiles MapSpread::of(const Evaluation& evaluation) const {
    SpreadTiles tiles = empty_tiles(evaluation.mask.window());
    compute(evaluation, tiles);
    if (m_additive)
        draw_where_gaps(evaluation, tiles);
    for (std::size_t c = 0; c < tiles.mean.values().size(); ++c) {
        std::uint8_t& code = tiles.driver.values()[c];
        code = code == 0 ? code : static_cast<std::uint8_t>(m_active[code - 1U] + 1);
        if (std::isnan(evaluation.score.values()[c]))
            forget(tiles, c);
    }
    return tiles;
}

} // namespace zonerank::engine
