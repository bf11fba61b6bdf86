// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/area_file.hpp"

#include "engine/outputs/site_outline.hpp"
#include "engine/outputs/styles/raster_style.hpp"
#include "engine/qgis/plain_styles.hpp"
#include "rasters/core/files.hpp"

#include <fmt/format.h>

namespace zonerank::engine {

void write_area(const Territory& territory, const std::filesystem::path& folder) {
    const Outline outline = Outliner(territory.grid)(territory.area);
    const double km2 = rasters::ellipsoidal_area(territory.area, territory.crs) / 1e6;
    rasters::write_text(
        folder / "area.geojson",
        fmt::format("{{\"type\":\"FeatureCollection\",\n\"name\":\"area\",\n\"features\":[\n"
                    "{{\"type\":\"Feature\",\"properties\":{{\"area_km2\":{:.3f}}},\"geometry\":{}}}\n]}}\n",
                    km2, geometry_json(outline)));
    rasters::write_text(folder / "area.qml", style_document(outline_style()));
}

} // namespace zonerank::engine
