// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

/// How a ranking differs from the one expected in a CSV file with the columns of
/// ranking.csv, or some of them; empty when it does not. Sites are matched by
/// `id`, or by `name` where the file has no ids. Numbers differ by more than 1e-6
/// of the larger of 1 and the expected one; everything else to the letter. A
/// column or a site that only the file has is a difference, a site that only the
/// ranking has too; further columns of the ranking are not. One line each:
/// "site 'Jatlan': score is 0.81, expected 0.82".
/// Throws Error naming the file: unreadable, no CSV, no rows, neither id nor name,
/// a site twice.
std::vector<std::string> differences(const Ranking& ranking, const std::filesystem::path& expected);

} // namespace zonerank::engine
