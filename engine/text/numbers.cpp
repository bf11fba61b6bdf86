// SPDX-License-Identifier: Apache-2.0
#include "engine/text/numbers.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace zonerank::engine {

static double read_back(const fmt::memory_buffer& text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value + 0.0; // -0 + 0 is 0
}

double to_decimals(double value, int decimals) {
    if (!std::isfinite(value))
        return value;
    fmt::memory_buffer text;
    fmt::format_to(std::back_inserter(text), "{:.{}f}", value, decimals);
    return read_back(text);
}

double to_digits(double value, int digits) {
    if (!std::isfinite(value))
        return value;
    fmt::memory_buffer text;
    fmt::format_to(std::back_inserter(text), "{:.{}g}", value, digits);
    return read_back(text);
}

std::string fixed(double value, int decimals) {
    return std::isnan(value) ? "-" : fmt::format("{:.{}f}", to_decimals(value, decimals), decimals);
}

} // namespace zonerank::engine
