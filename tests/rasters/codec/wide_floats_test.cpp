// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/wide_floats.hpp"

#include "rasters/core/simd.hpp"

#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace zonerank::rasters;

namespace {

std::vector<std::uint32_t> random_numbers(std::size_t n) {
    std::mt19937 random(static_cast<unsigned>(n));
    std::vector<std::uint32_t> numbers(n);
    for (auto& number : numbers)
        number = static_cast<std::uint32_t>(random());
    return numbers;
}

} // namespace

TEST_CASE("rows of any width, also in place, are what they were") {
    for (const std::size_t cols : {1U, 3U, 15U, 16U, 17U, 31U, 64U, 511U, 512U, 1000U}) {
        const BlockShape shape{cols, 3, 1, 4};
        const auto values = random_numbers(cols * 3);
        std::vector<std::uint32_t> stored(values.size()), undone(values.size());
        apply_predictor(Predictor::floating_point, shape, std::as_bytes(std::span(values)),
                        std::as_writable_bytes(std::span(stored)));
        if (!undo_floats_wide(shape, reinterpret_cast<const std::uint8_t*>(stored.data()), undone.data()))
            return; // not on this processor
        CHECK(undone == values);
        CHECK(undo_floats_wide(shape, reinterpret_cast<const std::uint8_t*>(stored.data()), stored.data()));
        CHECK(stored == values);
    }
}

TEST_CASE("a limit of instructions holds") {
    limit_simd(Simd::avx2);
    std::uint32_t number = 5;
    const std::uint8_t stored[4] = {1, 2, 3, 4};
    CHECK(!undo_floats_wide({1, 1, 1, 4}, stored, &number));
    CHECK(number == 5);
    limit_simd(best_simd());
}
