// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace zonerank::engine {

/// What random numbers are drawn for: each purpose has numbers of its own.
enum class Purpose : std::uint32_t { weights = 1, measurements, confidence, moments, points };

/// Philox4x32-10 (Salmon et al. 2011): four words of 32 bits for a counter and a key.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// The numbers of one draw: they depend on seed, purpose and the draw's number
/// alone, not on what was drawn before or by which thread. The distributions are
/// computed here, with the same bits on every machine.
class Draw {
public:
    Draw(std::uint64_t seed, Purpose purpose, std::uint64_t number);

    double uniform();           ///< above 0, below 1; an odd multiple of 2^-53
    double exponential();       ///< of mean 1
    double normal();            ///< standard, by inversion (Wichura 1988, AS 241)
    double log_gamma(double a); ///< logarithm of one of shape a > 0 (Marsaglia and Tsang 2000), scale 1

    // Many at once: the same numbers, to the bit, as one after the other.
    void uniforms(std::span<double> numbers);
    void normals(std::span<double> numbers);

private:
    /// The numbers of the next blocks, two each.
    void blocks(double* numbers, std::size_t count);

    std::array<std::uint32_t, 2> m_key;
    std::array<std::uint32_t, 4> m_counter;
    std::array<std::uint32_t, 4> m_block{};
    int m_left = 0; ///< words of the block
};

/// The number below which a standard normal falls with probability p, 0 < p < 1.
double normal_quantile(double p);
void normal_quantiles(std::span<double> p); ///< the same, in the place of each

} // namespace zonerank::engine
