// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/features.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace zonerank::engine {

// Figures in files, to a number of significant digits or with all of them. What is no finite number is not
// known: no NaN ever stands in a file.

std::string csv_figure(double value, int digits);              ///< empty where it is not known
nlohmann::ordered_json json_figure(double value, int digits);  ///< null where it is not known
nlohmann::ordered_json number_json(double value);              ///< all digits; null where it is not known
nlohmann::ordered_json field_json(const layers::Field& field); ///< null, number or text; all digits

} // namespace zonerank::engine
