// SPDX-License-Identifier: Apache-2.0
#include "engine/explain.hpp"

#include "engine/model/industry_scores.hpp"
#include "engine/rank_only.hpp"
#include "engine/stability_analysis.hpp"
#include "engine/study/no_sites.hpp"
#include "engine/text/utf8.hpp"

#include <algorithm>

namespace zonerank::engine {

namespace {

template <typename Is>
std::vector<std::size_t> those(const std::vector<Candidate>& sites, Is&& is) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < sites.size(); ++i)
        if (is(sites[i]))
            found.push_back(i);
    return found;
}

std::string ids(const std::vector<Candidate>& sites, const std::vector<std::size_t>& which) {
    constexpr std::size_t most = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(which.size(), most); ++i)
        text += (i > 0 ? ", " : "") + sites[which[i]].id;
    return which.size() > most ? text + " …" : text;
}

Error unknown_site(const std::vector<Candidate>& sites, const std::string& name) {
    constexpr std::size_t most = 12;
    std::vector<std::string> known;
    for (const Candidate& site : sites)
        known.insert(known.end(), {site.name, site.id});
    if (!layers::nearest(name, known).empty() || sites.empty())
        return Error("{}", layers::unknown("site", name, known));
    std::string text;
    for (std::size_t i = 0; i < std::min(sites.size(), most); ++i)
        text += (i > 0 ? ", " : "") + layers::excerpt(sites[i].name);
    return Error("unknown site '{}'; there is {}{}", layers::excerpt(name), text,
                 sites.size() > most ? fmt::format(" … ({} sites)", sites.size()) : "");
}

} // namespace

std::size_t candidate_called(const Territory& territory, const std::string& site) {
    const std::vector<Candidate>& sites = territory.candidates;
    std::vector<std::size_t> found = those(sites, [&](const Candidate& c) { return c.id == site; });
    if (found.empty())
        found = those(sites, [&](const Candidate& c) { return c.name == site; });
    if (found.empty())
        found = those(sites, [&, name = lower_case(site)](const Candidate& c) {
            return lower_case(c.name) == name || lower_case(c.id) == name;
        });
    if (found.empty())
        throw unknown_site(sites, site);
    if (found.size() > 1)
        throw Error("{} sites are called '{}': name one by its id: {}", found.size(), layers::excerpt(site),
                    ids(sites, found));
    return found.front();
}

std::unique_ptr<Explanation> explain(Prepared& p, const ExplainOptions& options, const std::atomic<bool>& stop) {
    if (!ranks_sites(p.study, p.territory))
        throw Error("{}: has no `sites`, so there is none to explain", p.study.file.string());
    const std::size_t candidate = candidate_called(p.territory, options.site);
    RankedSites sites = rank_only(p, options.threads, options.tile, options.progress, stop);
    auto result = std::make_unique<Explanation>();
    result->ranking = std::move(sites.ranking);
    const auto row = std::ranges::find(result->ranking.rows, p.territory.candidates[candidate].id, &SiteRow::id);
    result->sheet = site_sheet(result->ranking, static_cast<std::size_t>(row - result->ranking.rows.begin()), *p.model,
                               sites.tallies[candidate]);
    result->aggregation = p.decision.aggregation_name;
    result->needs_usable = p.study.sites->needs_usable;
    if (auto stability = sites_stability(p, result->ranking, rasters::Course(stop, {}))) {
        result->stability = std::move(stability->found);
        result->of_space = std::move(stability->of_space);
    }
    if (!p.profiles.empty())
        result->industries =
            industry_scores(result->ranking, *p.model, p.profiles, capacities(p.study.assign, p.territory));
    return result;
}

} // namespace zonerank::engine
