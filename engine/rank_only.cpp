// SPDX-License-Identifier: Apache-2.0
#include "engine/rank_only.hpp"

#include "engine/before_scores.hpp"
#include "engine/plan/planning.hpp"
#include "engine/site_sums.hpp"

namespace zonerank::engine {

using rasters::Window;

RankedSites rank_only(Prepared& p, unsigned threads, int tile, const std::function<void(const Progress&)>& progress,
                      const std::atomic<bool>& stop) {
    const Cutting cutting{.key = study_key(p.study), .tile = tile};
    SiteSums sums(p);
    const std::vector<std::size_t> before = add_before(Stage::score, p, cutting);
    for (const Window& window : rasters::tiles(p.model->grid().window(), tile))
        if (std::vector<std::size_t> sites = sums.in(window); !sites.empty())
            p.graph.add({"score", name_of(window), key_of({cutting.key, "score", name_of(window)}), before, 5,
                         [&, window, sites = std::move(sites)] { sums.add(p.model->evaluate(window), sites); }});
    p.graph.run(threads, progress, stop);
    return {sums.ranking(), sums.tallies()};
}

} // namespace zonerank::engine
