// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/draft/draft.hpp"

#include <string>

namespace zonerank::engine {

/// What was found, what it is taken for and what uses it, what was left out and
/// why, what the area and the sites are, and the commands that come next.
/// `width`: columns of the terminal; 0: no end.
std::string draft_summary(const Draft& draft, const Wishes& wishes, const FoundData& data, int width);

/// The same as one JSON object with a line end.
std::string draft_json(const Draft& draft, const Wishes& wishes, const FoundData& data);

} // namespace zonerank::engine
