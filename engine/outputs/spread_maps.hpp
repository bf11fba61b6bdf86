// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/map_spread.hpp"
#include "engine/outputs/maps.hpp"

#include <mutex>

namespace zonerank::engine {

/// The maps of a run's stability, written window by window as Maps are: mean and standard
/// deviation of the score under uncertain weights, the share of the weights by which it is at
/// least the cut, and the criterion that drives it.
class SpreadMaps {
public:
    SpreadMaps(const Model& model, const StabilitySpec& stability, const rasters::Packing& packing,
               std::filesystem::path folder);

    /// Once the model has its weights, and before the first window.
    void weigh();

    /// Cells that aren't usable have none of it. Safe from several threads.
    void write(const Evaluation& evaluation);

    /// As those of Maps. weigh() isn't needed to take and to close.
    void put(rasters::ArchiveOut& out, const rasters::Window& part);
    void take(rasters::ArchiveIn& in);

    std::vector<Maps::Closing> closings(); ///< of the maps, with their styles

private:
    std::vector<rasters::Category> drivers() const;
    void keep_largest(const rasters::Tile& deviation);

    const Model& m_model;
    const StabilitySpec& m_stability;
    std::filesystem::path m_folder;
    std::optional<MapSpread> m_spread;
    rasters::CogWriter<float> m_mean, m_deviation, m_above;
    rasters::CogWriter<std::uint8_t> m_driver;
    std::mutex m_mutex;
    double m_largest = 0; ///< deviation on the map
};

} // namespace zonerank::engine
