// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace zonerank::engine {

/// The program's version, as CMakeLists.txt states it.
extern const char* const version;

} // namespace zonerank::engine
