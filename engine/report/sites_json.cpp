// SPDX-License-Identifier: Apache-2.0
#include "engine/model/matrix.hpp"
#include "engine/report/curve.hpp"
#include "engine/report/json_parts.hpp"
#include "engine/report/plain_outline.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace zonerank::engine {

namespace {

constexpr std::size_t most_corners = 60'000; ///< of all sites together
constexpr std::size_t most_of_one = 400, least_of_one = 8;

/// Classes by their name, or by their code ("class 20") where they have none.
Json measurement_json(const Criterion& criterion, const MatrixColumn& column, double measurement) {
    if (std::isnan(measurement))
        return nullptr;
    const bool by_class = !column.classes.empty() || goes_by_classes(criterion);
    if (!by_class)
        return number_json(layers::shown_in(column.unit, measurement));
    const auto code = static_cast<std::size_t>(std::max(measurement, 0.0));
    const bool named = measurement >= 0 && code < column.classes.size() && !column.classes[code].empty();
    return named ? column.classes[code] : class_label(measurement);
}

Json entry_json(const Criterion& criterion, const MatrixColumn& column, const MatrixEntry& entry) {
    constexpr std::array beyond{"none", "part", "all"};
    return {{"measurement", measurement_json(criterion, column, entry.measurement)},
            {"value", number_json(entry.value)},
            {"part", number_json(entry.part)},
            {"known", number_json(entry.known)},
            {"beyond", beyond[static_cast<std::size_t>(entry.beyond)]}};
}

Json entries_json(const Results& results, const SiteRow& row) {
    Json entries = Json::array();
    for (std::size_t i = 0; i < row.entries.size(); ++i)
        entries.push_back(
            entry_json(results.prepared.decision.criteria[i], results.ranking.columns[i], row.entries[i]));
    return entries;
}

Json shares_json(const StateShares& s) {
    return {{"valid", number_json(s.valid)},
            {"assumed", number_json(s.assumed)},
            {"unknown", number_json(s.unknown)},
            {"excluded", number_json(s.excluded)},
            {"outside", number_json(s.outside)}};
}

Json kept_json(const Results& results, const SiteRow& row) {
    Json kept = Json::object();
    for (std::size_t i = 0; i < row.kept.size() && i < results.ranking.kept.size(); ++i)
        kept[results.ranking.kept[i]] = field_json(row.kept[i]);
    return kept;
}

/// Whether the site's ground is the regular polygon that a point is given.
bool is_footprint(const rasters::Shape& shape, const Study& study) {
    return study.sites && study.sites->footprint_m2 > 0 && shape.polygons.size() == 1 &&
           shape.polygons[0].rings.size() == 1 && shape.polygons[0].rings[0].size() == 65;
}

/// Whether it has no score because too little of the weight has data, which other weights may mend.
bool hangs_on_weights(const Decision& decision, const SiteRow& row) {
    std::vector<double> weights;
    for (std::size_t i = 0; i < row.entries.size(); ++i) {
        if (decision.criteria[i].missing.policy != Missing::Policy::leave_out && std::isnan(row.entries[i].value))
            return false;
        weights.push_back(decision.criteria[i].weight);
    }
    return !row.reason.empty() && row.reason == gap_of(decision, row.entries, weights);
}

Json site_json(const Results& results, const SiteRow& row, double tolerance, std::size_t corners) {
    const rasters::Point label = label_point(row.shape);
    return {{"id", row.id},
            {"name", row.name},
            {"rank", row.rank > 0 ? Json(row.rank) : Json()},
            {"reason", row.reason},
            {"by_weights", hangs_on_weights(results.prepared.decision, row)},
            {"score", number_json(row.score)},
            {"map_score", number_json(row.map_score)},
            {"p10", number_json(row.p10)},
            {"min", number_json(row.min)},
            {"max", number_json(row.max)},
            {"area_ha", number_json(row.area_ha)},
            {"usable_ha", number_json(row.usable_ha)},
            {"shares", shares_json(row.shares)},
            {"excluded_by", row.excluded_by},
            {"unknown_by", row.unknown_by},
            {"centre", {number_json(label.x), number_json(label.y)}},
            {"outline", outline_json(row.shape, results.prepared.territory.grid, tolerance, corners)},
            {"point", is_footprint(row.shape, results.prepared.study)},
            {"entries", entries_json(results, row)},
            {"kept", kept_json(results, row)}};
}

} // namespace

Json sites_json(const Results& results, double tolerance) {
    const std::size_t sites = std::max<std::size_t>(results.ranking.rows.size(), 1);
    const std::size_t corners = std::clamp(most_corners / sites, least_of_one, most_of_one);
    Json all = Json::array();
    for (const SiteRow& row : results.ranking.rows)
        all.push_back(site_json(results, row, tolerance, corners));
    return all;
}

} // namespace zonerank::engine
