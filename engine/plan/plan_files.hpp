// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>

namespace zonerank::engine {

// Which files a plan's folder holds by the hand of zonerank: all others stay as they are, and where they came first,
// nothing is put beside them.

/// One that a power cut has left empty is nobody else's. Throws rasters::Unreadable.
bool is_our_plan(const std::filesystem::path& file);
bool is_plan_being_written(const std::filesystem::path& file);

/// A folder of a block's maps, which are made there in files that have no names.
bool is_scratch(const std::filesystem::path& path);

/// "score-0003.json", its part, fields solved by regions, what is left of those being written and of `zonerank submit`,
/// and scratch.
bool is_of_units(const std::filesystem::path& path);

using IsOurs = std::function<bool(const std::filesystem::path&)>;

/// The name of something else in a folder; empty: there is none, or no folder.
std::string other_than(const std::filesystem::path& folder, const IsOurs& is_ours);

/// Removes what is ours of a folder, but for what is kept. Throws filesystem_error.
void remove_ours(const std::filesystem::path& folder, const IsOurs& is_ours,
                 const std::set<std::filesystem::path>& kept = {});

} // namespace zonerank::engine
