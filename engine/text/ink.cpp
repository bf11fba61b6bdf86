// SPDX-License-Identifier: Apache-2.0
#include "engine/text/ink.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace zonerank::engine {

static std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

bool is_terminal(int descriptor) {
    return ::isatty(descriptor) && environment("TERM") != "dumb";
}

Ink ink_for(int descriptor) {
    const std::string_view force = environment("CLICOLOR_FORCE"), depth = environment("COLORTERM");
    const bool forced = !force.empty() && force != "0";
    const bool can = is_terminal(descriptor) && !environment("TERM").empty();
    return {.colours = (can || forced) && environment("NO_COLOR").empty(),
            .true_colours = depth == "truecolor" || depth == "24bit"};
}

std::string Ink::painted(std::string_view text, std::string_view sequence) const {
    return colours && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", sequence, text) : std::string(text);
}

std::string Ink::bold(std::string_view text) const {
    return painted(text, "1");
}

std::string Ink::dim(std::string_view text) const {
    return painted(text, "2");
}

std::string Ink::cyan(std::string_view text) const {
    return painted(text, "36");
}

std::string Ink::yellow(std::string_view text) const {
    return painted(text, "33");
}

std::string Ink::red(std::string_view text) const {
    return painted(text, "31");
}

std::string Ink::scaled(std::string_view text, double share) const {
    // Viridis (van der Walt and Smith 2015) at 0.25, 0.4, ... 1: its darkest quarter is left out.
    constexpr std::array<std::array<double, 3>, 6> stops{
        {{59, 82, 139}, {42, 120, 142}, {33, 154, 138}, {66, 190, 113}, {151, 216, 63}, {253, 231, 37}}};
    if (std::isnan(share))
        return std::string(text);
    if (!true_colours)
        return cyan(text);
    const double at = std::clamp(share, 0.0, 1.0) * (stops.size() - 1);
    const auto before = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    std::array<int, 3> colour{};
    for (std::size_t i = 0; i < colour.size(); ++i)
        colour[i] = static_cast<int>(std::lround(std::lerp(stops[before][i], stops[before + 1][i], at - before)));
    return painted(text, fmt::format("38;2;{};{};{}", colour[0], colour[1], colour[2]));
}

} // namespace zonerank::engine
