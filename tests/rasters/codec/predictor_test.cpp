// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/predictor.hpp"

#include "rasters/codec/compression.hpp"
#include "rasters/core/simd.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

using namespace zonerank::rasters;

namespace {

Bytes random_bytes(std::size_t n) {
    std::mt19937 random(static_cast<unsigned>(n));
    Bytes bytes(n);
    for (std::byte& byte : bytes)
        byte = static_cast<std::byte>(random());
    return bytes;
}

std::uint64_t number_at(const Bytes& bytes, std::size_t at, std::size_t size) {
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.data() + at, size);
    return number;
}

// By the book, number by number.
Bytes differences(const BlockShape& shape, const Bytes& values) {
    Bytes stored = values;
    for (std::size_t at = 0; at < values.size(); at += shape.sample_bytes) {
        const std::size_t back = shape.samples * shape.sample_bytes;
        const std::uint64_t number = number_at(values, at, shape.sample_bytes);
        const bool first = at % shape.row_bytes() < back;
        const std::uint64_t difference = first ? number : number - number_at(values, at - back, shape.sample_bytes);
        std::memcpy(stored.data() + at, &difference, shape.sample_bytes);
    }
    return stored;
}

Bytes floating_point(const BlockShape& shape, const Bytes& values) {
    const std::size_t numbers = shape.cols * shape.samples, size = shape.sample_bytes;
    Bytes planes(values.size());
    for (std::size_t row = 0; row < shape.rows; ++row)
        for (std::size_t i = 0; i < numbers; ++i)
            for (std::size_t k = 0; k < size; ++k)
                planes[row * shape.row_bytes() + k * numbers + i] =
                    values[row * shape.row_bytes() + i * size + size - 1 - k];
    return differences({shape.cols * size, shape.rows, shape.samples, 1}, planes);
}

Bytes expected(Predictor predictor, const BlockShape& shape, const Bytes& values) {
    return predictor == Predictor::none          ? values
           : predictor == Predictor::differences ? differences(shape, values)
                                                 : floating_point(shape, values);
}

template <typename F>
void for_each_case(F&& check) {
    for (const Simd level : {Simd::baseline, Simd::avx2, Simd::avx512}) {
        limit_simd(level);
        for (const std::size_t size : {1U, 2U, 4U, 8U})
            for (const std::size_t cols : {1U, 2U, 7U, 16U, 63U, 64U, 65U, 200U, 513U})
                for (const std::size_t samples : {1U, 2U, 3U, 4U, 17U})
                    for (const Predictor predictor :
                         {Predictor::none, Predictor::differences, Predictor::floating_point})
                        if (predictor != Predictor::floating_point || size >= 4)
                            check(predictor, BlockShape{cols, 3, samples, size});
    }
    limit_simd(best_simd());
}

} // namespace

TEST_CASE("predictors are what the book says, on every set of instructions") {
    for_each_case([](Predictor predictor, const BlockShape& shape) {
        const Bytes values = random_bytes(shape.bytes()), stored = expected(predictor, shape, values);
        Bytes applied(shape.bytes());
        apply_predictor(predictor, shape, values, applied);
        CHECK(applied == stored);
        Bytes undone(shape.bytes());
        undo_predictor(predictor, shape, false, applied, undone);
        CHECK(undone == values);
    });
}

TEST_CASE("a predictor is undone in place, in either order of bytes") {
    for_each_case([](Predictor predictor, const BlockShape& shape) {
        const Bytes values = random_bytes(shape.bytes());
        Bytes block = expected(predictor, shape, values);
        if (predictor != Predictor::floating_point) // the high bytes come first in either
            swap_bytes(block, shape.sample_bytes);
        undo_predictor(predictor, shape, true, block, block);
        CHECK(block == values);
    });
}

TEST_CASE("swapping reverses each number") {
    std::vector<std::uint32_t> numbers{0x01020304, 0xFFEEDDCC};
    swap_bytes(std::as_writable_bytes(std::span(numbers)), 4);
    CHECK(numbers == std::vector<std::uint32_t>{0x04030201, 0xCCDDEEFF});
    swap_bytes(std::as_writable_bytes(std::span(numbers)), 1);
    CHECK(numbers == std::vector<std::uint32_t>{0x04030201, 0xCCDDEEFF});
}
