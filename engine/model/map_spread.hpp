// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/model.hpp"
#include "engine/stability/sampled_spread.hpp"
#include "engine/stability/weight_space.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace zonerank::engine {

/// How uncertain weights are taken to the map.
struct SpreadSettings {
    double cut = 0.6;        ///< score from which a cell is called good
    std::uint64_t seed = 1;  ///< of the draws
    std::size_t draws = 256; ///< where nothing exact is known; two at least
    /// Set where all weights of the space are alike likely, and it is all there are (empty) or all in
    /// an order: the criteria with weight, from the most important on.
    std::optional<std::vector<std::size_t>> even{};
};

/// What uncertain weights do to the score in a window's cells; NaN and 0 where there is no score.
struct SpreadTiles {
    rasters::Tile mean, deviation;        ///< of the score
    rasters::Tile above;                  ///< share of the weights by which it is at least the cut
    rasters::Raster<std::uint8_t> driver; ///< 1 + the number of the criterion that moves it most
};

/// The scores of the map by all weights of a space. For weighted sums mean, deviation and driver
/// are exact, and so is the share above the cut if all weights, or all in an order, are alike
/// likely. For the rest, and in cells where a criterion is left out, they come from draws.
/// Refers to the model, whose weights must be the study's. Constant; safe from any thread.
class MapSpread {
public:
    /// `space` is over all criteria of the decision; those off the map leave their weight to the others.
    MapSpread(const Model& model, const WeightSpace& space, const SpreadSettings& settings);

    SpreadTiles of(const Evaluation& evaluation) const;

    bool exact() const { return m_additive; } ///< but for the share above the cut
    bool exact_above() const { return m_additive && m_settings.even.has_value(); }

private:
    std::vector<double> drawn(const WeightSpace& space, std::uint64_t number) const;
    void draw(const WeightSpace& space);
    void set_moments(const WeightSpace& space, bool all_mapped);
    std::vector<std::span<const float>> active_values(const Evaluation& evaluation) const;
    void compute(const Evaluation& evaluation, SpreadTiles& tiles) const;
    void draw_where_gaps(const Evaluation& evaluation, SpreadTiles& tiles) const;
    void draw_without(std::uint64_t gaps, const std::vector<std::size_t>& cells, const Evaluation& evaluation,
                      SpreadTiles& tiles) const;

    const Model& m_model;
    SpreadSettings m_settings;
    bool m_additive;
    std::vector<std::size_t> m_active;          ///< criteria on the map with weight
    std::vector<std::size_t> m_order;           ///< `even`, as places in m_active
    std::vector<double> m_mean;                 ///< of the active criteria's weights
    WeightMoments m_moments;                    ///< of the same
    DrawnWeights m_draws;                       ///< of the same
    std::vector<std::vector<double>> m_weights; ///< of all criteria, the same draws
};

} // namespace zonerank::engine
