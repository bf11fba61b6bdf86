// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/study/territory.hpp"

#include <filesystem>

namespace zonerank::engine {

/// sites.gpkg, in the grid's CRS: a layer `sites` with the columns of site_columns(), rows in the
/// ranking's order, and a layer `area`, the ground that is scored, with its name and area_km2. Both
/// carry their style with them (see write_geo_package()). A column called as the table's own, fid
/// and geom, stays; the table's gets a "_" behind. Texts stay texts, whatever stands in them.
/// Throws Error naming the file when it can't be written.
void write_site_package(const Ranking& ranking, const Territory& territory, const std::filesystem::path& path);

} // namespace zonerank::engine
