// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/summary.hpp"

#include "engine/outputs/figures.hpp"
#include "engine/progress.hpp"
#include "engine/records/past_run.hpp"
#include "engine/records/site_table.hpp"
#include "engine/text/checked_json.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/version.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

using State = BatchRow::State;
using Json = nlohmann::ordered_json;

static constexpr std::array states{State::done, State::kept, State::empty, State::failed, State::waiting};

std::string_view name_of(State state) {
    switch (state) {
    case State::waiting:
        return "waiting";
    case State::done:
        return "done";
    case State::kept:
        return "already done";
    case State::empty:
        return "no sites";
    case State::failed:
        return "failed";
    }
    return "";
}

bool has_results(const BatchRow& row) {
    return row.state == State::done || row.state == State::kept || row.state == State::empty;
}

std::size_t BatchSummary::count(State state) const {
    return static_cast<std::size_t>(std::ranges::count(rows, state, &BatchRow::state));
}

bool BatchSummary::finished() const {
    return count(State::waiting) == 0;
}

static std::int64_t cells_of_area(const PastRun& run) {
    std::int64_t cells = 0;
    for (const PastGround& state : run.states)
        cells += state.name == "outside" ? 0 : state.cells;
    return cells;
}

void look_at_results(const std::filesystem::path& folder, BatchRow& row) {
    row.cells = cells_of_area(read_past_run(folder));
    row.sites = 0;
    if (!std::filesystem::exists(folder / "ranking.csv"))
        return;
    const std::vector<PastSite> sites = read_sites(folder / "ranking.csv");
    row.sites = sites.size();
    if (!sites.empty() && sites.front().rank) { // best first
        row.best = sites.front().name;
        row.best_score = sites.front().score;
    }
}

static std::string text_or_empty(std::size_t count) {
    return count ? std::to_string(count) : "";
}

static Json row_json(const BatchRow& row) {
    Json json{{"district", row.name},        {"folder", row.folder},
              {"state", name_of(row.state)}, {"seconds", number_json(row.seconds)},
              {"cells", row.cells},          {"sites", row.sites}};
    json["best_site"] = row.best.empty() ? Json() : Json(row.best);
    json["best_score"] = row.best_score ? number_json(*row.best_score) : Json();
    json["error"] = row.error.empty() ? Json() : Json(row.error);
    return json;
}

std::string row_text(const BatchRow& row) {
    Json json = row_json(row);
    json["program"] = "zonerank";
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

BatchRow row_from(const Json& written) {
    BatchRow row{.name = text_member(written, "district", true), .folder = text_member(written, "folder", true)};
    const std::string state = text_member(written, "state", true);
    const auto* const found = std::ranges::find(states, state, name_of);
    if (found == states.end())
        throw_wrong("state", "a state of a district");
    row.state = *found;
    row.seconds = number_member(written, "seconds");
    row.cells = static_cast<std::int64_t>(count_member(written, "cells"));
    row.sites = count_member(written, "sites");
    row.best = text_member(written, "best_site");
    if (const double score = number_member(written, "best_score"); !std::isnan(score))
        row.best_score = score;
    row.error = text_member(written, "error");
    return row;
}

std::string batch_json(const BatchSummary& summary) {
    Json json{{"program", "zonerank"}, {"version", version}, {"study", summary.study}, {"grid", summary.grid}};
    json["finished"] = summary.finished();
    json["seconds"] = number_json(summary.seconds);
    for (const State state : states)
        json["states"][std::string(name_of(state))] = summary.count(state);
    json["sites_in_no_district"] = summary.sites_nowhere;
    json["combined_ranking"] = summary.no_ranking.empty() ? Json("ranking.csv") : Json();
    json["no_combined_ranking"] = summary.no_ranking.empty() ? Json() : Json(summary.no_ranking);
    json["districts"] = Json::array();
    for (const BatchRow& row : summary.rows)
        json["districts"].push_back(row_json(row));
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string batch_csv(const BatchSummary& summary) {
    std::string text = "district,folder,state,seconds,cells,sites,best_site,best_score,error\n";
    for (const BatchRow& row : summary.rows)
        text += fmt::format("{},{},{},{:.3f},{},{},{},{},{}\n", csv_field(row.name), csv_field(row.folder),
                            name_of(row.state), row.seconds, row.cells, row.sites, csv_field(row.best),
                            row.best_score ? csv_figure(*row.best_score, 9) : "", csv_field(row.error));
    return text;
}

std::string counts_text(const BatchSummary& summary) {
    std::vector<std::string> parts;
    for (const State state : states)
        if (const std::size_t count = summary.count(state))
            parts.push_back(fmt::format("{} {}", count, name_of(state)));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string_view word_for_row(const BatchSummary& summary) {
    return summary.of_studies ? "study" : "district";
}

std::string_view word_for_rows(const BatchSummary& summary) {
    return summary.of_studies ? "studies" : "districts";
}

/// The best site, or why there is none.
static std::string outcome(const BatchRow& row, std::string_view error_above) {
    if (!row.error.empty())
        return row.error == error_above ? "the same" : row.error;
    return row.best_score ? fmt::format("{} ({:.3f})", row.best, *row.best_score) : row.best;
}

std::string batch_table(const BatchSummary& summary, int width) {
    const bool failures = summary.count(State::failed) > 0;
    std::vector<std::vector<std::string>> rows{{std::string(word_for_row(summary)), "state", "seconds", "cells",
                                                "sites", failures ? "best site, or what went wrong" : "best site"}};
    std::size_t sites = 0;
    long long cells = 0;
    std::string_view error_above;
    for (const BatchRow& row : summary.rows) {
        sites += row.sites;
        cells += row.cells;
        rows.push_back(
            {row.name, std::string(name_of(row.state)), row.seconds > 0 ? fmt::format("{:.1f}", row.seconds) : "",
             row.cells ? with_thousands(row.cells) : "", text_or_empty(row.sites), outcome(row, error_above)});
        error_above = row.error;
    }
    return fmt::format("{}\n{} {}: {}; {} cells, {} {}, {}\n", aligned(rows, "", width), summary.rows.size(),
                       summary.rows.size() == 1 ? word_for_row(summary) : word_for_rows(summary), counts_text(summary),
                       with_thousands(cells), sites, sites == 1 ? "site" : "sites", duration_text(summary.seconds));
}

} // namespace zonerank::engine
