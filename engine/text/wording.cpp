// SPDX-License-Identifier: Apache-2.0
#include "engine/text/wording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace zonerank::engine {

std::string ordinal(int rank) {
    const int tens = rank % 100, ones = rank % 10;
    const char* ending = tens >= 11 && tens <= 13 ? "th"
                         : ones == 1              ? "st"
                         : ones == 2              ? "nd"
                         : ones == 3              ? "rd"
                                                  : "th";
    return fmt::format("{}{}", rank, ending);
}

std::string percent_text(double share) {
    if (std::isnan(share))
        return "-";
    if (share > 0 && share < 0.005)
        return "<1 %";
    if (share > 0.995 && share < 1)
        return ">99 %";
    return fmt::format("{:.0f} %", 100 * share);
}

std::string points_text(double weight) {
    if (weight < 0.0005)
        return "a trace";
    return weight < 0.0995 ? fmt::format("{:.1f} points", 100 * weight) : fmt::format("{:.0f} points", 100 * weight);
}

std::string listed(std::span<const std::string> names) {
    if (names.size() < 2)
        return names.empty() ? "" : names.front();
    return fmt::format("{} and {}", fmt::join(names.first(names.size() - 1), ", "), names.back());
}

std::string capitalised(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

} // namespace zonerank::engine
