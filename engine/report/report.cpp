// SPDX-License-Identifier: Apache-2.0
#include "engine/report/report.hpp"

#include "engine/report/blob.hpp"
#include "engine/report/context_json.hpp"
#include "engine/report/json_parts.hpp"
#include "engine/report/object_text.hpp"
#include "engine/report/page.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/files.hpp"

#include <algorithm>

namespace zonerank::engine {

static constexpr std::size_t least_of_maps = 500'000;

static std::vector<std::string> sorted(std::vector<std::string> names) {
    std::ranges::sort(names);
    return names;
}

/// What the sites and the analyses say; packed where it is much.
static void add_figures(ObjectText& data, const Results& results, double tolerance) {
    const bool many = sites_are_many(results);
    const std::string sites = sites_text(results, tolerance, many), analyses = text_of(analyses_json(results));
    if (many)
        data.add_text(
            "packed",
            ObjectText().add_plain("sites", packed_text(sites)).add_plain("analyses", packed_text(analyses)).take());
    else
        data.add_text("sites", sites).add_text("analyses", analyses);
}

std::string report_data(const Results& results, const DisplayMaps* display, std::size_t most_bytes) {
    const rasters::Grid& grid = results.prepared.territory.grid;
    const double tolerance = grid.cell * (display ? display->gathered().step : 1) / 2;
    ObjectText data;
    data.add("version", version)
        .add("title", results.prepared.study.title)
        .add("study_file", results.prepared.study.file.filename().string())
        .add(ground_json(results, display, tolerance))
        .add("context", context_json(results.prepared.context))
        .add(decision_json(results))
        .add("done", done_json(results))
        .add("outputs", sorted(results.files));
    add_figures(data, results, tolerance);
    const std::size_t taken = data.size() + data.size() / 50 + 1000; // escapes, and the map's own facts
    const std::size_t left = std::max(most_bytes, taken + least_of_maps) - taken;
    data.add_text("map", display ? map_text(display->shown(left), grid) : "null");
    return data.take();
}

void write_report(const Results& results, const DisplayMaps* display) {
    const std::string ranking = ranking_table_html(results.ranking);
    const std::size_t page = empty_page_bytes() + ranking.size();
    rasters::write_text(
        results.folder / "report.html",
        report_page(results.prepared.study.title, ranking, report_data(results, display, most_report_bytes - page)));
}

} // namespace zonerank::engine
