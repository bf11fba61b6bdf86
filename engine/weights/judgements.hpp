// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/ahp.hpp"
#include "layers/terms/node.hpp"

#include <filesystem>
#include <span>
#include <string>

namespace zonerank::engine {

/// Reads pairwise judgements of `members` as a study writes them, into their order:
///   {power vs highway: 2, rail vs highway: 1/3}       each pair, either way round
///   {matrix: [[1, 2], [1/2, 1]], of: [power, highway]}
///   {csv: /path/judgements.csv}                       see below
/// A judgement given one way only is filled in with its inverse the other way;
/// the diagonal with 1; a pair given neither way is NaN. Throws Error for a name that
/// is no member, a member that is missing in a table, or a judgement that is no number.
Judgements read_judgements(const layers::Node& body, std::span<const std::string> members);

/// A table with the names in the first row and the first column, separated by
/// commas or semicolons, cells such as 3, 1/3 or empty, at most 1 MiB.
/// Throws Error "file: line 3: ...", as above.
Judgements read_judgements_csv(const std::filesystem::path& path, std::span<const std::string> members);

} // namespace zonerank::engine
