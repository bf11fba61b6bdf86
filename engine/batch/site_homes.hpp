// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/districts.hpp"
#include "engine/study/study.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Which sites belong to which district.
struct SiteHomes {
    std::vector<std::vector<std::int64_t>> of; ///< one per district: numbers (FID) of its sites, rising
    std::vector<std::int64_t> nowhere;         ///< of those in none
};

/// Each site of the study belongs to the district that holds most of its ground, once; a
/// point to the one that it lies in; the first of equals. REQUIRES a study with sites, whose files
/// are there. Throws Error as read_features(), and when sites can't be told apart by their
/// number: they are in several files, in a table without a key, or have a field "fid".
SiteHomes site_homes(const Study& study, const Districts& districts, const rasters::Access& access);

/// What selects those features and no others: "FID IN (1, 5)". REQUIRES one at least.
std::string where_fid_in(const std::vector<std::int64_t>& fids);

} // namespace zonerank::engine
