// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/criteria.hpp"
#include "engine/study/profile_specs.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A limit on a site's measurement of a criterion.
struct Need {
    std::size_t criterion = 0;
    bool at_least = false; ///< or at most
    double limit = 0;      ///< base units; a share's in percent

    /// A measurement that is not known does not meet it. To a millionth: maps are floats.
    bool met_by(double measurement) const;
};

/// A criterion with a value function of an industry's own, of the site's measurement:
/// for `site: mean` the value of the mean, where the study has the mean of the values.
struct OwnValue {
    std::size_t criterion = 0;
    Criterion as;
};

/// An industry's view of the study's criteria, checked.
struct Profile {
    std::string name, label;
    /// One per criterion of the study, 0 for those it doesn't name; sum 1. Empty: the study's.
    std::vector<double> weights;
    std::string weighing; ///< how they came about: "direct", "the study's"
    std::vector<Need> needs;
    std::vector<OwnValue> values;
    int sites = 1; ///< that it looks for
    layers::Mark mark;
};

/// Checks the study's profiles against its criteria. Everything wrong goes to
/// `problems`: unknown criteria, units that don't fit, a need that the measure's limit
/// hides, an order of classes, a value function that needs the map's range.
std::vector<Profile> check_profiles(const Study& study, const Decision& decision, layers::Problems& problems);

} // namespace zonerank::engine
