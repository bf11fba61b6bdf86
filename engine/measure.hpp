// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace zonerank::engine {

struct MeasureOptions {
    std::string criterion;
    std::filesystem::path output; ///< .tif: a map; .csv: a row for each site
    unsigned threads = 0;         ///< 0: one per core
    int tile = 512;               ///< results do not depend on it
    std::uint64_t memory = 0;     ///< bytes, see hold(); 0: the machine's
    bool overwrite = false;       ///< a file that is there
    std::int64_t most_quantile_cells = engine::most_quantile_cells;
    std::function<void(const Progress&)> progress{};
};

/// Whether that file is a table of the sites (.csv), not a map (.tif). Throws Error for neither.
bool is_site_table(const std::filesystem::path& file);

/// Writes what one criterion measures, in the base unit of its dimension, and
/// nothing else: as a cloud-optimised GeoTIFF over the area, or by zonal statistics
/// over the sites' outlines, whatever constraints say. REQUIRES a study prepared for
/// this criterion, and for a table with its sites. Throws Error when no mean can be
/// taken of it for a table, when the output is neither kind of file, is there, or
/// can't be written, too little memory, and "stopped".
/// A table's percentiles are exact; they are left empty, with a warning in the
/// study's problems, where the boxes of the sites hold more than most_quantile_cells
/// together: up to there a cell takes about 40 bytes, and beyond no more of them.
void measure(Prepared& prepared, const MeasureOptions& options, const std::atomic<bool>& stop);

} // namespace zonerank::engine
