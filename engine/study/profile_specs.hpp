// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/assignment.hpp"
#include "layers/terms/choice.hpp"
#include "layers/terms/node.hpp"
#include "layers/terms/problems.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// A limit on a criterion's measurement at a site, as written.
struct NeedSpec {
    std::string criterion;
    bool at_least = false; ///< or at most
    layers::Node limit;
    layers::Mark mark; ///< of the criterion's name
};

/// What a study says of an industry under `profiles`.
struct ProfileSpec {
    std::string name, label;
    std::optional<layers::Choice> weights; ///< of the criteria it names; none: the study's
    std::vector<NeedSpec> needs;
    std::vector<std::pair<std::string, layers::Choice>> values; ///< by criterion
    std::vector<layers::Mark> value_marks;                      ///< of their names
    int sites = 1;                                              ///< that it looks for
    layers::Mark mark;
};

/// What a study says under `assign`: how many industries a site takes.
struct AssignSpec {
    int per_site = 1;
    std::string field; ///< of the sites, with the number of each; empty: per_site
    Aim aim = Aim::total_score;
    layers::Mark mark;
};

/// Read a study's `profiles` and its `assign`; what is wrong goes to `problems`, at its place.
std::vector<ProfileSpec> read_profiles(const layers::Node& node, layers::Problems& problems);
AssignSpec read_assign(const layers::Node& node, layers::Problems& problems);

} // namespace zonerank::engine
