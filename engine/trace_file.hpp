// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/trace.hpp"

#include <filesystem>
#include <span>
#include <string>

namespace zonerank::engine {

/// What ran when, thread by thread, in the format of Chrome's tracing (about:tracing,
/// ui.perfetto.dev): spans of units, and within them of the stages of tiles.
std::string trace_json(std::span<const rasters::TraceEvent> events);

/// Throws Error when a trace could not be written there, or something would be lost: a
/// file that is there has to be an earlier trace.
void check_trace(const std::filesystem::path& path);

} // namespace zonerank::engine
