// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"

#include <filesystem>
#include <optional>

namespace zonerank::engine {

/// The bytes of a cell of all maps that a run writes as it goes, before they are packed.
double bytes_of_maps(const Prepared& prepared);

/// Bytes on the disk that the results and what waits for them take at the most, about: maps as packed as they usually
/// are (a third of their cells' bytes, as floats of terrain and distances are), and once more while they are laid out.
double disk_needed(const Prepared& prepared, bool sites_only = false);

/// What cells of a map are packed to, as a share of their bytes.
inline constexpr double usually_packed = 1.0 / 3;

/// Of those bytes what so many cells of the map take, of all the maps that a run writes as it goes.
double packed_maps(const Prepared& prepared, double cells);

/// Bytes of scratch space, in TMPDIR, that what is solved over a friction takes beyond its memory.
double scratch_needed(const Prepared& prepared);

/// Bytes that are free where a folder is, or will be; none where the file system doesn't say.
std::optional<double> free_disk(const std::filesystem::path& folder);

/// Throws Error, in one line, when there is less free than half of both, at a folder (which need not be there) and
/// in TMPDIR: less will certainly not do.
void check_room(const std::filesystem::path& folder, double bytes, double of_scratch);

/// The same of the results, and what is solved for them.
void check_disk(const Prepared& prepared, const std::filesystem::path& results);

} // namespace zonerank::engine
