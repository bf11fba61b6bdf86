// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles/colours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace zonerank::engine {

namespace {

using Rgb = std::array<int, 3>;

// Straight lines between these are off from the ramps by less than the eye can see. Pale ones begin
// where they can be told from paper.
constexpr Rgb viridis[]{{68, 1, 84},    {72, 36, 117},  {65, 68, 135},  {53, 95, 141},  {42, 120, 142}, {33, 145, 140},
                        {34, 168, 132}, {68, 191, 112}, {122, 209, 81}, {189, 223, 38}, {253, 231, 37}};
constexpr Rgb purples[]{{253, 224, 221}, {252, 197, 192}, {250, 159, 181}, {247, 104, 161},
                        {221, 52, 151},  {174, 1, 126},   {122, 1, 119},   {73, 0, 106}};
constexpr Rgb blues[]{{222, 235, 247}, {198, 219, 239}, {158, 202, 225}, {107, 174, 214},
                      {66, 146, 198},  {33, 113, 181},  {8, 81, 156},    {8, 48, 107}};
constexpr Rgb cividis[]{{0, 34, 78},     {18, 53, 112},   {59, 73, 108},   {87, 93, 109},  {112, 113, 115},
                        {138, 134, 120}, {165, 156, 116}, {195, 179, 105}, {225, 204, 85}, {254, 232, 56}};
constexpr Rgb browns[]{{255, 247, 188}, {254, 227, 145}, {254, 196, 79}, {254, 153, 41},
                       {236, 112, 20},  {204, 76, 2},    {153, 52, 4},   {102, 37, 6}};

std::span<const Rgb> stops(Ramp ramp) {
    switch (ramp) {
    case Ramp::score:
        return viridis;
    case Ramp::deviation:
        return purples;
    case Ramp::share:
        return blues;
    case Ramp::speed:
        return cividis;
    case Ramp::measurement:
        return browns;
    }
    return viridis;
}

// Found by search among the hues from violet over red to earth: the least difference (CIELAB)
// between any two, and to viridis, as seen by all, by protanopes and by deuteranopes (Machado et
// al. 2009), is the greatest. Neighbours differ in grey.
constexpr Rgb excluded[]{{245, 216, 184}, {153, 104, 26}, {216, 180, 235}, {89, 56, 77},
                         {242, 213, 231}, {92, 59, 3},    {184, 132, 216}, {120, 80, 70}};

// Okabe and Ito (2008), dark and bright in turn so that neighbours in the legend
// differ in grey, too; then the same at half strength.
constexpr Rgb distinct[]{{0, 114, 178}, {230, 159, 0},  {213, 94, 0},   {86, 180, 233},
                         {0, 158, 115}, {240, 228, 66}, {204, 121, 167}};

Colour colour_of(const Rgb& rgb, double strength = 1) {
    Colour colour{0, 0, 0, 255};
    for (std::size_t i = 0; i < 3; ++i)
        colour[i] = static_cast<std::uint8_t>(std::lround(255 + (rgb[i] - 255) * strength));
    return colour;
}

// The i-th of `colours`, then of the same at half strength.
Colour one_of(std::span<const Rgb> colours, std::size_t i) {
    return colour_of(colours[i % colours.size()], i / colours.size() % 2 == 0 ? 1 : 0.5);
}

} // namespace

Colour class_colour(std::size_t i) {
    return one_of(distinct, i);
}

Colour excluded_colour(std::size_t i) {
    return one_of(excluded, i);
}

Colour ramp_colour(Ramp ramp, double place) {
    const std::span<const Rgb> colours = stops(ramp);
    const double at = std::isnan(place) ? 0 : std::clamp(place, 0.0, 1.0) * static_cast<double>(colours.size() - 1);
    const std::size_t below = std::min(static_cast<std::size_t>(at), colours.size() - 2);
    const double part = at - static_cast<double>(below);
    Colour colour{0, 0, 0, 255};
    for (std::size_t i = 0; i < 3; ++i)
        colour[i] = static_cast<std::uint8_t>(
            std::lround(colours[below][i] + part * (colours[below + 1][i] - colours[below][i])));
    return colour;
}

Colour score_colour(double score) {
    return ramp_colour(Ramp::score, score);
}

std::string hex(const Colour& c) {
    return fmt::format("#{:02x}{:02x}{:02x}", c[0], c[1], c[2]);
}

std::string rgba(const Colour& c) {
    return fmt::format("{},{},{},{}", c[0], c[1], c[2], c[3]);
}

} // namespace zonerank::engine
