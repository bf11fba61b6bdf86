// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What a run has left in `folder`, for a terminal: how long it took (`seconds`), what people open first with size and
/// meaning, a line for each folder and one for styles, the user's own files that were kept (`carried`), and what
/// to do next. Throws std::filesystem::filesystem_error for an output that is not there.
std::string left_files_text(const std::filesystem::path& folder, const std::vector<std::string>& outputs,
                            const std::vector<std::string>& carried, double seconds);

} // namespace zonerank::engine
