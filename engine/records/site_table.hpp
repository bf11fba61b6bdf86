// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/text/csv.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A site as an earlier ranking.csv has it.
struct PastSite {
    std::string id, name;
    std::optional<int> rank;     ///< none: it has none, for `reason`
    std::optional<double> score; ///< 0 .. 1
    std::string reason;
    std::map<std::string, double> parts; ///< what each criterion, by its column's stem, adds to the score
};

/// The sites of a ranking.csv, in its order. Throws Error naming the file: unreadable, larger than 64 MiB, no
/// CSV, rows of another length than the header, none of the columns id and name.
std::vector<PastSite> read_sites(const std::filesystem::path& csv);

/// How one table differs from another.
struct TableDifference {
    std::vector<std::string> columns;     ///< of the same name in both, in whose cells something differs
    std::vector<std::string> added, gone; ///< columns
    std::size_t rows_before = 0, rows_after = 0;

    bool same() const { return columns.empty() && added.empty() && gone.empty() && rows_before == rows_after; }
};

/// Row by row in the files' order, text by text. Throws Error as read_sites does, naming the file.
TableDifference compare_tables(const std::filesystem::path& before, const std::filesystem::path& after);

/// "columns score and rank differ; 3 rows instead of 4".
std::string difference_text(const TableDifference& difference);

} // namespace zonerank::engine
