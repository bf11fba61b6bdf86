// SPDX-License-Identifier: Apache-2.0
#include "layers/travel_field.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"
#include "rasters/writer.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>
#include <vector>

namespace zonerank::layers {

using rasters::Grid;
using rasters::Tile;
using rasters::Window;

void need_friction(const Sources& sources, std::string_view measure) {
    if (sources.friction_spec() == nullptr)
        throw Error("{} needs to know how fast one moves: a `friction` section with `speeds`", measure);
}

rasters::Box in_lonlat(const rasters::Box& box, const Grid& grid) {
    return rasters::reproject(box, rasters::Transform(rasters::parse_crs(grid.crs), rasters::wgs84()));
}

Ways::Ways(const Friction& friction) : m_friction(friction) {
    for (const rasters::RoadStep& step : friction.roads()) {
        m_on_roads.emplace(step.from.row, step.from.col);
        m_on_roads.emplace(step.to.row, step.to.col);
    }
}

bool Ways::lead_from(rasters::Cell cell) const {
    return m_on_roads.contains({cell.row, cell.col}) ||
           !std::isnan(m_friction.slowness({cell.col, cell.row, 1, 1}).values().front());
}

static std::filesystem::path scratch_file() {
    std::string name = (std::filesystem::temp_directory_path() / "zonerank-XXXXXX.tif").string();
    const int file = ::mkstemps(name.data(), 4);
    if (file < 0)
        throw Error("{}: no scratch file can be made there", std::filesystem::temp_directory_path().string());
    ::close(file);
    return name;
}

SolvedRaster::SolvedRaster() : m_file(scratch_file()) {}

void SolvedRaster::keep(const std::function<Tile(Window)>& tile, const Grid& over, const Grid& study,
                        const rasters::Access& access) {
    rasters::CogWriter<float> writer(m_file.path(), over, {.description = "solved"});
    const std::vector<Window> windows = rasters::tiles(over.window(), 512);
    rasters::in_parallel(windows.size(), [&](std::size_t i) { writer.write(tile(windows[i])); });
    writer.close();
    m_reader.emplace(rasters::RasterSource{.paths = {m_file.path().string()}, .values = rasters::Values::continuous},
                     study, access);
}

} // namespace zonerank::layers
