// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/trace.hpp"

#include <span>
#include <string>

namespace zonerank::engine {

/// What ran when, thread by thread, in the format of Chrome's tracing (about:tracing,
/// ui.perfetto.dev): spans of units, and within them of the stages of tiles.
std::string trace_json(std::span<const rasters::TraceEvent> events);

} // namespace zonerank::engine
