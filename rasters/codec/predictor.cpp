// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/predictor.hpp"

#include "rasters/codec/stored.hpp"
#include "rasters/codec/wide_floats.hpp"
#include "rasters/core/buffers.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace zonerank::rasters {

namespace {

/// 16 bytes of numbers; what the compilers make of it is the same on every processor.
template <typename T>
using Lane __attribute__((vector_size(16))) = T;

template <typename T>
constexpr std::size_t in_lane = 16 / sizeof(T);

// Each number further back by `by`, zeros in front.
template <std::size_t by, typename T, std::size_t... I>
ZONERANK_INLINE inline Lane<T> shifted(Lane<T> lane, std::index_sequence<I...>) {
    return __builtin_shufflevector(Lane<T>{}, lane, static_cast<int>(I + in_lane<T> - by)...);
}

template <typename T, std::size_t... I>
ZONERANK_INLINE inline Lane<T> last_everywhere(Lane<T> lane, std::index_sequence<I...>) {
    return __builtin_shufflevector(lane, lane, static_cast<int>(I * 0 + in_lane<T> - 1)...);
}

// Sums of the numbers up to each, in as many steps as `by` doubles within the lane.
template <std::size_t by, typename T>
ZONERANK_INLINE inline Lane<T> summed(Lane<T> lane) {
    if constexpr (by < in_lane<T>) {
        lane += shifted<by, T>(lane, std::make_index_sequence<in_lane<T>>());
        return summed<by * 2, T>(lane);
    }
    return lane;
}

} // namespace

// Where the numbers of one sample follow each other; `to` may be `from`.
template <typename T>
ZONERANK_INLINE static inline void sum_up(const Stored<T>* from, Stored<T>* to, std::size_t n) {
    Lane<T> carry{};
    std::size_t i = 0;
    for (; i + in_lane<T> <= n; i += in_lane<T>) {
        Lane<T> lane;
        std::memcpy(&lane, from + i, sizeof lane);
        lane = summed<1, T>(lane) + carry;
        std::memcpy(to + i, &lane, sizeof lane);
        carry = last_everywhere<T>(lane, std::make_index_sequence<in_lane<T>>());
    }
    T sum = carry[0];
    for (; i < n; ++i)
        to[i].value = sum = static_cast<T>(sum + from[i].value);
}

// Where those of `samples` samples alternate. The sums stay out of memory.
template <std::size_t samples, typename T>
ZONERANK_INLINE static inline void sum_up_alternating(const Stored<T>* from, Stored<T>* to, std::size_t n) {
    std::array<T, samples> sums{};
    for (std::size_t i = 0; i < n; i += samples)
        for (std::size_t k = 0; k < samples; ++k)
            to[i + k].value = sums[k] = static_cast<T>(sums[k] + from[i + k].value);
}

template <typename T>
ZONERANK_INLINE static inline void sum_up(const Stored<T>* from, Stored<T>* to, std::size_t n, std::size_t samples) {
    switch (samples) {
    case 1:
        return sum_up(from, to, n);
    case 2:
        return sum_up_alternating<2>(from, to, n);
    case 3:
        return sum_up_alternating<3>(from, to, n);
    case 4:
        return sum_up_alternating<4>(from, to, n);
    default:
        for (std::size_t i = 0; i < n; ++i)
            to[i].value = i < samples ? from[i].value : static_cast<T>(from[i].value + to[i - samples].value);
    }
}

template <typename T>
ZONERANK_INLINE static inline T reversed(T value) {
    if constexpr (sizeof(T) == 2)
        return __builtin_bswap16(value);
    else if constexpr (sizeof(T) == 4)
        return __builtin_bswap32(value);
    else if constexpr (sizeof(T) == 8)
        return __builtin_bswap64(value);
    else
        return value;
}

template <typename T>
ZONERANK_INLINE static inline void swap_all(Stored<T>* numbers, std::size_t n) {
    if constexpr (sizeof(T) > 1)
        for (std::size_t i = 0; i < n; ++i)
            numbers[i].value = reversed(numbers[i].value);
}

// The bytes of a row's numbers, the highest of all first, put together again.
template <typename T>
ZONERANK_INLINE static inline void join_planes(const Stored<std::uint8_t>* __restrict planes, Stored<T>* __restrict row,
                                               std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        T value = 0;
        for (std::size_t k = 0; k < sizeof(T); ++k)
            value = static_cast<T>(value | static_cast<T>(planes[k * n + i].value) << 8 * (sizeof(T) - 1 - k));
        row[i].value = value;
    }
}

template <typename T>
ZONERANK_INLINE static inline void split_planes(const Stored<T>* __restrict row,
                                                Stored<std::uint8_t>* __restrict planes, std::size_t n) {
    for (std::size_t k = 0; k < sizeof(T); ++k)
        for (std::size_t i = 0; i < n; ++i)
            planes[k * n + i].value = static_cast<std::uint8_t>(row[i].value >> 8 * (sizeof(T) - 1 - k));
}

