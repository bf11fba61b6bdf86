// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/run_output.hpp"

#include "engine/commands/json_output.hpp"
#include "engine/commands/left_files.hpp"
#include "engine/outputs/figures.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/outputs/site_columns.hpp"
#include "engine/study/no_sites.hpp"
#include "engine/text/text_table.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace zonerank::engine {

const char* const run_json_help = "the ranking (rows as in sites.geojson), the folder, its files, seconds and warnings";

namespace {

Json ranking_json(const Ranking& ranking) {
    const std::vector<SiteColumn> columns = site_columns(ranking);
    Json rows = Json::array();
    for (const SiteRow& row : ranking.rows) {
        Json& site = rows.emplace_back(Json::object());
        for (const SiteColumn& column : columns)
            site[column.name] = field_json(column.of(row));
    }
    return rows;
}

Json result_json(const Prepared& prepared, const StudyOptions& options, const RunResult& result,
                 const std::string& table) {
    Json object = study_json(prepared, options);
    object["folder"] = std::filesystem::absolute(result.folder).string();
    object["seconds"] = result.seconds;
    object["ranking"] = ranking_json(result.ranking);
    object["files"] = files_json(result.folder, result.outputs);
    object["kept"] = result.carried;
    if (!table.empty())
        object["table"] = table;
    return object;
}

} // namespace

std::string result_text(const RunResult& result, bool sites, const TableStyle& style) {
    std::string text;
    if (result.kept > 0)
        text += fmt::format("Went on with {} of {} units that were done before.\n", result.kept, result.units);
    if (sites)
        text += ranking_table(result.ranking, style);
    for (const std::string& table : result.tables)
        text += "\n" + sentences_wrapped(table, style.width);
    return text + left_files_text(result.folder, result.outputs, result.carried, result.seconds);
}

void tell_result(const Prepared& prepared, const StudyOptions& options, const RunResult& result,
                 const std::string& table) {
    if (options.json)
        print_json(result_json(prepared, options, result, table));
    else if (!options.quiet)
        fmt::print("{}",
                   result_text(result, ranks_sites(prepared.study, prepared.territory), style_for(STDOUT_FILENO)));
}

} // namespace zonerank::engine
