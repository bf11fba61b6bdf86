// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/manual/manual.hpp"

namespace zonerank::engine {

/// The program's commands and options as its own command line has them, in its order.
Manual program_manual();

} // namespace zonerank::engine
