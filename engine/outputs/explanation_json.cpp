// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/explanation.hpp"
#include "engine/outputs/sheet_words.hpp"
#include "engine/text/numbers.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace zonerank::engine {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
    return std::isfinite(value) ? Json(to_digits(to_decimals(value, 12), 9)) : Json();
}

Json text_or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

/// One explanation, part by part.
class Parts {
public:
    explicit Parts(const Explanation& e)
        : m_e(e), m_sheet(e.sheet), m_columns(e.ranking.columns), m_site(e.sheet.site()) {}

    Json operator()() const {
        Json root{{"study", m_e.ranking.study},
                  {"site", m_site.name},
                  {"id", m_site.id},
                  {"rank", m_site.rank > 0 ? Json(m_site.rank) : Json()},
                  {"ranked_sites", m_sheet.ranked},
                  {"reason", text_or_null(m_site.reason)},
                  {"would_rank", m_sheet.would_rank > 0 ? Json(m_sheet.would_rank) : Json()},
                  {"score", number(m_site.score)},
                  {"aggregation", m_e.aggregation},
                  {"parts_add_up", m_e.ranking.contributions},
                  {"criteria", criteria()},
                  {"ground", ground()},
                  {"up_one", m_sheet.up_one ? way(*m_sheet.up_one) : Json()},
                  {"to_top", to_top()},
                  {"rivals", rivals()},
                  {"stability", stability()},
                  {"industries", industries()}};
        return root;
    }

private:
    const SiteRow& row(std::size_t i) const { return m_e.ranking.rows[i]; }

    Json measurement(std::size_t i, double base) const {
        const MatrixColumn& column = m_columns[i];
        if (!column.classes.empty() && !std::isnan(base))
            return measurement_text(column, base);
        return number(layers::shown_in(column.unit, base));
    }

    Json criteria() const {
        Json all = Json::array();
        for (std::size_t i = 0; i < m_sheet.criteria.size(); ++i) {
            const SheetCriterion& c = m_sheet.criteria[i];
            all.push_back({{"criterion", m_columns[i].name},
                           {"label", m_columns[i].label},
                           {"unit", text_or_null(m_columns[i].unit.name)},
                           {"measurement", measurement(i, m_site.entries[i].measurement)},
                           {"value", number(m_site.entries[i].value)},
                           {"weight", number(m_columns[i].weight)},
                           {"part", number(c.part)},
                           {"over_first", number(c.over_winner)},
                           {"over_mean", number(c.over_mean)}});
        }
        return all;
    }

    Json ground() const {
        const StateShares& s = m_site.shares;
        Json constraints = Json::array();
        for (const SheetConstraint& c : m_sheet.constraints)
            constraints.push_back({{"constraint", c.name},
                                   {"excluded", number(c.excluded)},
                                   {"usable_without", number(c.usable_without)}});
        return {{"area_ha", number(m_site.area_ha)},  {"usable", number(s.usable())},   {"assumed", number(s.assumed)},
                {"unknown", number(s.unknown)},       {"excluded", number(s.excluded)}, {"outside", number(s.outside)},
                {"needed", number(m_e.needs_usable)}, {"constraints", constraints}};
    }

    Json way(const WayUp& way) const {
        Json enough = Json::object();
        for (std::size_t i = 0; i < way.enough.size(); ++i)
            enough[m_columns[i].name] = way.enough[i] ? measurement(i, *way.enough[i]) : Json();
        return {{"rival", row(way.rival).name},
                {"rival_id", row(way.rival).id},
                {"gap", number(row(way.rival).score - m_site.score)},
                {"one_measurement", enough},
                {"weights", weights(way.weights)}};
    }

    Json to_top() const {
        const bool is_next = m_sheet.up_one && !m_sheet.to_top;
        return m_sheet.to_top ? way(*m_sheet.to_top) : is_next ? way(*m_sheet.up_one) : Json();
    }

    Json weights(const WeightChange& change) const {
        if (!m_sheet.exact_weights || std::isnan(change.moved))
            return {};
        Json moves = Json::array();
        for (const WeightMove& move : change.moves)
            moves.push_back({{"from", m_columns[move.from].name},
                             {"to", m_columns[move.to].name},
                             {"weight", number(move.amount)}});
        return {{"moved", number(change.moved)}, {"moves", moves}};
    }

    Json rivals() const {
        Json all = Json::array();
        for (const Beside& beside : m_sheet.rivals) {
            Json over = Json::object();
            for (std::size_t i = 0; i < beside.over.size(); ++i)
                over[m_columns[i].name] = number(beside.over[i]);
            all.push_back({{"site", row(beside.rival).name},
                           {"id", row(beside.rival).id},
                           {"rank", row(beside.rival).rank},
                           {"score", number(row(beside.rival).score)},
                           {"over", over}});
        }
        return all;
    }

    Json stability() const {
        if (!m_e.stability || m_site.rank == 0)
            return {};
        const Smaa& smaa = m_e.stability->smaa;
        const auto rank = static_cast<std::size_t>(m_site.rank);
        return {{"method", "SMAA-2"},
                {"draws", smaa.draws},
                {"first", number(smaa.share(m_sheet.row, 1))},
                {"at_its_rank", rank <= smaa.ranks ? number(smaa.share(m_sheet.row, rank)) : Json()},
                {"best_rank", smaa.best[m_sheet.row]},
                {"worst_rank", smaa.worst[m_sheet.row]}};
    }

    Json industries() const {
        Json all = Json::array();
        for (std::size_t i = 0; i < m_e.industries.industries.size(); ++i) {
            const Fit& fit = m_e.industries.at(m_sheet.row, i);
            all.push_back({{"industry", m_e.industries.industries[i].name},
                           {"score", number(fit.score)},
                           {"rank", fit.rank > 0 ? Json(fit.rank) : Json()},
                           {"not_suited", text_or_null(fit.reason)}});
        }
        return all;
    }

    const Explanation& m_e;
    const SiteSheet& m_sheet;
    const std::vector<MatrixColumn>& m_columns;
    const SiteRow& m_site;
};

} // namespace

std::string explanation_json(const Explanation& explanation) {
    return Parts(explanation)().dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace zonerank::engine
