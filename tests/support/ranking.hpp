// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"

#include <string>
#include <utility>
#include <vector>

namespace zonerank::tests {

inline rasters::Path square(double west, double south, double side) {
    return {{west, south}, {west, south + side}, {west + side, south + side}, {west + side, south}, {west, south}};
}

inline rasters::Shape square_shape(double west, double south, double side) {
    rasters::Shape shape;
    shape.polygons.push_back({{square(west, south, side)}});
    return shape;
}

inline engine::SiteRow site(std::string name, double score, std::vector<engine::MatrixEntry> entries) {
    engine::SiteRow row;
    row.id = "id-" + name;
    row.name = std::move(name);
    row.score = row.map_score = score;
    row.p10 = row.min = score / 2;
    row.max = score;
    row.area_ha = 250.12344;
    row.usable_ha = 200.1;
    row.shares = {.valid = 0.7, .assumed = 0.1, .unknown = 0, .excluded = 0.2, .outside = 0};
    row.excluded_by = "reservoir";
    row.entries = std::move(entries);
    row.shape = square_shape(300'000, 3'660'000, 1'000);
    return row;
}

/// Four sites, one of them without a rank, on a distance and a class; ranked.
inline engine::Ranking small_ranking() {
    engine::Ranking ranking;
    ranking.study = "Mirpur \"SEZ\"";
    ranking.columns = {
        {.name = "main road",
         .label = "Highway",
         .theme = "location",
         .unit = layers::unit_called("km"),
         .weight = 0.75},
        {.name = "soil", .label = "Soil", .theme = "location", .unit = {}, .weight = 0.25, .classes = {"", "clay"}}};
    ranking.kept = {"owner", "price"};
    ranking.contributions = true;
    ranking.rows = {site("Jatlan", 0.8125, {{1234.5, 0.9, 0.675}, {1, 0.55, 0.1375}}),
                    site("میرپور", 0.25, {{20'000, 0.2, 0.15}, {2, 0.4, 0.1}}),
                    site("Reservoir, bank", engine::nan, {{}, {}}),
                    site("=Bong", 0.5, {{10'000, 0.5, 0.375}, {1, 0.5, 0.125}})};
    ranking.rows[2].reason = "8 % is usable, 50 % are needed";
    ranking.rows[2].usable_ha = 20;
    ranking.rows[2].shares = {.valid = 0.08, .assumed = 0, .unknown = 0, .excluded = 0.92, .outside = 0};
    const std::vector<layers::Field> kept[] = {{std::string("A. \"B\" C"), std::int64_t{5}},
                                               {std::string("+92 300"), 0.1},
                                               {std::monostate{}, engine::nan},
                                               {std::string(""), std::int64_t{-7}}};
    for (std::size_t i = 0; i < 4; ++i) {
        ranking.rows[i].kept = kept[i];
        ranking.rows[i].shape = square_shape(300'000 + 5'000.0 * static_cast<double>(i), 3'660'000, 1'000);
    }
    engine::rank(ranking);
    return ranking;
}

/// Sites "site 0", "site 1" ... with these scores, ranked.
inline engine::Ranking of_scores(const std::vector<double>& scores) {
    engine::Ranking ranking;
    for (std::size_t i = 0; i < scores.size(); ++i)
        ranking.rows.push_back(site("site " + std::to_string(i), scores[i], {}));
    engine::rank(ranking);
    return ranking;
}

} // namespace zonerank::tests
