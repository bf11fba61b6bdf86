// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/study.hpp"
#include "engine/study/territory.hpp"

namespace zonerank::engine {

/// Whether a study's `sites` say that there are none.
bool says_no_sites(const layers::Node& sites);

/// Whether its sites may be none: it says so, or they are `optional` where their source is.
bool may_have_no_sites(const Study& study);

/// Whether there are sites to rank.
bool ranks_sites(const Study& study, const Territory& territory);

/// Leaves out what is asked of sites alone. Criteria that are fields of them stay, with their weights: the map is
/// scored as it would be beside sites.
void ask_nothing_of_sites(Study& study);

} // namespace zonerank::engine
