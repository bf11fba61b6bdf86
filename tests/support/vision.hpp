// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace zonerank::tests {

// Colours as people see them, to hold palettes against.

using Linear = std::array<double, 3>; ///< red, green, blue in proportion to light

/// Of an sRGB colour (IEC 61966-2-1).
inline Linear linear(const std::array<std::uint8_t, 4>& colour) {
    Linear light{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double c = colour[i] / 255.0;
        light[i] = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    }
    return light;
}

using Vision = std::array<std::array<double, 3>, 3>;
/// As everybody sees, and without red or green cones (Machado, Oliveira and Fernandes 2009, severity 1).
inline constexpr Vision everybody{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
inline constexpr Vision protanope{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
inline constexpr Vision deuteranope{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};

inline Linear seen(const Linear& light, const Vision& vision) {
    Linear result{};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j)
            result[i] += vision[i][j] * light[j];
        result[i] = std::fmin(std::fmax(result[i], 0), 1);
    }
    return result;
}

/// CIELAB under D65: lightness L* from 0 to 100, a*, b*.
inline std::array<double, 3> lab(const Linear& c) {
    const auto f = [](double t) {
        constexpr double d = 6.0 / 29;
        return t > d * d * d ? std::cbrt(t) : t / (3 * d * d) + 4.0 / 29;
    };
    const double x = f((0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047);
    const double y = f(0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2]);
    const double z = f((0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

inline double lightness(const std::array<std::uint8_t, 4>& colour) {
    return lab(linear(colour))[0];
}

/// How far two colours are apart to such an eye (CIE 1976); 2.3 is just noticed.
inline double difference(const std::array<std::uint8_t, 4>& a, const std::array<std::uint8_t, 4>& b,
                         const Vision& vision) {
    const auto p = lab(seen(linear(a), vision)), q = lab(seen(linear(b), vision));
    return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

} // namespace zonerank::tests
