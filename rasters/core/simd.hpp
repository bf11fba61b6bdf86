// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <type_traits>

/// Of a lambda given to vectorised(), and of what it calls: the loop has to end up
/// in a function that is compiled for the better processor.
#define ZONERANK_INLINE __attribute__((always_inline))

namespace zonerank::rasters {

/// Sets of instructions that a kernel is compiled for: every x86-64, those with
/// AVX2, those with AVX-512.
enum class Simd { baseline, avx2, avx512 };

Simd best_simd(); ///< that this processor has
Simd simd();      ///< that kernels use now: the best, unless limited

/// For tests and measurements: kernels use no more than `level` from now on. Not
/// while others compute.
void limit_simd(Simd level);

/// How many doubles a vector has, given to a kernel that takes it.
template <std::size_t n>
using Width = std::integral_constant<std::size_t, n>;

namespace detail {
template <std::size_t n, typename Kernel>
ZONERANK_INLINE inline void run(const Kernel& kernel) {
    if constexpr (std::is_invocable_v<const Kernel&, Width<n>>)
        kernel(Width<n>{});
    else
        kernel();
}

#if defined(__x86_64__)
template <typename Kernel>
__attribute__((target("arch=x86-64-v3"))) void on_avx2(const Kernel& kernel) {
    run<4>(kernel);
}
template <typename Kernel>
#if defined(__clang__)
__attribute__((target("arch=x86-64-v4")))
#else
__attribute__((target("arch=x86-64-v4,prefer-vector-width=512")))
#endif
void on_avx512(const Kernel& kernel) {
    run<8>(kernel);
}
#endif
} // namespace detail

/// Runs a kernel, a lambda marked ZONERANK_INLINE, compiled for the best
/// instructions there are, so that one binary serves every machine. The loops in
/// it are the compiler's to vectorise: the same operations on the same numbers,
/// never fused nor reordered, hence the same bits on all. Or it is a generic
/// lambda of a Width and computes with vectors of that many doubles.
template <typename Kernel>
void vectorised(const Kernel& kernel) {
#if defined(__x86_64__)
    switch (simd()) {
    case Simd::avx512:
        return detail::on_avx512(kernel);
    case Simd::avx2:
        return detail::on_avx2(kernel);
    case Simd::baseline:
        break;
    }
#endif
    detail::run<2>(kernel);
}

} // namespace zonerank::rasters
