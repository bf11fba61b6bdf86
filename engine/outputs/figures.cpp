// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/figures.hpp"

#include "engine/text/numbers.hpp"

#include <fmt/format.h>

#include <cmath>

namespace zonerank::engine {

std::string csv_figure(double value, int digits) {
    return std::isfinite(value) ? fmt::format("{}", to_digits(value, digits)) : "";
}

nlohmann::ordered_json json_figure(double value, int digits) {
    return std::isfinite(value) ? nlohmann::ordered_json(to_digits(value, digits)) : nlohmann::ordered_json();
}

} // namespace zonerank::engine
