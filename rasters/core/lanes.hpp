// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/simd.hpp"

#include <cstddef>
#include <cstring>

namespace zonerank::rasters {

namespace detail {
template <std::size_t n>
struct Vector {
    typedef double Type __attribute__((vector_size(8 * n))); // g++ loses the attribute in an alias
};
} // namespace detail

/// Some numbers that are computed with at once: each gets the bits that it would
/// get alone. g++ and clang know the arithmetic and comparisons of such a vector,
/// and `mask ? a : b`. For kernels with choices, which no compiler turns into
/// vectors reliably: they ask for vectorised([&](auto width) ...).
template <std::size_t n>
using Lanes = typename detail::Vector<n>::Type;

// Never by value: a vector has no fixed way to be handed over, but for the references
// that vanish with the call.
template <typename V>
ZONERANK_INLINE inline void load(V& v, const double* from) {
    std::memcpy(&v, from, sizeof(V));
}

template <typename V>
ZONERANK_INLINE inline void store(const V& v, double* to) {
    std::memcpy(to, &v, sizeof(V));
}

template <typename V>
ZONERANK_INLINE inline void fill(V& v, double x) {
    v = V{} + x;
}

/// Fills with what the compiler shall not know: of a choice between a variable and
/// a constant g++ 12 makes two or three instructions, where one gives the larger.
template <typename V>
ZONERANK_INLINE inline void fill_unknown(V& v, double x) {
    fill(v, x);
    asm("" : "+m"(v));
}

} // namespace zonerank::rasters
