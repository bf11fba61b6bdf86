// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/friction_maps.hpp"

#include "engine/outputs/styles.hpp"
#include "engine/text/version.hpp"
#include "layers/speed_map.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/parallel.hpp"
#include "rasters/writer.hpp"

namespace zonerank::engine {

using rasters::Grid;

std::vector<std::string> friction_files(std::size_t place) {
    const std::string name = place == 0 ? "friction" : fmt::format("friction.{}", place + 1);
    return {name + ".tif", name + ".qml"};
}

void write_friction_map(const Grid& grid, std::size_t place, Prepared& prepared, const std::filesystem::path& folder) {
    const layers::FrictionSpec& spec = *prepared.study.friction;
    const layers::SpeedMap map(spec, *prepared.sources, prepared.sources->friction(grid));
    prepared.sources->release_features();
    const std::vector<std::string> files = friction_files(place);
    rasters::CogWriter<float> writer(
        folder / files[0], grid,
        {.description = fmt::format("speed of the fastest that crosses a cell of {:g} m, km/h{}", grid.cell,
                                    spec.directed ? "; on level ground" : ""),
         .metadata = {{"zonerank_version", version}},
         .packing = prepared.study.outputs.packing});
    const std::vector<rasters::Window> windows = rasters::tiles(grid.window(), 512);
    rasters::in_parallel(windows.size(), [&](std::size_t i) { writer.write(map.tile(windows[i])); });
    writer.close();
    rasters::write_text(folder / files[1], speed_style(layers::fastest(spec) * 0.06));
}

} // namespace zonerank::engine
