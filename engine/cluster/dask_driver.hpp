// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

/// The file of the running program.
std::filesystem::path this_program();

/// Where the driver for Dask clusters lies: below the share folder that belongs to the `program` once it is
/// installed, beside it in a build tree. Throws Error naming both places when it is in neither.
std::filesystem::path dask_driver(const std::filesystem::path& program);

/// Has this process go on as `python` with the driver and its words; signals reach the driver, and its exit
/// code is this process's. Throws Error when there is no such python.
[[noreturn]] void become_driver(const std::string& python, const std::filesystem::path& driver,
                                const std::vector<std::string>& words);

} // namespace zonerank::engine
