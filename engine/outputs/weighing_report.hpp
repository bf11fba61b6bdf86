// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/weights.hpp"

#include <span>
#include <string>

namespace zonerank::engine {

/// How a group's weights came about, for people: the summary, a table of the members
/// with their weights and figures as shares of 1, and the other details a line each; of
/// weights that wait for the sites the summary alone. Indented by two, lines at most
/// `width` (0: any); names are made safe to show.
std::string weighing_text(const Weighing& weighing, std::span<const std::string> members, int width);

} // namespace zonerank::engine
