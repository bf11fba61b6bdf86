// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <atomic>

namespace zonerank::rasters {

Simd best_simd() {
#if defined(__x86_64__)
    const auto has = [](bool first, auto... rest) { return (first && ... && rest); };
    if (has(__builtin_cpu_supports("avx512f") > 0, __builtin_cpu_supports("avx512bw") > 0,
            __builtin_cpu_supports("avx512cd") > 0, __builtin_cpu_supports("avx512dq") > 0,
            __builtin_cpu_supports("avx512vl") > 0))
        return Simd::avx512;
    if (has(__builtin_cpu_supports("avx2") > 0, __builtin_cpu_supports("fma") > 0, __builtin_cpu_supports("bmi2") > 0))
        return Simd::avx2;
#endif
    return Simd::baseline;
}

static std::atomic<Simd>& level() {
    static std::atomic<Simd> level = best_simd();
    return level;
}

Simd simd() {
    return level().load(std::memory_order_relaxed);
}

void limit_simd(Simd limit) {
    level() = std::min(best_simd(), limit);
}

} // namespace zonerank::rasters
