// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/drivers.hpp"
#include "engine/stability/site_stability.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// What a stability analysis is shown with.
struct StabilityRecord {
    const DecisionMatrix* matrix = nullptr;
    std::vector<std::string> ids{}; ///< of the sites; may be empty texts
    const SiteStability* stability = nullptr;
    const WeightSpace* weights = nullptr;
    std::string space;                    ///< name of its row: "ordinal"
    std::string of_space;                 ///< in words: "that keep the order of the study's weights"
    std::vector<std::string> uncertain{}; ///< criteria whose measurements are drawn, too
    std::vector<std::string> notes{};     ///< what the reader has to know besides
    std::uint64_t seed = 1;
};

// Shares are from 0 to 1; what is not known, or can't be, is an empty field, in JSON null.

/// site, id, rank, rank_1 .. : the share of draws that give the site each rank, and those beyond (20 at most).
std::string acceptability_csv(const StabilityRecord& record);
/// A row for each site: ranks seen, first place, changes of weights, who is better everywhere, central weights.
std::string site_stability_csv(const StabilityRecord& record);
/// site, id, criterion, variance_share of a weighted sum; or of others first_order and total, of
/// as many sites as `drivers` are of. Empty where a value is left out.
std::string drivers_csv(const StabilityRecord& record, const std::vector<Drivers>& drivers);
/// How often the row is ahead of the column.
std::string pairs_csv(const StabilityRecord& record);
/// All of it, with method, source, draws, seed and what is assumed.
std::string stability_json(const StabilityRecord& record);

} // namespace zonerank::engine
