// SPDX-License-Identifier: Apache-2.0
#include "engine/site_sums.hpp"

#include "engine/model/fields.hpp"
#include "engine/model/learnt_weights.hpp"
#include "engine/model/matrix.hpp"

#include "engine/text/version.hpp"
#include "engine/text/yaml.hpp"

#include <memory>

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

Ranking SiteSums::ranking() const {
    return rank_sites(m_p.study, *m_p.model, m_p.territory, m_tallies);
}

std::vector<Window> tiles_of(const Model& model, int side) {
    return rasters::tiles(model.grid().window(), side);
}

std::string name_of(Window w) {
    return fmt::format("columns {}..{}, rows {}..{}", w.col, w.col + w.cols - 1, w.row, w.row + w.rows - 1);
}

namespace {

/// Adds units of one kind.
struct FactUnits {
    std::size_t add(std::string name, std::vector<std::size_t> after, double cost, std::function<void()> work) const {
        std::string unit_key = key_of({key, "facts", name});
        return p.graph.add({"facts", std::move(name), std::move(unit_key), std::move(after), cost, std::move(work)});
    }

    Prepared& p;
    const std::string& key;
};

/// Moments that tiles add to.
struct SharedMoments {
    std::mutex mutex;
    rasters::Moments all;
};

/// What a value function has to know of the whole map, tile by tile, then learnt.
std::size_t add_facts(const FactUnits& units, std::size_t criterion, int tile, const std::vector<std::size_t>& after) {
    Model& model = *units.p.model;
    const std::string& name = units.p.decision.criteria[criterion].name;
    const auto facts = std::make_shared<SharedMoments>();
    std::vector<std::size_t> parts;
    for (const Window& window : tiles_of(model, tile))
        parts.push_back(
            units.add(fmt::format("{} of {}", name, name_of(window)), after, 1, [&model, criterion, window, facts] {
                const rasters::Moments part = model.facts(criterion, window);
                const std::scoped_lock lock(facts->mutex);
                facts->all.add(part);
            }));
    return units.add(name, std::move(parts), 0,
                     [&model, criterion, facts] { model.learn(criterion, facts_of(facts->all)); });
}

/// Weights that follow from the sites, which are measured for them before the map is scored.
std::size_t add_weights(const FactUnits& units, int tile, const std::vector<std::size_t>& after) {
    Prepared& p = units.p;
    const auto sums = std::make_shared<SiteSums>(p);
    std::vector<std::size_t> measured = after;
    for (const Window& window : tiles_of(*p.model, tile))
        if (const std::vector<std::size_t> sites = sums->in(window); !sites.empty())
            measured.push_back(units.add("sites in " + name_of(window), after, 5,
                                         [&p, sums, window, sites] { sums->add(p.model->evaluate(window), sites); }));
    return units.add("weights", measured, 0, [&p, sums] {
        learn_weights(p.decision, *p.model, sums->ranking(), p.problems);
        p.model->reweigh();
    });
}

} // namespace

std::vector<std::size_t> add_facts_and_weights(Prepared& prepared, const std::string& key, int tile,
                                               const std::vector<std::size_t>& after) {
    const FactUnits units{prepared, key};
    std::vector<std::size_t> learnt = after;
    for (const std::size_t criterion : prepared.model->need_facts())
        learnt.push_back(add_facts(units, criterion, tile, after));
    if (prepared.decision.awaits_sites())
        learnt.push_back(add_weights(units, tile, learnt));
    return learnt;
}

std::string study_key(const Study& study) {
    return key_of({version, to_yaml(study.expanded)});
}

RankedSites rank_only(Prepared& p, unsigned threads, int tile, const std::function<void(const Progress&)>& progress,
                      const std::atomic<bool>& stop) {
    const std::string key = study_key(p.study);
    SiteSums sums(p);
    const std::vector<std::size_t> before = add_facts_and_weights(p, key, tile, add_fields(p.graph, *p.model, key));
    for (const Window& window : tiles_of(*p.model, tile))
        if (std::vector<std::size_t> sites = sums.in(window); !sites.empty())
            p.graph.add({"score", name_of(window), key_of({key, "score", name_of(window)}), before, 5,
                         [&, window, sites = std::move(sites)] { sums.add(p.model->evaluate(window), sites); }});
    p.graph.run(threads, progress, stop);
    return {sums.ranking(), sums.tallies()};
}

} // namespace zonerank::engine
