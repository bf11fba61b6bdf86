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

    /// Puts the tallies of the sites that anything was added of.
    void put(rasters::ArchiveOut& out) const;
    /// Adds what others of the same study have put, in any order. Throws Error for a damaged file.
    void take(rasters::ArchiveIn& in);

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

/// The key of everything that a study's units find: of its words and this version.
std::string study_key(const Study& study);

} // namespace zonerank::engine
