// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/draws.hpp"

#include "rasters/core/exponential.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace zonerank::engine {

namespace {

using Coefficients = std::array<double, 8>;

ZONERANK_INLINE inline double polynomial(const Coefficients& c, double x) {
    double sum = c[7];
    for (int i = 6; i >= 0; --i)
        sum = sum * x + c[static_cast<std::size_t>(i)];
    return sum;
}

struct Ratio {
    Coefficients above, below;
    ZONERANK_INLINE double operator()(double x) const { return polynomial(above, x) / polynomial(below, x); }
};

// Of AS 241, PPND16: near the middle, in the tails, far out.
constexpr Ratio middle{
    {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
     4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3},
    {1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
     3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3}};
constexpr Ratio tail{
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
     1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};
constexpr Ratio far_out{
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
     1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}};

ZONERANK_INLINE inline std::uint32_t high(std::uint64_t product) {
    return static_cast<std::uint32_t>(product >> 32);
}

ZONERANK_INLINE inline std::uint32_t low(std::uint64_t product) {
    return static_cast<std::uint32_t>(product);
}

using Words = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

ZONERANK_INLINE inline Words mixed(Words c, Key key) {
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t{0xD2511F53} * c[0], second = std::uint64_t{0xCD9E8D57} * c[2];
        c = {high(second) ^ c[1] ^ key[0], low(second), high(first) ^ c[3] ^ key[1], low(first)};
        key = {key[0] + 0x9E3779B9, key[1] + 0xBB67AE85};
    }
    return c;
}

// The upper 52 bits, in the middle of their step: as a double's own, so that loops over it vectorise.
ZONERANK_INLINE inline double between_0_and_1(std::uint32_t upper, std::uint32_t lower) {
    const std::uint64_t bits = (std::uint64_t{upper} << 32 | lower) >> 12;
    return (std::bit_cast<double>(0x4330000000000000 | bits) - 0x1p52 + 0.5) * 0x1p-52;
}

ZONERANK_INLINE inline double smaller_side(double p) {
    return p < 1 - p ? p : 1 - p;
}

constexpr double rare = 1.4e-11; ///< what is less likely is looked at closer: it may be far out

ZONERANK_INLINE inline double from_middle(double p) {
    return std::sqrt(-rasters::logarithm(smaller_side(p)));
}

/// Of all but what is far out.
ZONERANK_INLINE inline double usual_quantile(double p) {
    const double q = p - 0.5, x = tail(from_middle(p) - 1.6);
    const double inside = q * middle(0.180625 - q * q), outside = q < 0 ? -x : x;
    return std::abs(q) <= 0.425 ? inside : outside;
}

} // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    return mixed(counter, key);
}

Draw::Draw(std::uint64_t seed, Purpose purpose, std::uint64_t number)
    : m_key{low(seed), high(seed)}, m_counter{low(number), high(number), static_cast<std::uint32_t>(purpose), 0} {}

double Draw::uniform() {
    if (m_left == 0) {
        m_block = philox(m_counter, m_key);
        ++m_counter[3];
        m_left = 4;
    }
    m_left -= 2;
    const auto at = static_cast<std::size_t>(m_left);
    return between_0_and_1(m_block[at], m_block[at + 1]);
}

void Draw::blocks(double* numbers, std::size_t count) {
    const Key key = m_key;
    const Words from = m_counter;
    rasters::vectorised([&]() ZONERANK_INLINE {
        for (std::size_t b = 0; b < count; ++b) {
            const Words block = mixed({from[0], from[1], from[2], from[3] + static_cast<std::uint32_t>(b)}, key);
            numbers[2 * b] = between_0_and_1(block[2], block[3]);
            numbers[2 * b + 1] = between_0_and_1(block[0], block[1]);
        }
    });
    m_counter[3] += static_cast<std::uint32_t>(count);
}

void Draw::uniforms(std::span<double> numbers) {
    if (m_left > 0 && !numbers.empty()) {
        numbers[0] = uniform();
        numbers = numbers.subspan(1);
    }
    blocks(numbers.data(), numbers.size() / 2);
    if (numbers.size() % 2 == 1)
        numbers.back() = uniform();
}

void Draw::normals(std::span<double> numbers) {
    uniforms(numbers);
    normal_quantiles(numbers);
}

double Draw::exponential() {
    return -rasters::logarithm(uniform());
}

double Draw::normal() {
    return normal_quantile(uniform());
}

double Draw::log_gamma(double a) {
    if (a < 1) // the usual way to shapes below 1: gamma(a + 1) times a power of a uniform
        return log_gamma(a + 1) + rasters::logarithm(uniform()) / a;
    const double d = a - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double x = normal(), v = 1 + c * x;
        if (v <= 0)
            continue;
        const double log_v = 3 * rasters::logarithm(v);
        if (rasters::logarithm(uniform()) < 0.5 * x * x + d - d * v * v * v + d * log_v)
            return rasters::logarithm(d) + log_v;
    }
}

double normal_quantile(double p) {
    const double r = from_middle(p);
    if (r <= 5)
        return usual_quantile(p);
    return p < 0.5 ? -far_out(r - 5) : far_out(r - 5);
}

void normal_quantiles(std::span<double> p) {
    constexpr std::size_t lanes = 256;
    std::array<double, lanes> given;
    for (std::size_t first = 0; first < p.size(); first += lanes) {
        const std::size_t count = std::min(lanes, p.size() - first);
        double* numbers = p.data() + first;
        std::copy_n(numbers, count, given.begin());
        rasters::vectorised([&]() ZONERANK_INLINE {
            for (std::size_t i = 0; i < count; ++i)
                numbers[i] = usual_quantile(given[i]);
        });
        for (std::size_t i = 0; i < count; ++i)
            if (smaller_side(given[i]) < rare)
                numbers[i] = normal_quantile(given[i]);
    }
}

} // namespace zonerank::engine
