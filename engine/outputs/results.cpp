// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/results.hpp"

#include <algorithm>

namespace zonerank::engine {

bool Results::has(const std::string& file) const {
    return std::ranges::find(files, file) != files.end();
}

} // namespace zonerank::engine
