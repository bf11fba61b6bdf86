// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/site_sheet.hpp"
#include "tests/support/study.hpp"

#include <array>
#include <string>

namespace zonerank::tests {

/// Three sites of ground that is the same all over, so that all can be done by hand:
/// low 1 m and 8 %, mid 5 m and 2 %, high 9 m and 1 %. Height is worth x / 10 m (weight 3/4),
/// wet 1 - x / 10 % (weight 1/4): low 0.75 * 0.1 + 0.25 * 0.2 = 0.125, mid 0.375 + 0.2 = 0.575,
/// high 0.675 + 0.225 = 0.9.
struct Three {
    StudyFolder folder;
    std::unique_ptr<engine::Prepared> p;
    std::vector<engine::SiteTally> tallies;
    engine::Ranking ranking;

    explicit Three(const std::string& more = "") {
        std::vector<float> heights, wet;
        for (int cell = 0; cell < 81; ++cell) {
            heights.push_back(std::array{1.0F, 5.0F, 9.0F}[static_cast<std::size_t>(cell % 9 / 3)]);
            wet.push_back(std::array{8.0F, 2.0F, 1.0F}[static_cast<std::size_t>(cell % 9 / 3)]);
        }
        folder.raster("hill.tif", 9, heights);
        folder.raster("wet.tif", 9, wet);
        folder.features("sites.geojson",
                        {rectangle(0, 0, 30, 90, R"("name": "low")"), rectangle(30, 0, 30, 90, R"("name": "mid")"),
                         rectangle(60, 0, 30, 90, R"("name": "high")")});
        folder.features("lake.geojson", {rectangle(0, 0, 30, 60)});
        folder.features("camp.geojson", {rectangle(0, 30, 30, 45)});
        p = folder.ready(square_area(9) + R"(layers:
  hill: {source: hill.tif, unit: m}
  wet: {source: wet.tif, unit: "%"}
  lake: lake.geojson
  camp: camp.geojson
criteria:
  land:
    height: {weight: 3, measure: {sample: {of: hill}}, value: {linear: {worst: 0 m, best: 10 m}}}
    wet: {weight: 1, measure: {sample: {of: wet}}, value: {linear: {best: 0 %, worst: 10 %}}}
sites: {source: sites.geojson, name: name, needs: {usable: 50 %}}
)" + more);
        tallies = tallied(*p);
        ranking = engine::rank_sites(p->study, *p->model, p->territory, tallies);
    }

    engine::SiteSheet of(const std::string& name) const {
        const auto row = std::ranges::find(ranking.rows, name, &engine::SiteRow::name) - ranking.rows.begin();
        const auto& sites = p->territory.candidates;
        const auto site = std::ranges::find(sites, name, &engine::Candidate::name) - sites.begin();
        return engine::site_sheet(ranking, static_cast<std::size_t>(row), *p->model,
                                  tallies[static_cast<std::size_t>(site)]);
    }
};

/// Whether a text has a part, whatever the width of its columns.
inline bool says(const std::string& text, const std::string& part) {
    std::string narrow;
    for (const char c : text)
        if (c != ' ' || !narrow.ends_with(' '))
            narrow += c;
    return narrow.find(part) != std::string::npos;
}

} // namespace zonerank::tests
