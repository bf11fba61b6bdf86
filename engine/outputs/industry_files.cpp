// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/industry_files.hpp"

#include "engine/outputs/figures.hpp"
#include "engine/text/escape.hpp"
#include "rasters/core/files.hpp"

#include <nlohmann/json.hpp>

namespace zonerank::engine {

namespace {

using Json = nlohmann::ordered_json;
constexpr int digits = 9;

Json number(double value) {
    return json_figure(value, digits);
}

std::string cell(double value) {
    return csv_figure(value, digits);
}

std::string scores_csv(const IndustryMatrix& matrix) {
    std::string text = "site_id,site,industry,score,rank,suited,reason\n";
    for (std::size_t s = 0; s < matrix.sites.size(); ++s)
        for (std::size_t i = 0; i < matrix.industries.size(); ++i) {
            const Fit& fit = matrix.at(s, i);
            text += fmt::format("{},{},{},{},{},{},{}\n", csv_field(matrix.sites[s].id),
                                csv_field(matrix.sites[s].name), csv_field(matrix.industries[i].name), cell(fit.score),
                                fit.rank > 0 ? std::to_string(fit.rank) : "", fit.suited() ? "yes" : "no",
                                csv_field(fit.reason));
        }
    return text;
}

std::string assigned_row(const IndustryMatrix& matrix, const IndustryPlan::Place& place) {
    const Fit& fit = matrix.at(place.site, place.industry);
    const Fit& best = matrix.at(suited_sites(matrix, place.industry).front(), place.industry);
    return fmt::format("{},{},{},{},{},{},\n", csv_field(matrix.industries[place.industry].name),
                       csv_field(matrix.sites[place.site].id), csv_field(matrix.sites[place.site].name),
                       cell(fit.score), fit.rank, cell(best.score - fit.score));
}

std::string assignment_csv(const IndustryMatrix& matrix, const IndustryPlan& plan) {
    std::string text = "industry,site_id,site,score,rank,below_best,reason\n";
    for (std::size_t i = 0; i < matrix.industries.size(); ++i) {
        for (const IndustryPlan::Place& place : plan.places)
            if (place.industry == i)
                text += assigned_row(matrix, place);
        for (int missing = 0; missing < plan.without[i]; ++missing)
            text +=
                fmt::format("{},,,,,,{}\n", csv_field(matrix.industries[i].name), csv_field(why_without(matrix, i)));
    }
    return text;
}

Json needs_json(const Profile& profile, std::span<const Criterion> criteria) {
    Json needs = Json::array();
    for (const Need& need : profile.needs) {
        const Criterion& criterion = criteria[need.criterion];
        const layers::Unit unit = criterion.matrix_unit();
        needs.push_back({{"criterion", criterion.name},
                         {need.at_least ? "at_least" : "at_most", number(layers::shown_in(unit, need.limit))},
                         {"unit", unit.name}});
    }
    return needs;
}

Json weights_json(const Profile& profile, std::span<const Criterion> criteria) {
    Json weights = Json::object();
    for (std::size_t i = 0; i < profile.weights.size(); ++i)
        if (profile.weights[i] > 0)
            weights[criteria[i].name] = number(profile.weights[i]);
    return profile.weights.empty() ? Json("the study's") : weights;
}

Json sites_json(const IndustryMatrix& matrix, std::size_t industry) {
    Json sites = Json::array();
    for (const std::size_t site : suited_sites(matrix, industry))
        sites.push_back({{"id", matrix.sites[site].id},
                         {"name", matrix.sites[site].name},
                         {"score", number(matrix.at(site, industry).score)},
                         {"rank", matrix.at(site, industry).rank}});
    return sites;
}

Json industry_json(const Industries& industries, std::size_t i) {
    const Profile& profile = industries.profiles[i];
    Json own = Json::array();
    for (const OwnValue& value : profile.values)
        own.push_back(industries.criteria[value.criterion].name);
    return {{"name", profile.name},
            {"label", profile.label},
            {"sites_wanted", profile.sites},
            {"weighing", profile.weighing},
            {"weights", weights_json(profile, industries.criteria)},
            {"needs", needs_json(profile, industries.criteria)},
            {"own_values", own},
            {"suited_sites", sites_json(industries.matrix, i)},
            {"second_best_loses", number(regret(industries.matrix, i))},
            {"sites_without", industries.plan.without[i]}};
}

Json site_json(const IndustryMatrix& matrix, std::size_t site) {
    const std::vector<std::size_t> best = suited_industries(matrix, site);
    return {{"id", matrix.sites[site].id},
            {"name", matrix.sites[site].name},
            {"capacity", matrix.sites[site].capacity},
            {"best_industry", best.empty() ? Json() : Json(matrix.industries[best.front()].name)}};
}

Json plan_json(const IndustryMatrix& matrix, const IndustryPlan& plan) {
    Json places = Json::array();
    for (const auto& [industry, site] : plan.places)
        places.push_back({{"industry", matrix.industries[industry].name},
                          {"site_id", matrix.sites[site].id},
                          {"site", matrix.sites[site].name},
                          {"score", number(matrix.at(site, industry).score)}});
    return places;
}

std::string json(const Industries& all) {
    Json root{{"aggregation", all.aggregation},
              {"own_values", "of the site's measurement: for a mean over cells the value of the mean"},
              {"method", "transportation problem by successive shortest paths, exact to 2^-36 of a score"},
              {"aim", all.aim == Aim::most_placed ? "most placed" : "total score"},
              {"total_score", number(all.plan.total)},
              {"industries", Json::array()},
              {"sites", Json::array()},
              {"assignment", plan_json(all.matrix, all.plan)}};
    for (std::size_t i = 0; i < all.profiles.size(); ++i)
        root["industries"].push_back(industry_json(all, i));
    for (std::size_t s = 0; s < all.matrix.sites.size(); ++s)
        root["sites"].push_back(site_json(all.matrix, s));
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

std::string why_without(const IndustryMatrix& matrix, std::size_t industry) {
    const std::size_t suited = suited_sites(matrix, industry).size();
    if (suited < static_cast<std::size_t>(matrix.industries[industry].wanted))
        return suited == 0 ? "no site suits it"
                           : fmt::format("only {} site{} it", suited, suited == 1 ? " suits" : "s suit");
    return "the sites that suit it do more for others, or take none";
}

std::vector<std::string> industry_files() {
    return {"industries/scores.csv", "industries/assignment.csv", "industries/industries.json"};
}

void write_industries(const Industries& industries, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder / "industries");
    rasters::write_text(folder / "industries/scores.csv", scores_csv(industries.matrix));
    rasters::write_text(folder / "industries/assignment.csv", assignment_csv(industries.matrix, industries.plan));
    rasters::write_text(folder / "industries/industries.json", json(industries));
}

} // namespace zonerank::engine
