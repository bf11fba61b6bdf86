// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/cluster/scripts.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// The lines of a script that set `plan`, `zonerank`, `bundle`, `retries` and `limit` (seconds for a process).
std::string shell_settings(const ClusterWork& work);

/// A shell function `do_units ID...`: one process of zonerank with `threads` threads, tried again after a
/// pause that doubles up to `longest_pause`; it ends the script with code 1 when no try is left.
std::string shell_do_units(const ClusterWork& work);

std::string shell_finish(const ClusterWork& work); ///< the line that puts the results together

inline constexpr int longest_pause = 30; ///< seconds between two tries

/// Seconds that a process for `bundle` units may take.
std::int64_t seconds_of_process(const ClusterWork& work);

/// "--allow-network --allow-driver 'X'" with a blank before each.
std::string shell_access(const ClusterWork& work);
std::string shell_unit_words(const ClusterWork& work); ///< the same, and what else a unit is told but its threads

/// Ids, a line each, in pieces of `most`.
std::vector<std::string> lists_of(const std::vector<std::string>& ids, std::size_t most);

} // namespace zonerank::engine
