// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/manual/manual.hpp"
#include "engine/reference.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// The reference page (Markdown): the study file key by key, every table with its parameters, commands with
/// their options, the files and columns of the results, exit codes, environment.
std::string reference_page(const Manual& manual, const std::vector<ReferenceTable>& tables);

} // namespace zonerank::engine
