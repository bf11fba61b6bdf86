// SPDX-License-Identifier: Apache-2.0
#include "layers/open_layers.hpp"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>

#include <atomic>
#include <optional>

namespace zonerank::layers {

using rasters::Tile;
using rasters::Window;

struct OpenLayers::Shared {
    std::mutex opening;
    std::optional<Layer> layer;
    std::atomic<int> users = 0;
    tbb::enumerable_thread_specific<Tile> last; ///< that each thread measured

    Tile tile(Window window) {
        if (users < 2)
            return layer->tile(window);
        Tile& kept = last.local();
        if (kept.window() != window || window.empty())
            kept = layer->tile(window);
        return kept.copy();
    }
};

Layer OpenLayers::layer(const Measure& measure, const rasters::Grid& grid) {
    const std::string key =
        fmt::format("{}\n{} {} {} {} {}", measure.key, grid.cell, grid.west, grid.north, grid.cols, grid.rows);
    std::unique_lock lock(m_mutex);
    std::shared_ptr<Shared>& place = m_layers[key];
    if (!place)
        place = std::make_shared<Shared>();
    const std::shared_ptr<Shared> shared = place;
    lock.unlock();
    const std::scoped_lock opening(shared->opening);
    if (!shared->layer)
        shared->layer = measure.layer(m_sources, grid);
    ++shared->users;
    Layer layer = *shared->layer;
    layer.tile = [shared](Window window) { return shared->tile(window); };
    return layer;
}

std::vector<SolvedField> OpenLayers::fields() const {
    const std::scoped_lock lock(m_mutex);
    std::vector<SolvedField> fields;
    for (const auto& [key, shared] : m_layers)
        if (shared->layer && shared->layer->field)
            fields.emplace_back(*shared->layer->field).key = key;
    return fields;
}

} // namespace zonerank::layers
