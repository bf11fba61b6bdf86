// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Names in a line: "A, B, C", or the first `most` of them: "A, B and 7 more".
std::string listed(std::vector<std::string> names, std::size_t most);

} // namespace zonerank::engine
