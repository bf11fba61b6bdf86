// SPDX-License-Identifier: Apache-2.0
#include "engine/report/report.hpp"

#include "engine/report/json_parts.hpp"
#include "engine/report/page.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/files.hpp"

#include <algorithm>

namespace zonerank::engine {

static std::vector<std::string> sorted(std::vector<std::string> names) {
    std::ranges::sort(names);
    return names;
}

std::string report_data(const Results& results, const DisplayMaps* display) {
    const std::optional<DisplayMaps::Shown> shown = display ? std::optional(display->shown()) : std::nullopt;
    const rasters::Grid& grid = results.prepared.territory.grid;
    const double pixel = grid.cell * (shown ? shown->grid.step : 1);
    Json json{{"version", version},
              {"title", results.prepared.study.title},
              {"study_file", results.prepared.study.file.filename().string()}};
    json.update(ground_json(results, shown ? &*shown : nullptr, display));
    json.update(decision_json(results));
    json["sites"] = sites_json(results, pixel / 2);
    json["analyses"] = analyses_json(results);
    json["done"] = done_json(results);
    json["outputs"] = sorted(results.files);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void write_report(const Results& results, const DisplayMaps* display) {
    rasters::write_text(results.folder / "report.html",
                        report_page(results.prepared.study.title, results.ranking, report_data(results, display)));
}

} // namespace zonerank::engine
