// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/prepared.hpp"
#include "engine/model/tally.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace zonerank::engine {

/// The sites of a study, added up tile by tile in any order. add() is safe from several threads.
class SiteSums {
public:
    explicit SiteSums(const Prepared& prepared);

    /// Numbers of the sites that may reach into a window.
    std::vector<std::size_t> in(rasters::Window window) const;

    /// Adds what an evaluated window holds of these sites.
    void add(const Evaluation& evaluation, const std::vector<std::size_t>& sites);

    bool exact_percentiles() const { return m_exact; } ///< not only of a histogram

    /// Of each candidate, in their order; whole once each tile with sites is added.
    const std::vector<SiteTally>& tallies() const { return m_tallies; }

    /// The decision matrix and its ranking by the study's weights as they are.
    Ranking ranking() const;

private:
    const Prepared& m_p;
    bool m_exact;
    std::vector<rasters::Window> m_reach;
    std::vector<SiteTally> m_tallies;
    std::mutex m_mutex;
};

/// The tiles of a model's map, of so many cells to a side.
std::vector<rasters::Window> tiles_of(const Model& model, int side);
std::string name_of(rasters::Window tile); ///< "columns 0..511, rows 0..511"

/// Adds units that find what has to be known before cells are scored: facts over the map for
/// value functions, then weights that follow from the sites. `key` begins theirs. Gives the
/// units to wait for: `after`, and the last of these.
std::vector<std::size_t> add_facts_and_weights(Prepared& prepared, const std::string& key, int tile,
                                               const std::vector<std::size_t>& after);

/// The key of everything that a study's units find: of its words and this version.
std::string study_key(const Study& study);

/// The ranking of the sites, and the tallies it stands on, with nothing written.
struct RankedSites {
    Ranking ranking;
    std::vector<SiteTally> tallies; ///< of the candidates, in their order
};

/// REQUIRES prepared.problems.ok() and sites. Throws Error for a damaged input, and "stopped".
RankedSites rank_only(Prepared& prepared, unsigned threads, int tile,
                      const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop);

} // namespace zonerank::engine
