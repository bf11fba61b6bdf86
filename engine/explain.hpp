// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "engine/outputs/explanation.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace zonerank::engine {

struct ExplainOptions {
    std::string site; ///< its name or id
    unsigned threads = 0;
    int tile = 512; ///< results do not depend on it
    std::function<void(const Progress&)> progress{};
};

/// The number of a candidate, by its id or else its name, letter case aside when that tells one
/// from all others. Throws Error: the nearest name, or the ids of those with one name.
std::size_t candidate_called(const Territory& territory, const std::string& site);

/// Finds the sites' ranking, writing nothing, and looks at one site. REQUIRES problems.ok().
/// Throws Error for a study without sites, an unknown site, a damaged input, and "stopped".
std::unique_ptr<Explanation> explain(Prepared& prepared, const ExplainOptions& options, const std::atomic<bool>& stop);

} // namespace zonerank::engine
