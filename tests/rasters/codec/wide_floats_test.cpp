// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/wide_floats.hpp"

#include "rasters/core/simd.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <span>
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
        const auto to_stored = std::as_writable_bytes(std::span(stored)).data();
        if (!undo_floats_wide(shape, to_stored, std::as_writable_bytes(std::span(undone)).data()))
            return; // not on this processor
        CHECK(undone == values);
        CHECK(undo_floats_wide(shape, to_stored, to_stored));
        CHECK(stored == values);
    }
}

TEST_CASE("a limit of instructions holds") {
    limit_simd(Simd::avx2);
    const std::uint32_t stored[] = {1};
    std::uint32_t number[] = {5};
    CHECK(!undo_floats_wide({1, 1, 1, 4}, std::as_bytes(std::span(stored)).data(),
                            std::as_writable_bytes(std::span(number)).data()));
    CHECK(number[0] == 5);
    limit_simd(best_simd());
}
