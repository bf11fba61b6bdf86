// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/node.hpp"

#include <string>

namespace zonerank::layers {

/// A kind picked by name, with what the study wrote for it.
struct Choice {
    std::string kind;
    Node body;
    Mark mark;
};

/// A bare kind, or a mapping with exactly one key. Throws Error otherwise.
Choice parse_choice(const Node& node);

} // namespace zonerank::layers
