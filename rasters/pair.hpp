// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace zonerank::rasters {

/// Two numbers that are computed with at once (SSE2, NEON): each gets the bits
/// that it would get alone. g++ and clang know the arithmetic and comparisons of
/// such a vector, and `mask ? a : b`.
using Pair = double __attribute__((vector_size(16)));

inline Pair both(double x) {
    return Pair{x, x};
}

inline Pair smaller(Pair a, Pair b) {
    return a < b ? a : b;
}

} // namespace zonerank::rasters
