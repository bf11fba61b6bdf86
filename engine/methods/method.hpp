// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/method_input.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// A further figure of each site, such as PROMETHEE's flows.
struct SiteFigures {
    std::string name;
    std::vector<double> values;
};

/// A number for each pair of sites, row by row; the diagonal means nothing and is 0.
struct PairFigures {
    std::string name;
    std::vector<double> values;
};

/// What a method makes of a matrix. No entry is NaN.
struct Outcome {
    std::string figure;          ///< what the sites are ranked by: "closeness"
    bool more_is_better = true;  ///< of the figure
    std::vector<double> figures; ///< one per site
    std::vector<int> ranks;      ///< 1 is best; ties share a rank, the next skips
    bool chooses = false;        ///< it picks some and orders none: no ranking to hold against others
    std::vector<SiteFigures> more{};
    std::vector<PairFigures> pairs{};   ///< of at most most_pairs_told sites
    std::vector<std::string> remarks{}; ///< what the method says beside its ranks, in plain words
};

/// Beyond this many sites tables of pairs are not kept.
inline constexpr std::size_t most_pairs_told = 500;

/// A method with its parameters: ready to rank. Safe from any thread.
struct Method {
    Of of = Of::values;
    std::string variant{};                                         ///< how it is done here, in one line
    std::string assumes{};                                         ///< what has to be accepted with it, in one line
    std::vector<std::pair<std::string, std::string>> parameters{}; ///< as used, defaults included
    /// Throws Error when the matrix is none it can work on.
    std::function<Outcome(const MethodInput&)> rank{};
};

} // namespace zonerank::engine
