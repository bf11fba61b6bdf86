// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"

namespace zonerank::engine {

/// Bytes of the largest working set of a run with that many threads (0: one per
/// core) and tiles of that side, about: a fifth more than what was seen. Buffers
/// of tiles that are kept to be used again are those counted here, not more.
double memory_needed(const Prepared& prepared, unsigned threads, int tile_side);

/// The same of measuring one criterion, and of those that take most, as a map or as a table.
double memory_to_measure(const Prepared& prepared, unsigned threads, int tile_side, bool table);

/// How many threads 0 means here.
unsigned thread_count(unsigned threads);

} // namespace zonerank::engine
