// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What a batch leaves in its folder beside the folders of its districts.
inline constexpr std::array batch_files{"batch.json", "batch.csv",   "batch.html",       "sites.geojson",
                                        "sites.gpkg", "ranking.csv", "common-facts.json"};

/// What became of one district.
struct BatchRow {
    enum class State {
        waiting, ///< its turn has not come
        done,
        kept,  ///< its results were there already
        empty, ///< done, but it has no sites
        failed
    };

    std::string name, folder;
    State state = State::waiting;
    double seconds = 0;     ///< of this batch; 0 of what was kept
    std::int64_t cells = 0; ///< of its area
    std::size_t sites = 0;
    std::string best; ///< the name of its best site; empty: none has a rank
    std::optional<double> best_score;
    std::string error; ///< one line
};

std::string_view name_of(BatchRow::State state); ///< "done", "already done" ...
bool has_results(const BatchRow& row);

/// A whole batch.
struct BatchSummary {
    std::string study; ///< its title, as the study has it before a district's name
    std::string grid;  ///< "one grid, EPSG:32643", "a grid each"
    std::vector<BatchRow> rows;
    bool of_studies = false;       ///< a row is one of several studies, not a district
    std::size_t sites_nowhere = 0; ///< in no district
    std::string no_ranking;        ///< why there is no combined ranking; empty: there is one, or no site
    double seconds = 0;            ///< wall time

    std::size_t count(BatchRow::State state) const;
    bool finished() const; ///< nothing waits
};

/// What a run has left in its folder: cells of its area, number of sites and the best one. Throws
/// Error for a folder that is no run of ours.
void look_at_results(const std::filesystem::path& folder, BatchRow& row);

std::string row_text(const BatchRow& row);                ///< a row alone, as JSON
BatchRow row_from(const nlohmann::ordered_json& written); ///< throws Error for what row_text() does not write
std::string batch_json(const BatchSummary& summary);      ///< batch.json; ends in a line's end
std::string
batch_csv(const BatchSummary& summary); ///< district, folder, state, seconds, cells, sites, best site, its score, error

std::string_view word_for_row(const BatchSummary& summary);  ///< "district" or "study"
std::string_view word_for_rows(const BatchSummary& summary); ///< "districts" or "studies"

/// A table of the districts and a line of counts, for a terminal of that width (0: any).
std::string batch_table(const BatchSummary& summary, int width);

/// "131 done, 3 already done, 2 failed"
std::string counts_text(const BatchSummary& summary);

} // namespace zonerank::engine
