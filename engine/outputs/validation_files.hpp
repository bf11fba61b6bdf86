// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/validated.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

/// validation/: roc.csv (cut, hit_rate, false_alarm_rate, from nothing to everything),
/// known.csv (a row per known zone) and validation.json (both, and the figures with the
/// methods' names). What is not known is an empty field, and null.
std::vector<std::string> validation_files();
void write_validation(const Validation& validation, const std::filesystem::path& folder);

/// The same in plain words, for a terminal.
std::string validation_text(const Validation& validation);

} // namespace zonerank::engine
