// SPDX-License-Identifier: Apache-2.0
#include "engine/text/version.hpp"

namespace zonerank::engine {

const char* const version = ZONERANK_VERSION;

} // namespace zonerank::engine
