// SPDX-License-Identifier: Apache-2.0
#include "engine/model/context.hpp"

#include <cmath>
#include <set>
#include <tuple>

namespace zonerank::engine {

using layers::Feature;
using layers::FeatureSet;
using layers::Sketch;
using rasters::Box;

namespace {

constexpr std::int64_t most_pixels = 500'000; ///< of the display

/// Cells across and down of a pixel.
std::int64_t pixel_cells(const rasters::Grid& grid) {
    const auto pixels = [&](std::int64_t step) {
        return ((grid.cols + step - 1) / step) * ((grid.rows + step - 1) / step);
    };
    std::int64_t step = 1;
    while (pixels(step) > most_pixels)
        ++step;
    return step;
}

/// Features by which several readings of a layer (with other conditions, or for another grid) are told apart.
class Drawn {
public:
    bool first_time(const Feature& feature) {
        const Box box = rasters::bounds(feature.shape);
        return m_seen.emplace(feature.fid, std::lround(box.xmin), std::lround(box.ymin)).second;
    }

private:
    std::set<std::tuple<std::int64_t, long, long>> m_seen;
};

Sketch sketch_of(const std::vector<std::shared_ptr<const FeatureSet>>& sets, const layers::SketchFrame& frame) {
    Sketch sketch;
    Drawn drawn;
    for (const auto& set : sets)
        for (const Feature& feature : set->features)
            if (sets.size() == 1 || drawn.first_time(feature))
                add_to(sketch, feature.shape, frame);
    return sketch;
}

} // namespace

layers::SketchFrame context_frame(const rasters::Grid& grid) {
    return {.box = grid.box(), .unit = grid.cell * static_cast<double>(pixel_cells(grid)) / 4};
}

Context find_context(const layers::Sources& sources, const rasters::Grid& grid) {
    Context context{.frame = context_frame(grid), .layers = {}};
    for (const layers::LayerSpec& spec : sources.specs()) {
        Sketch sketch = sketch_of(sources.held(spec.name, grid.crs), context.frame);
        if (!sketch.empty())
            context.layers.push_back({spec.name, std::move(sketch)});
    }
    return context;
}

} // namespace zonerank::engine
