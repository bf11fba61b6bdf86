// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/draft/draft.hpp"

#include <string>

namespace zonerank::engine {

/// The draft as a study file: YAML with comments, made to be read and changed.
/// Files are named relative to the folder of `wishes.study`. What is not there, but the catalogue
/// would measure, stands in it as a comment.
std::string draft_text(const Draft& draft, const Wishes& wishes);

} // namespace zonerank::engine
