// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/manual/manual.hpp"

#include <span>
#include <string>
#include <string_view>

namespace zonerank::engine {

/// The shells that completions are written for: bash, zsh, fish.
std::span<const std::string_view> shells();

/// A script that completes the program's commands, their options and the words that these take; elsewhere file
/// names. REQUIRES one of shells().
std::string completion(const Manual& manual, std::string_view shell);

} // namespace zonerank::engine
