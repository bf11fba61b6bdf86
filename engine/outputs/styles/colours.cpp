// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles/colours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

// viridis in eleven steps; straight lines between them are off by less than the
// eye can see.
constexpr std::array<std::array<int, 3>, 11> viridis{{{68, 1, 84},
                                                      {72, 36, 117},
                                                      {65, 68, 135},
                                                      {53, 95, 141},
                                                      {42, 120, 142},
                                                      {33, 145, 140},
                                                      {34, 168, 132},
                                                      {68, 191, 112},
                                                      {122, 209, 81},
                                                      {189, 223, 38},
                                                      {253, 231, 37}}};

// Okabe and Ito (2008), dark and bright in turn so that neighbours in the legend
// differ in grey, too; then the same at half strength.
constexpr std::array<std::array<int, 3>, 7> distinct{
    {{0, 114, 178}, {230, 159, 0}, {213, 94, 0}, {86, 180, 233}, {0, 158, 115}, {240, 228, 66}, {204, 121, 167}}};

Colour colour_of(const std::array<int, 3>& rgb, double strength = 1) {
    Colour colour{0, 0, 0, 255};
    for (std::size_t i = 0; i < 3; ++i)
        colour[i] = static_cast<std::uint8_t>(std::lround(255 + (rgb[i] - 255) * strength));
    return colour;
}

} // namespace

Colour class_colour(std::size_t i) {
    return colour_of(distinct[i % distinct.size()], i / distinct.size() % 2 == 0 ? 1 : 0.5);
}

Colour score_colour(double score) {
    const double at = std::isnan(score) ? 0 : std::clamp(score, 0.0, 1.0) * (viridis.size() - 1);
    const std::size_t below = std::min(static_cast<std::size_t>(at), viridis.size() - 2);
    const double part = at - static_cast<double>(below);
    Colour colour{0, 0, 0, 255};
    for (std::size_t i = 0; i < 3; ++i)
        colour[i] = static_cast<std::uint8_t>(
            std::lround(viridis[below][i] + part * (viridis[below + 1][i] - viridis[below][i])));
    return colour;
}

std::string hex(const Colour& c) {
    return fmt::format("#{:02x}{:02x}{:02x}", c[0], c[1], c[2]);
}

std::string rgba(const Colour& c) {
    return fmt::format("{},{},{},{}", c[0], c[1], c[2], c[3]);
}

} // namespace zonerank::engine
