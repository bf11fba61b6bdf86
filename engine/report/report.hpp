// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/results.hpp"
#include "engine/report/display_maps.hpp"

#include <string>

namespace zonerank::engine {

/// All that report.html knows of a run, as one JSON text: UTF-8, no NaN, the same bytes for
/// the same results. `display`: null without maps. Throws Error when an input or one of the
/// run's own files can't be read.
std::string report_data(const Results& results, const DisplayMaps* display);

/// Writes report.html into the run's folder. Throws Error naming it.
void write_report(const Results& results, const DisplayMaps* display);

} // namespace zonerank::engine
