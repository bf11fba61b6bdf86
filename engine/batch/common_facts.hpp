// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/value_function.hpp"
#include "engine/study/study.hpp"
#include "layers/terms/node.hpp"

#include <map>
#include <string>

namespace zonerank::engine {

/// What the studies of all districts have in common that each would find for itself.
struct CommonFacts {
    struct OfCriterion {
        Facts facts;      ///< over the areas of all districts
        std::string unit; ///< base unit of the measurement, as a study writes it; empty: a plain number
    };
    std::map<std::string, OfCriterion> criteria; ///< by name, those that need facts
    std::map<std::string, layers::Node> weights; ///< by theme, what `weights` is to hold; "": of the themes

    bool empty() const { return criteria.empty() && weights.empty(); }
};

/// A study with these numbers written out, so that it finds none of them itself: `stretch` becomes
/// `linear` between the least and the greatest measurement (one unit to either side of the only
/// one, where it is 0.5), `mean-sd` is given both, weights are `fixed`. REQUIRES a study that was read without
/// errors. Paths are as seen from its folder.
layers::Node with_common_facts(const Study& study, const CommonFacts& common);

/// A value function with its facts written out; one that needs none is returned as it is.
layers::Node value_with_facts(const layers::Node& value, const CommonFacts::OfCriterion& common);

} // namespace zonerank::engine
