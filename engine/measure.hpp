// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>

namespace zonerank::engine {

struct MeasureOptions {
    std::string criterion;
    std::filesystem::path output; ///< .tif: a map; .csv: a row for each site
    unsigned threads = 0;         ///< 0: one per core
    int tile = 512;               ///< results do not depend on it
    bool overwrite = false;       ///< a file that is there
    std::function<void(const Progress&)> progress{};
};

/// Writes what one criterion measures, in the unit in which the study writes it, and
/// nothing else: as a cloud-optimised GeoTIFF over the area, or by zonal statistics
/// over the sites' outlines, whatever constraints say. REQUIRES a study prepared for
/// this criterion. Throws Error when the criterion has no map, when the output is
/// neither kind of file, is there, or can't be written, and "stopped".
void measure(Prepared& prepared, const MeasureOptions& options, const std::atomic<bool>& stop);

} // namespace zonerank::engine
