// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/analyses.hpp"

#include <optional>

namespace zonerank::engine {

/// How sure the sites' ranking is, as the study's `stability` says; without such a section it
/// is looked at, too, up to as many sites as take a few seconds (2,000; 300 where scores are no
/// weighted sum). Nothing when the study says `none`. `prepared` must outlive it.
std::optional<Analysis> stability_analysis(const Prepared& prepared);

} // namespace zonerank::engine
