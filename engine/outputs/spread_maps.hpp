// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/map_spread.hpp"
#include "engine/outputs/maps.hpp"

namespace zonerank::engine {

/// The maps of a run's stability, written window by window as Maps are: mean and standard
/// deviation of the score under uncertain weights, the share of the weights by which it is at
/// least the cut, and the criterion that drives it.
class SpreadMaps {
public:
    SpreadMaps(const Model& model, const WeightSpace& space, const SpreadSettings& settings,
               const rasters::Packing& packing, std::filesystem::path folder);

    /// Cells that aren't usable have none of it. Safe from several threads.
    void write(const Evaluation& evaluation);

    std::vector<Maps::Closing> closings();
    std::vector<std::string> write_styles() const;

private:
    std::vector<rasters::Category> drivers() const;

    const Model& m_model;
    std::filesystem::path m_folder;
    MapSpread m_spread;
    rasters::CogWriter<float> m_mean, m_deviation, m_above;
    rasters::CogWriter<std::uint8_t> m_driver;
};

} // namespace zonerank::engine
