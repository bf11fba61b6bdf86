// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/publish.hpp"
#include "engine/study/study.hpp"
#include "rasters/core/error.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace zonerank::engine {

/// The folder a run writes to; of another command, the one beside it whose name ends in `more`. Throws
/// Error when the study's `output` leads out of both the study's folder and the working directory.
std::filesystem::path output_folder(const Study& study, const std::optional<std::filesystem::path>& given,
                                    const std::string& more = "");

/// Throws an Error on, with the folder that the user knows in the place of the one beside it.
[[noreturn]] void throw_with_target(const Error& error, const Staging& staging);

} // namespace zonerank::engine
