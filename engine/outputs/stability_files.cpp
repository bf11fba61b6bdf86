// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/stability_files.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t most_ranks = SiteStability::most_ranks;

double rounded(double value) {
    return std::isfinite(value) ? to_digits(to_decimals(value, 12), 6) : value;
}

std::string cell(double value) {
    return std::isfinite(value) ? fmt::format(",{}", rounded(value)) : ",";
}

std::string cell(const std::string& text) {
    return "," + csv_field(text);
}

Json number(double value) {
    return std::isfinite(value) ? Json(rounded(value)) : Json();
}

/// A record's rows, one site each.
class Rows {
public:
    explicit Rows(const StabilityRecord& record)
        : m_record(record), m_smaa(record.stability->smaa), m_shown(std::min(m_smaa.ranks, most_ranks)) {}

    std::string acceptability() const {
        std::string csv = "site,id,rank";
        for (std::size_t r = 1; r <= m_shown; ++r)
            csv += fmt::format(",rank_{}", r);
        csv += m_shown < m_smaa.sites ? ",beyond\n" : "\n";
        for (std::size_t i = 0; i < m_smaa.sites; ++i) {
            csv += begin(i);
            for (std::size_t r = 1; r <= m_shown; ++r)
                csv += cell(m_smaa.share(i, r));
            csv += m_shown < m_smaa.sites ? cell(beyond(i)) + "\n" : "\n";
        }
        return csv;
    }

    std::string sites() const {
        std::string csv = "site,id,rank,best_rank,worst_rank,expected_rank,first_share,first_share_error,confidence,"
                          "moved_to_lose_place,rival,moved_to_rise,moved_to_first,can_be_first,greatest_lead,"
                          "dominated_by,dominated_by_count";
        for (const std::string& criterion : m_record.matrix->criteria)
            csv += cell("central_weight " + criterion);
        csv += "\n";
        for (std::size_t i = 0; i < m_smaa.sites; ++i)
            csv += begin(i) + ranks(i) + changes(i) + centre(i) + "\n";
        return csv;
    }

    std::string pairs() const {
        std::string csv = "site";
        for (const std::string& name : m_record.matrix->alternatives)
            csv += cell(name);
        csv += "\n";
        for (std::size_t i = 0; i < m_smaa.sites; ++i) {
            csv += csv_field(name(i));
            for (std::size_t k = 0; k < m_smaa.sites; ++k)
                csv += i == k ? "," : cell(m_smaa.ahead_share(i, k));
            csv += "\n";
        }
        return csv;
    }

    std::string drivers(const std::vector<Drivers>& found) const {
        const bool exact = found.empty() || found.front().total.empty();
        std::string csv = exact ? "site,id,criterion,variance_share\n" : "site,id,criterion,first_order,total\n";
        for (std::size_t i = 0; i < found.size(); ++i)
            for (std::size_t j = 0; j < found[i].first.size(); ++j)
                csv += csv_field(name(i)) + cell(m_record.ids[i]) + cell(m_record.matrix->criteria[j]) +
                       cell(found[i].first[j]) + (exact ? "" : cell(found[i].total[j])) + "\n";
        return csv;
    }

    Json json() const {
        Json sites = Json::array();
        for (std::size_t i = 0; i < m_smaa.sites; ++i)
            sites.push_back(site_json(i));
        return sites;
    }

    Json ranges() const {
        Json all = Json::array();
        for (const StayRange& range : m_record.stability->ranges)
            all.push_back({{"criterion", m_record.matrix->criteria[range.criterion]},
                           {"weight", number(m_record.matrix->weights[range.criterion])},
                           {"from", number(range.least)},
                           {"to", number(range.most)},
                           {"first_below", site_named(range.below)},
                           {"first_above", site_named(range.above)}});
        return all;
    }

    Json reversals() const {
        Json all = Json::array();
        for (const Reversal& reversal : m_record.stability->reversals)
            all.push_back({{"without", name(reversal.without)},
                           {"ahead", name(reversal.ahead)},
                           {"behind", name(reversal.behind)}});
        return all;
    }

private:
    const std::string& name(std::size_t i) const { return m_record.matrix->alternatives[i]; }
    const SitePlace& figures(std::size_t i) const { return m_record.stability->sites[i]; }
    std::string name_or_none(std::optional<std::size_t> i) const { return i ? name(*i) : ""; }
    Json site_named(std::optional<std::size_t> i) const { return i ? Json(name(*i)) : Json(); }

    std::string begin(std::size_t i) const {
        return fmt::format("{},{},{}", csv_field(name(i)), csv_field(m_record.ids[i]), figures(i).rank);
    }

    double beyond(std::size_t i) const {
        double share = 1;
        for (std::size_t r = 1; r <= m_shown; ++r)
            share -= m_smaa.share(i, r);
        return std::max(share, 0.0);
    }

    std::string ranks(std::size_t i) const {
        const double first = m_smaa.share(i, 1);
        return fmt::format(",{},{}", m_smaa.best[i], m_smaa.worst[i]) + cell(m_smaa.expected_rank[i]) + cell(first) +
               cell(standard_error(first, m_smaa.draws)) + cell(m_smaa.confidence[i]);
    }

    /// Whether some weights of the space put it first: exact, or else seen.
    std::string can_be_first(std::size_t i) const {
        if (m_record.stability->exact)
            return figures(i).greatest_lead >= -1e-9 ? "yes" : "no";
        return m_smaa.best[i] == 1 ? "yes" : "";
    }

