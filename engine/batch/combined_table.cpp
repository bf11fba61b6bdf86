// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/combined_table.hpp"

#include "engine/batch/batch_jobs.hpp"
#include "engine/outputs/site_columns.hpp"
#include "engine/text/sha256.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace zonerank::engine {

using layers::Field;
using Json = nlohmann::ordered_json;

static constexpr std::array<std::string_view, 2> ranks{"rank", "district_rank"};

std::string rows_of(const BatchSummary& summary) {
    if (!summary.of_studies)
        return summary.study;
    constexpr std::size_t longest = 200; // bytes: it is indexed
    std::vector<std::string> names;
    for (const BatchRow& row : summary.rows)
        names.push_back(row.name);
    std::string all = fmt::format("{}", fmt::join(names, ", "));
    if (all.size() <= longest)
        return all;
    return fmt::format("{} studies, {:.60} to {:.60} ({:.12})", names.size(), names.front(), names.back(), sha256(all));
}

using Rows = std::vector<std::vector<Field>>; ///< of sites, of columns

static Rows fields_of(const std::vector<CombinedSite>& sites) {
    Rows rows(sites.size());
    for (std::size_t i = 0; i < sites.size(); ++i)
        for (const auto& [key, value] : sites[i].properties.items())
            rows[i].push_back(field_of(value));
    return rows;
}

/// Whether it holds whole numbers alone, of which a double could not hold one.
static bool has_large_wholes(const Rows& rows, std::size_t column) {
    constexpr std::int64_t most = std::int64_t{1} << 53;
    bool large = false;
    for (const std::vector<Field>& row : rows) {
        const auto* whole = std::get_if<std::int64_t>(&row[column]);
        if (std::holds_alternative<double>(row[column]))
            return false;
        large = large || (whole && (*whole > most || *whole < -most));
    }
    return large;
}

static void make_doubles(Rows& rows, std::size_t column) {
    for (std::vector<Field>& row : rows)
        if (const auto* whole = std::get_if<std::int64_t>(&row[column]))
            row[column] = static_cast<double>(*whole);
}

static std::string name_of(const CombinedSite& site) {
    for (const char* key : {"name", "id"})
        if (const auto found = site.properties.find(key); found != site.properties.end() && found->is_string())
            return found->get<std::string>();
    return site.district;
}

SiteTable combined_table(const std::string& study, const std::string& run, const std::vector<CombinedSite>& sites) {
    SiteTable table{.study = study, .run = run, .sites = sites.size(), .crs = rasters::wgs84()};
    if (!sites.empty())
        table.columns = columns_of(sites.front());
    const auto rows = std::make_shared<Rows>(fields_of(sites));
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (std::ranges::find(ranks, table.columns[i]) == ranks.end() && !has_large_wholes(*rows, i))
            make_doubles(*rows, i);
    table.field = [rows](std::size_t site, std::size_t column) { return (*rows)[site][column]; };
    table.name = [&sites](std::size_t site) { return name_of(sites[site]); };
    table.ground = [&sites](std::size_t site, bool) { return ground_of(sites[site]); };
    return table;
}

/// The columns that the combined ranking of any study has.
static SiteTable combined_table_of_none() {
    SiteTable table{.study = "", .run = "", .columns = {"rank", "district", "district_rank"}, .crs = rasters::wgs84()};
    for (const SiteColumn& column : site_columns(Ranking{}))
        if (column.name != "rank")
            table.columns.push_back(column.name);
    return table;
}

void check_combined_table(const BatchJobs& jobs, const PostgisTarget& target) {
    if (!jobs.have_sites)
        throw Error("--to-postgis writes ranked sites, and the study has no `sites`");
    if (!jobs.no_ranking.empty())
        throw Error("--to-postgis writes the combined ranking, and there is none: {}", jobs.no_ranking);
    in_context("--to-postgis", [&] { check_target(combined_table_of_none(), Columns::some, target); });
}

void check_combined_table(const std::vector<CombinedSite>& sites, const PostgisTarget& target) {
    in_context("--to-postgis", [&] { check_target(combined_table("", "", sites), Columns::all, target); });
}

std::string why_no_table(const BatchSummary& summary) {
    if (!summary.finished())
        return fmt::format("{} of {} {} had no turn yet", summary.count(BatchRow::State::waiting), summary.rows.size(),
                           word_for_rows(summary));
    return summary.no_ranking;
}

std::string write_combined_to_postgis(const std::filesystem::path& folder, const BatchSummary& summary,
                                      const std::vector<CombinedSite>& sites, const PostgisTarget& target) {
    if (!why_no_table(summary).empty())
        return "";
    return in_context(fmt::format("{} is complete, but --to-postgis", folder.string()), [&] {
        const std::string run = sha256_of_file(folder / "sites.geojson");
        return write_sites_to_postgis(combined_table(rows_of(summary), run, sites), target);
    });
}

} // namespace zonerank::engine
