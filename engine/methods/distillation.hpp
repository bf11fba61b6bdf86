// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace zonerank::engine {

/// Which of n things stands above which.
class Relation {
public:
    explicit Relation(std::size_t n) : m_n(n), m_bits(n * n) {}

    std::size_t size() const { return m_n; }
    bool of(std::size_t a, std::size_t b) const { return m_bits[a * m_n + b] != 0; }
    void set(std::size_t a, std::size_t b, bool stands) { m_bits[a * m_n + b] = stands ? 1 : 0; }
    void add(const Relation& other); ///< what stands there stands here, too
    Relation turned() const;         ///< of b to a what was of a to b

private:
    std::size_t m_n;
    std::vector<std::uint8_t> m_bits;
};

/// Roy's kernel: no member stands above another, each other thing is below one. Things that
/// stand above each other in a circle are as one: all of them are members, or none is.
std::vector<bool> kernel_of(const Relation& above);

/// Places, 1 first: each time those of the rest below which none of the rest stands by
/// `strong` and, among these, none by `weak`; where circles leave none, all they left.
std::vector<int> places_of(const Relation& strong, const Relation& weak);

/// The descending (or, from the bottom, ascending) distillation of ELECTRE III (Roy 1978) of
/// credibilities 0 .. 1, a to b at a * n + b: places, 1 for those taken first. The cut
/// falls by 0.3 - 0.15 of itself each time, Roy's own discrimination threshold.
std::vector<int> distilled(const std::vector<double>& credibility, std::size_t n, bool descending);

} // namespace zonerank::engine
