// SPDX-License-Identifier: Apache-2.0
#include "engine/presentations.hpp"

namespace zonerank::engine {

std::vector<Presentation> presentations(const Prepared&) {
    return {};
}

} // namespace zonerank::engine
