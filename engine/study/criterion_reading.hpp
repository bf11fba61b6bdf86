// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/criteria.hpp"

namespace zonerank::engine {

/// A criterion of a study with its words checked, but for its weight, which its group knows. What is wrong goes to
/// `problems`; the result is only good while they stay ok.
Criterion read_criterion(const CriterionSpec& spec, const Study& study, const layers::Sources& sources,
                         layers::Problems& problems);

} // namespace zonerank::engine
