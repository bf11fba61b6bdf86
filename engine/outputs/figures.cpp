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

nlohmann::ordered_json number_json(double value) {
    return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
}

nlohmann::ordered_json field_json(const layers::Field& field) {
    if (const auto* text = std::get_if<std::string>(&field))
        return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&field))
        return *whole;
    const auto* number = std::get_if<double>(&field);
    return number ? number_json(*number) : nlohmann::ordered_json();
}

} // namespace zonerank::engine