    std::string changes(std::size_t i) const {
        const SitePlace& f = figures(i);
        return cell(f.to_lose.moved) + cell(name_or_none(f.to_lose.rival)) + cell(f.to_rise.moved) +
               cell(f.to_first.moved) + cell(can_be_first(i)) + cell(f.greatest_lead) +
               cell(name_or_none(f.dominated_by)) +
               (m_record.stability->exact ? fmt::format(",{}", f.dominated_by_count) : ",");
    }

    std::string centre(std::size_t i) const {
        std::string csv;
        for (std::size_t j = 0; j < m_smaa.criteria; ++j)
            csv += cell(m_smaa.central[i * m_smaa.criteria + j]);
        return csv;
    }

    Json change(const WeightChange& change) const {
        if (std::isnan(change.moved))
            return {};
        Json moves = Json::array();
        for (const WeightMove& move : change.moves)
            moves.push_back({{"from", m_record.matrix->criteria[move.from]},
                             {"to", m_record.matrix->criteria[move.to]},
                             {"weight", number(move.amount)}});
        return {{"moved", number(change.moved)}, {"rival", site_named(change.rival)}, {"moves", moves}};
    }

    Json central(std::size_t i) const {
        if (std::isnan(m_smaa.central[i * m_smaa.criteria]))
            return {};
        Json weights = Json::object();
        for (std::size_t j = 0; j < m_smaa.criteria; ++j)
            weights[m_record.matrix->criteria[j]] = number(m_smaa.central[i * m_smaa.criteria + j]);
        return weights;
    }

    Json site_json(std::size_t i) const {
        const SitePlace& f = figures(i);
        Json shares = Json::array();
        for (std::size_t r = 1; r <= m_shown; ++r)
            shares.push_back(number(m_smaa.share(i, r)));
        const std::string first = can_be_first(i);
        return {{"site", name(i)},
                {"id", m_record.ids[i]},
                {"rank", f.rank},
                {"best_rank", m_smaa.best[i]},
                {"worst_rank", m_smaa.worst[i]},
                {"expected_rank", number(m_smaa.expected_rank[i])},
                {"rank_acceptability", shares},
                {"first_share_error", number(standard_error(m_smaa.share(i, 1), m_smaa.draws))},
                {"confidence_factor", number(m_smaa.confidence[i])},
                {"central_weights", central(i)},
                {"to_lose_its_place", change(f.to_lose)},
                {"to_rise_by_one", change(f.to_rise)},
                {"to_be_first", change(f.to_first)},
                {"can_be_first", first.empty() ? Json() : Json(first == "yes")},
                {"greatest_lead", number(f.greatest_lead)},
                {"dominated_by", site_named(f.dominated_by)},
                {"dominated_by_count", m_record.stability->exact ? Json(f.dominated_by_count) : Json()}};
    }

    const StabilityRecord& m_record;
    const Smaa& m_smaa;
    std::size_t m_shown;
};

Json weights_json(const StabilityRecord& record) {
    const WeightSpace& space = *record.weights;
    Json criteria = Json::object();
    for (std::size_t j = 0; j < space.size(); ++j)
        criteria[record.matrix->criteria[j]] = {
            {"given", number(record.matrix->weights[j])},
            {"mean", number(space.mean()[j])},
            {"standard_deviation", number(std::sqrt(std::max(0.0, space.covariance()[j * space.size() + j])))}};
    return {{"space", record.space},
            {"which", "all weights " + record.of_space},
            {"moments",
             space.sampled_moments() ? fmt::format("of {} draws of their own", WeightSpace::moment_draws) : "exact"},
            {"criteria", criteria}};
}

Json assumptions(const StabilityRecord& record) {
    Json all = Json::array({"equal scores (to 1e-12) share the best of their ranks; a tie for first counts for each",
                            "weights are of criteria in the whole study; themes weigh what their criteria do"});
    if (!record.uncertain.empty())
        all.push_back("measurements err independently of each other; a draw x' of a measurement x changes a site's "
                      "value v to v + f(x') - f(x), within 0..1, f being the criterion's value function");
    for (const std::string& note : record.notes)
        all.push_back(note);
    return all;
}

} // namespace

std::string acceptability_csv(const StabilityRecord& record) {
    return Rows(record).acceptability();
}

std::string site_stability_csv(const StabilityRecord& record) {
    return Rows(record).sites();
}

std::string drivers_csv(const StabilityRecord& record, const std::vector<Drivers>& drivers) {
    return Rows(record).drivers(drivers);
}

std::string pairs_csv(const StabilityRecord& record) {
    return Rows(record).pairs();
}

std::string stability_json(const StabilityRecord& record) {
    const Rows rows(record);
    const Smaa& smaa = record.stability->smaa;
    Json root{{"method", "SMAA-2: shares of weightings, and of uncertain measurements, that give a site each rank"},
              {"source", "Lahdelma and Salminen 2001; Tervonen and Lahdelma 2007"},
              {"draws", smaa.draws},
              {"seed", record.seed},
              {"confidence_draws", smaa.confidence_draws},
              {"standard_error", "sqrt(p (1 - p) / draws) of a share p"},
              {"weights", weights_json(record)},
              {"drivers",
               "of a weighted sum the exact shares u_i (Cu)_i of the variance, u being the values less their "
               "mean score; else Sobol indices (Jansen 1999) of points for each criterion, gamma distributed "
               "about its weight, 512 draws, of the first 50 sites"},
              {"uncertain_measurements", record.uncertain},
              {"assumptions", assumptions(record)},
              {"exact_changes", record.stability->exact},
              {"sites", rows.json()},
              {"first_stays_while_one_weight_is", rows.ranges()},
              {"orders_changed_by_leaving_one_site_out", rows.reversals()}};
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace zonerank::engine
