// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/text/csv.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace zonerank::engine {

/// The ranking that a CSV file with the columns of ranking.csv, or some of them,
/// expects: its rows by the key of their site.
struct ExpectedRanking {
    CsvRow header;
    std::string key; ///< "id", or "name" where the file has no ids
    std::vector<CsvRow> rows;
    std::map<std::string, std::size_t> row_of;
};

/// Throws Error naming the file: unreadable, no CSV, no rows, neither id nor name,
/// a site twice.
ExpectedRanking read_expected(const std::filesystem::path& path);

/// How a ranking differs from the one expected; empty when it does not. Sites are
/// matched by the key. Numbers differ by more than 1e-6
/// of the larger of 1 and the expected one; everything else to the letter. A
/// column or a site that only the file has is a difference, a site that only the
/// ranking has too; further columns of the ranking are not. One line each:
/// "site 'Jatlan': score is 0.81, expected 0.82".
std::vector<std::string> differences(const Ranking& ranking, const ExpectedRanking& expected);

} // namespace zonerank::engine
