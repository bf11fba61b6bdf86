// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/industry_files.hpp"

#include <string>

namespace zonerank::engine {

/// What each site is to each industry and which goes where, for a terminal: a matrix
/// with bars, the plan, and what is lost by it, in plain words. Of many sites the first
/// 20; the files have all.
std::string industry_text(const Industries& industries);

} // namespace zonerank::engine
