// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/results.hpp"
#include "engine/report/display_maps.hpp"

#include <cstddef>
#include <string>

namespace zonerank::engine {

inline constexpr std::size_t most_report_bytes = 8'000'000; ///< of report.html, up to some 20,000 sites

/// All that report.html knows of a run, as one JSON text: UTF-8, no NaN, the same bytes for
/// the same results. `display`: null without maps, which are shown as finely as `most_bytes`
/// leave room for beside all else, but never in less than 0.5 MB. Where there are too many sites
/// for 4 MB, `packed` holds the text of the members `sites` and `analyses`, each as packed_text().
/// Throws Error when an input or one of the run's own files can't be read.
std::string report_data(const Results& results, const DisplayMaps* display, std::size_t most_bytes);

/// Writes report.html into the run's folder. Throws Error naming it.
void write_report(const Results& results, const DisplayMaps* display);

} // namespace zonerank::engine
