// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/draft/draft_area.hpp"

#include <span>
#include <string>

namespace zonerank::engine {

/// What a draft takes as the candidate sites.
struct DraftSites {
    std::optional<NamedLayer> source;  ///< none: a map without a ranking
    std::string name;                  ///< the field that names a site; may be empty
    bool points = false;               ///< a footprint is needed
    bool industry = false;             ///< made of the industrial areas, which are then no clusters
    std::optional<NamedLayer> made_of; ///< what `file` was made of
    std::string file;                  ///< GeoJSON that is to be written as `source`; empty: `source` is there
    std::string remark;                ///< for the study, beside `where`; may be empty
    std::string why;                   ///< in one line
};

/// As wished; else a layer that looks like candidate sites and reaches into the
/// area; else the industrial areas that lie in it, from 10, 20, 50, 100 ... ha on, so that they are
/// 30 at most. Throws Error when what was wished for can't be read.
DraftSites draft_sites(const Wishes& wishes, const DraftArea& area, std::span<const Guess> guesses,
                       const rasters::Access& access);

} // namespace zonerank::engine
