// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/aggregation.hpp"
#include "engine/study/criteria.hpp"

#include <optional>
#include <string>

namespace zonerank::engine {

/// An aggregation as a study names it: kind found, parameters read, made for no group yet.
struct AggregationChoice {
    const AggregationKind* kind = nullptr;
    layers::Params params;
    layers::Mark mark;
    std::string what; ///< "theme 'labor': aggregate", for messages
};

/// None when something is wrong with it, which goes to `problems`.
std::optional<AggregationChoice> read_aggregation(const layers::Choice& choice, std::string what,
                                                  layers::Problems& problems);

/// Makes it for a group. What is wrong goes to `problems`, at the choice's place.
Aggregation make_aggregation(const AggregationChoice& choice, const Membership& group, layers::Problems& problems);

/// A criterion as a member of its theme: what it measures is worth what its value function
/// says. Its value throws Error for a measurement of another kind, and where the function goes
/// by classes or by the map's own range. The criterion must outlive it.
Member as_member(const Criterion& criterion);

/// A theme as a member of the whole, whose measurements are values from 0 to 1 themselves.
Member as_member(const Theme& theme);

} // namespace zonerank::engine
