// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/wide_floats.hpp"

#include "rasters/codec/compression.hpp"
#include "rasters/codec/stored.hpp"
#include "rasters/core/simd.hpp"

#include <array>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <utility>

namespace zonerank::rasters {

#if defined(__x86_64__)

namespace {

/// Four lanes of 16 bytes, each of one plane, that of the lowest bytes first.
using Lane __attribute__((vector_size(16))) = std::uint8_t;
using HalfLanes __attribute__((vector_size(32))) = std::uint8_t;
using Lanes __attribute__((vector_size(64))) = std::uint8_t;
using Ints __attribute__((vector_size(64))) = std::uint32_t;
using Longs __attribute__((vector_size(64))) = std::uint64_t;
constexpr std::make_index_sequence<32> half{};
constexpr std::make_index_sequence<64> whole{};

// By reference: as a result, the compiler warns, it would be another thing without AVX.
template <std::size_t... I>
ZONERANK_INLINE inline void pair(const Lane& a, const Lane& b, HalfLanes& to, std::index_sequence<I...>) {
    to = __builtin_shufflevector(a, b, static_cast<int>(I)...);
}

template <std::size_t... I>
ZONERANK_INLINE inline void load(const std::uint8_t* planes, std::size_t n, Lanes& to, std::index_sequence<I...>) {
    std::array<Lane, 4> lane;
    for (std::size_t k = 0; k < 4; ++k)
        std::memcpy(&lane[k], planes + (3 - k) * n, sizeof(Lane));
    HalfLanes low, high;
    pair(lane[0], lane[1], low, half);
    pair(lane[2], lane[3], high, half);
    to = __builtin_shufflevector(low, high, static_cast<int>(I)...);
}

// Everywhere in a lane the byte at `at`.
template <std::size_t at, std::size_t... I>
ZONERANK_INLINE inline void spread(const Lanes& from, Lanes& to, std::index_sequence<I...>) {
    to = __builtin_shufflevector(from, from, static_cast<int>(I / 16 * 16 + at)...);
}

// The sums of each lane's bytes up to each: within 8 bytes by shifts, then across.
template <std::size_t... I>
ZONERANK_INLINE inline void sum_up(Lanes& lanes, std::index_sequence<I...>) {
    const Lanes upper{static_cast<std::uint8_t>(I % 16 < 8 ? 0 : 255)...};
    lanes += (Lanes)((Longs)lanes << 8);
    lanes += (Lanes)((Longs)lanes << 16);
    lanes += (Lanes)((Longs)lanes << 32);
    Lanes lower;
    spread<7>(lanes, lower, whole);
    lanes += lower & upper;
}

// The bytes of sixteen numbers together.
template <std::size_t... I>
ZONERANK_INLINE inline void join(Lanes& lanes, std::index_sequence<I...>) {
    auto ints = (Ints)lanes;
    ints = __builtin_shufflevector(ints, ints, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    lanes = (Lanes)ints;
    lanes = __builtin_shufflevector(lanes, lanes, static_cast<int>(I / 16 * 16 + I % 4 * 4 + I % 16 / 4)...);
}

// What each plane's sums start from: all that is before it.
ZONERANK_INLINE inline std::array<std::uint8_t, 4> starts(const std::uint8_t* planes, std::size_t n) {
    std::array<std::uint8_t, 4> sums{};
    for (std::size_t k = 0; k < 3; ++k) {
        std::uint8_t sum = 0;
        for (std::size_t i = 0; i < n; ++i)
            sum = static_cast<std::uint8_t>(sum + planes[k * n + i]);
        sums[2 - k] = static_cast<std::uint8_t>(sums[3 - k] + sum);
    }
    return sums;
}

ZONERANK_INLINE inline void undo_row(const std::uint8_t* __restrict planes, Stored<std::uint32_t>* __restrict values,
                                     std::size_t n) {
    std::array<std::uint8_t, 4> sums = starts(planes, n);
    Lanes before;
    for (std::size_t i = 0; i < 64; ++i)
        before[i] = sums[i / 16];
    std::size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        Lanes lanes;
        load(planes + i, n, lanes, whole);
        sum_up(lanes, whole);
        lanes += before;
        spread<15>(lanes, before, whole);
        join(lanes, whole);
        std::memcpy(values + i, &lanes, sizeof lanes);
    }
    for (std::size_t k = 0; k < 4; ++k)
        sums[k] = before[k * 16];
    for (; i < n; ++i) {
        std::uint32_t value = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            sums[k] = static_cast<std::uint8_t>(sums[k] + planes[(3 - k) * n + i]);
            value |= static_cast<std::uint32_t>(sums[k]) << 8 * k;
        }
        values[i].value = value;
    }
}

} // namespace

bool undo_floats_wide(const BlockShape& shape, const std::byte* stored, std::byte* values) {
    assert(shape.samples == 1 && shape.sample_bytes == 4);
    if (simd() != Simd::avx512)
        return false;
    Bytes room(shape.row_bytes());
    auto* planes = reinterpret_cast<std::uint8_t*>(room.data());
    detail::on_avx512([&]() ZONERANK_INLINE {
        for (std::size_t row = 0; row < shape.rows; ++row) {
            std::memcpy(planes, stored + row * shape.row_bytes(), shape.row_bytes());
            undo_row(planes, stored_as<std::uint32_t>(values) + row * shape.cols, shape.cols);
        }
    });
    return true;
}

#else

bool undo_floats_wide(const BlockShape&, const std::byte*, std::byte*) {
    return false;
}

#endif

} // namespace zonerank::rasters
