// SPDX-License-Identifier: Apache-2.0
#include "engine/model/matrix.hpp"
#include "engine/report/curve.hpp"
#include "engine/report/json_parts.hpp"
#include "engine/report/object_text.hpp"
#include "engine/report/plain_outline.hpp"
#include "engine/text/escape.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace zonerank::engine {

namespace {

constexpr std::size_t most_bytes = 4'000'000; ///< of all sites in full, about
constexpr std::size_t most_corners = 60'000;  ///< of all sites together
constexpr std::size_t most_of_one = 400;

/// How much is told of each site.
struct SiteDetail {
    double tolerance;    ///< of its outline, metres
    std::size_t corners; ///< of its outline, at most; less than 4: none
    bool fewer_digits;
};

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

/// Digits of what is only read, where the sites are many; 0: all.
constexpr int few_digits = 5;
constexpr int value_digits = 10; ///< of what a page computes with: scores to 1e-10

/// One row of the ranking as JSON.
class SiteText {
public:
    SiteText(const Results& results, const SiteRow& row, const SiteDetail& detail)
        : m_results(results), m_row(row), m_detail(detail) {}

    std::string operator()() {
        text("id", m_row.id);
        text("name", m_row.name);
        json("rank", m_row.rank > 0 ? std::to_string(m_row.rank) : "null");
        text("reason", m_row.reason);
        json("by_weights", hangs_on_weights(m_results.prepared.decision, m_row) ? "true" : "false");
        number("score", m_row.score, 0);
        for (const auto& [name, figure] : {std::pair{"map_score", m_row.map_score},
                                           {"p10", m_row.p10},
                                           {"min", m_row.min},
                                           {"max", m_row.max},
                                           {"area_ha", m_row.area_ha},
                                           {"usable_ha", m_row.usable_ha}})
            number(name, figure, digits());
        shares();
        text("excluded_by", m_row.excluded_by);
        text("unknown_by", m_row.unknown_by);
        place();
        entries();
        json("kept", text_of(kept_json(m_results, m_row)));
        return std::move(m_text += '}');
    }

private:
    int digits() const { return m_detail.fewer_digits ? few_digits : 0; }

    void name(std::string_view name) {
        if (m_text.back() != '{')
            m_text += ',';
        ((m_text += '"') += name) += "\":";
    }
    void json(std::string_view key, std::string_view value) {
        name(key);
        m_text += value;
    }
    void text(std::string_view key, std::string_view value) { json(key, json_string(value)); }
    void number(std::string_view key, double value, int digits) {
        name(key);
        append_number(m_text, value, digits);
    }

    void shares() {
        json("shares", "{");
        const StateShares& s = m_row.shares;
        for (const auto& [name, share] : {std::pair{"valid", s.valid},
                                          {"assumed", s.assumed},
                                          {"unknown", s.unknown},
                                          {"excluded", s.excluded},
                                          {"outside", s.outside}})
            number(name, share, digits());
        m_text += '}';
    }

    void place() {
        const rasters::Point label = label_point(m_row.shape);
        const rasters::Grid& grid = m_results.prepared.territory.grid;
        json("centre", text_of({number_json(label.x), number_json(label.y)}));
        json("outline", m_detail.corners < 4
                            ? "[]"
                            : text_of(outline_json(m_row.shape, grid, m_detail.tolerance, m_detail.corners)));
        const bool point = m_detail.corners < 4 || is_footprint(m_row.shape, m_results.prepared.study);
        json("point", point ? "true" : "false");
    }

    void entries() {
        json("entries", "[");
        for (std::size_t i = 0; i < m_row.entries.size(); ++i) {
            m_text += i > 0 ? ",{" : "{";
            entry(m_results.prepared.decision.criteria[i], m_results.ranking.columns[i], m_row.entries[i]);
            m_text += '}';
        }
        m_text += ']';
    }

    void entry(const Criterion& criterion, const MatrixColumn& column, const MatrixEntry& entry) {
        constexpr std::array beyond{"\"none\"", "\"part\"", "\"all\""};
        const Json measurement = measurement_json(criterion, column, entry.measurement);
        if (measurement.is_number())
            number("measurement", measurement.get<double>(), digits());
        else
            json("measurement", text_of(measurement));
        number("value", entry.value, m_detail.fewer_digits ? value_digits : 0);
        number("part", entry.part, digits());
        number("known", entry.known, digits());
        json("beyond", beyond[static_cast<std::size_t>(entry.beyond)]);
    }

    const Results& m_results;
    const SiteRow& m_row;
    const SiteDetail& m_detail;
    std::string m_text = "{";
};

/// What the outlines of all may take, as text: where a site is left less than a triangle, none has one.
SiteDetail detail_for(std::size_t sites, bool many, double tolerance) {
    const std::size_t corners = most_corners / std::max<std::size_t>(sites, 1);
    return {.tolerance = tolerance, .corners = std::min(corners, most_of_one), .fewer_digits = many};
}

} // namespace

std::string sites_text(const Results& results, double tolerance, bool many) {
    const SiteDetail detail = detail_for(results.ranking.rows.size(), many, tolerance);
    std::string all = "[";
    for (const SiteRow& row : results.ranking.rows)
        (all += all.size() > 1 ? "," : "") += SiteText(results, row, detail)();
    return all += ']';
}

bool sites_are_many(const Results& results) {
    const std::size_t one = 900 + 130 * results.prepared.decision.criteria.size(); // as exact text
    return results.ranking.rows.size() * one > most_bytes;
}

} // namespace zonerank::engine
