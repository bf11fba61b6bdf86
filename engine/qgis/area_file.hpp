// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/territory.hpp"

#include <filesystem>

namespace zonerank::engine {

/// area.geojson, the ground that is scored with its buffer (RFC 7946), and area.qml, its style.
/// Throws Error naming what can't be written, or when the CRS has no way to WGS 84.
void write_area(const Territory& territory, const std::filesystem::path& folder);

} // namespace zonerank::engine
