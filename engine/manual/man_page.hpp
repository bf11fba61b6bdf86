// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/manual/manual.hpp"

#include <string>
#include <string_view>

namespace zonerank::engine {

/// The program's page of section 1, for man (groff's man macros): what it does, each command with its options,
/// files, exit codes, environment and examples. No date, so that the same program has the same page.
std::string man_page(const Manual& manual);

/// A text that groff sets as it is: no escapes, no requests, hyphens that can be copied as they are.
std::string escape_roff(std::string_view text);

} // namespace zonerank::engine