// From the back, so that it can be done in place.
template <typename T>
ZONERANK_INLINE static inline void differ(Stored<T>* row, std::size_t n, std::size_t stride) {
    for (std::size_t i = n; i-- > stride;)
        row[i].value = static_cast<T>(row[i].value - row[i - stride].value);
}

template <typename T>
ZONERANK_INLINE static inline void differ(const Stored<T>* __restrict from, Stored<T>* __restrict to, std::size_t n,
                                          std::size_t stride) {
    for (std::size_t i = 0; i < std::min(n, stride); ++i)
        to[i] = from[i];
    for (std::size_t i = stride; i < n; ++i)
        to[i].value = static_cast<T>(from[i].value - from[i - stride].value);
}

template <typename T>
static void undo_differences(const BlockShape& shape, bool swapped, Stored<T>* values) {
    const std::size_t n = shape.cols * shape.samples;
    vectorised([&]() ZONERANK_INLINE {
        for (std::size_t row = 0; row < shape.rows; ++row) {
            if (swapped)
                swap_all(values + row * n, n);
            sum_up(values + row * n, values + row * n, n, shape.samples);
        }
    });
}

// A row's bytes stay in the nearest cache on their way through `planes`.
template <typename T>
static void undo_floating_point(const BlockShape& shape, const Stored<std::uint8_t>* stored, Stored<T>* values) {
    const std::size_t n = shape.cols * shape.samples;
    std::vector<Stored<std::uint8_t>, BufferAllocator<Stored<std::uint8_t>>> planes(n * sizeof(T));
    vectorised([&]() ZONERANK_INLINE {
        for (std::size_t row = 0; row < shape.rows; ++row) {
            sum_up(stored + row * planes.size(), planes.data(), planes.size(), shape.samples);
            join_planes(planes.data(), values + row * n, n);
        }
    });
}

template <typename T>
static void apply_differences(const BlockShape& shape, const Stored<T>* values, Stored<T>* stored) {
    const std::size_t n = shape.cols * shape.samples;
    vectorised([&]() ZONERANK_INLINE {
        for (std::size_t row = 0; row < shape.rows; ++row)
            differ(values + row * n, stored + row * n, n, shape.samples);
    });
}

template <typename T>
static void apply_floating_point(const BlockShape& shape, const Stored<T>* values, Stored<std::uint8_t>* stored) {
    const std::size_t n = shape.cols * shape.samples;
    vectorised([&]() ZONERANK_INLINE {
        for (std::size_t row = 0; row < shape.rows; ++row) {
            Stored<std::uint8_t>* bytes = stored + row * n * sizeof(T);
            split_planes(values + row * n, bytes, n);
            differ(bytes, n * sizeof(T), shape.samples);
        }
    });
}

// Calls f with a number of so many bytes.
template <typename F>
static void with_number(std::size_t bytes, F&& f) {
    switch (bytes) {
    case 1:
        return f(std::uint8_t{});
    case 2:
        return f(std::uint16_t{});
    case 4:
        return f(std::uint32_t{});
    default:
        assert(bytes == 8);
        return f(std::uint64_t{});
    }
}

static void move_to(std::span<const std::byte> from, std::span<std::byte> to) {
    if (from.data() != to.data() && !from.empty())
        std::memcpy(to.data(), from.data(), from.size());
}

void undo_predictor(Predictor predictor, const BlockShape& shape, bool swapped, std::span<const std::byte> stored,
                    std::span<std::byte> values) {
    assert(stored.size() == shape.bytes() && values.size() == shape.bytes());
    const bool wide = shape.sample_bytes == 4 && shape.samples == 1;
    if (predictor == Predictor::floating_point && wide && undo_floats_wide(shape, stored.data(), values.data()))
        return;
    if (predictor == Predictor::floating_point)
        return with_number(shape.sample_bytes, [&](auto number) {
            undo_floating_point(shape, stored_as<std::uint8_t>(stored.data()),
                                stored_as<decltype(number)>(values.data()));
        });
    move_to(stored, values);
    if (predictor == Predictor::differences)
        with_number(shape.sample_bytes,
                    [&](auto number) { undo_differences(shape, swapped, stored_as<decltype(number)>(values.data())); });
    else if (swapped)
        swap_bytes(values, shape.sample_bytes);
}

void apply_predictor(Predictor predictor, const BlockShape& shape, std::span<const std::byte> values,
                     std::span<std::byte> stored) {
    assert(stored.size() == shape.bytes() && values.size() == shape.bytes());
    with_number(shape.sample_bytes, [&](auto number) {
        using Number = decltype(number);
        if (predictor == Predictor::floating_point)
            apply_floating_point(shape, stored_as<Number>(values.data()), stored_as<std::uint8_t>(stored.data()));
        else if (predictor == Predictor::differences)
            apply_differences(shape, stored_as<Number>(values.data()), stored_as<Number>(stored.data()));
        else
            move_to(values, stored);
    });
}

void swap_bytes(std::span<std::byte> numbers, std::size_t number_bytes) {
    with_number(number_bytes, [&](auto number) {
        vectorised([&]() ZONERANK_INLINE {
            swap_all(stored_as<decltype(number)>(numbers.data()), numbers.size() / sizeof number);
        });
    });
}

} // namespace zonerank::rasters
