// SPDX-License-Identifier: Apache-2.0
#include "engine/analyses.hpp"

namespace zonerank::engine {

std::vector<Analysis> analyses(const Prepared& prepared) {
    std::vector<Analysis> asked;
    if (!prepared.study.sites)
        return asked;
    return asked;
}

} // namespace zonerank::engine
