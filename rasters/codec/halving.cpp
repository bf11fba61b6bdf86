// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/halving.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>

namespace zonerank::rasters {

namespace {

constexpr int half = block_side / 2;

/// Of two rows, upper and lower.
ZONERANK_INLINE inline void mean_of(const float* a, const float* b, float* to) {
    const auto value = [](float v) ZONERANK_INLINE { return or_zero(is_known(v), static_cast<double>(v)); };
    const auto known = [](float v) ZONERANK_INLINE { return is_known(v) ? 1 : 0; };
    for (int i = 0; i < half; ++i) {
        const float nw = a[2 * i], ne = a[2 * i + 1], sw = b[2 * i], se = b[2 * i + 1];
        const double sum = (value(nw) + value(ne)) + (value(sw) + value(se));
        const int count = known(nw) + known(ne) + known(sw) + known(se);
        to[i] = static_cast<float>(sum / count); // 0 / 0 is NaN
    }
}

template <typename T>
ZONERANK_INLINE inline void mode_of(const T* a, const T* b, T* to) {
    for (int i = 0; i < half; ++i) {
        const T nw = a[2 * i], ne = a[2 * i + 1], sw = b[2 * i], se = b[2 * i + 1];
        // How often each comes from itself on; an earlier equal one has counted it
        // already. Products, because the compiler makes jumps of conditions.
        const int nws = is_known(nw) * (1 + (nw == ne) + (nw == sw) + (nw == se));
        const int nes = is_known(ne) * (1 + (ne == sw) + (ne == se));
        const int sws = is_known(sw) * (1 + (sw == se));
        const int ses = is_known(se);
        const T north = nes > nws ? ne : nw, south = ses > sws ? se : sw;
        to[i] = std::max(sws, ses) > std::max(nws, nes) ? south : north;
    }
}

template <typename T>
ZONERANK_INLINE inline void first_of(const T* a, T* to) {
    for (int i = 0; i < half; ++i)
        to[i] = a[2 * i];
}

template <typename T>
ZONERANK_INLINE inline void halve_rows(const T* a, const T* b, Halving how, T* to) {
    if (how == Halving::mode)
        mode_of(a, b, to);
    else if constexpr (std::is_same_v<T, float>)
        mean_of(a, b, to);
    else
        first_of(a, to);
}

} // namespace

template <typename T>
void halve(const BlockView<T>& block, Halving how, T* to, std::ptrdiff_t stride) {
    assert(how == Halving::mode || (how == Halving::mean) == (std::is_same_v<T, float>));
    vectorised([&]() ZONERANK_INLINE {
        for (int row = 0; row < half; ++row)
            halve_rows(block.row(2 * row), block.row(2 * row + 1), how, to + row * stride);
    });
}

template void halve(const BlockView<float>&, Halving, float*, std::ptrdiff_t);
template void halve(const BlockView<std::uint8_t>&, Halving, std::uint8_t*, std::ptrdiff_t);
template void halve(const BlockView<std::uint16_t>&, Halving, std::uint16_t*, std::ptrdiff_t);
template void halve(const BlockView<std::uint64_t>&, Halving, std::uint64_t*, std::ptrdiff_t);

} // namespace zonerank::rasters
