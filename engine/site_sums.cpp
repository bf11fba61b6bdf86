// SPDX-License-Identifier: Apache-2.0
#include "engine/site_sums.hpp"

#include "engine/model/matrix.hpp"

#include "engine/text/version.hpp"
#include "engine/text/yaml.hpp"

#include <algorithm>

namespace zonerank::engine {

using rasters::Window;

SiteSums::SiteSums(const Prepared& prepared) : m_p(prepared), m_exact(quantiles_fit(prepared.territory)) {
    for (const Candidate& site : prepared.territory.candidates) {
        m_reach.push_back(prepared.model->grid().cover(rasters::bounds(site.shape)));
        m_tallies.emplace_back(*prepared.model, m_exact ? most_quantile_cells : 0);
    }
}

std::vector<std::size_t> SiteSums::in(Window window) const {
    std::vector<std::size_t> sites;
    for (std::size_t i = 0; i < m_reach.size(); ++i)
        if (!rasters::intersection(window, m_reach[i]).empty())
            sites.push_back(i);
    return sites;
}

void SiteSums::add(const Evaluation& evaluation, const std::vector<std::size_t>& sites) {
    std::vector<SiteTally> tallies;
    for (const std::size_t site : sites) {
        tallies.emplace_back(*m_p.model, m_exact ? most_quantile_cells : 0);
        tallies.back().add(*m_p.model, evaluation, m_p.territory.candidates[site].shape);
    }
    const std::scoped_lock lock(m_mutex);
    for (std::size_t i = 0; i < sites.size(); ++i)
        m_tallies[sites[i]].add(tallies[i]);
}

void SiteSums::put(rasters::ArchiveOut& out) const {
    out.put(std::uint64_t{m_tallies.size()});
    out.put(
        static_cast<std::uint64_t>(std::ranges::count_if(m_tallies, [](const SiteTally& t) { return !t.empty(); })));
    for (std::uint64_t site = 0; site < m_tallies.size(); ++site)
        if (!m_tallies[site].empty()) {
            out.put(site);
            m_tallies[site].put(out);
        }
}

void SiteSums::take(rasters::ArchiveIn& in) {
    in.require(in.get<std::uint64_t>() == m_tallies.size(), "it is of another study");
    for (std::size_t left = in.count(sizeof(std::uint64_t)); left > 0; --left) {
        const auto site = in.get<std::uint64_t>();
        in.require(site < m_tallies.size());
        m_tallies[site].take(in);
    }
}

Ranking SiteSums::ranking() const {
    return rank_sites(m_p.study, *m_p.model, m_p.territory, m_tallies);
}

std::string study_key(const Study& study) {
    return key_of({version, to_yaml(study.expanded)});
}

} // namespace zonerank::engine
