// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/halving.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

using namespace zonerank::rasters;

namespace {

constexpr int half = block_side / 2;

template <typename T>
std::vector<T> cells() {
    std::mt19937 random(9);
    std::vector<T> values(block_cells);
    for (T& value : values)
        if constexpr (std::is_same_v<T, float>)
            value = random() % 3 == 0 ? no_data : random() % 50 == 0 ? -9999 : static_cast<float>(random() % 4) + 0.1F;
        else
            value = static_cast<T>(random() % 4);
    return values;
}

template <typename T>
std::vector<T> four(const std::vector<T>& values, int col, int row) {
    const auto at = [&](int x, int y) {
        return values[static_cast<std::size_t>((2 * row + y) * block_side + 2 * col + x)];
    };
    return {at(0, 0), at(1, 0), at(0, 1), at(1, 1)};
}

template <typename T>
bool known(T value) {
    return std::is_same_v<T, float> ? !std::isnan(static_cast<double>(value)) : value != 0;
}

float mean(const std::vector<float>& of) {
    double sum = 0;
    int count = 0;
    for (const float value : of)
        if (known(value)) {
            sum += static_cast<double>(value);
            ++count;
        }
    return count > 0 ? static_cast<float>(sum / count) : no_data;
}

template <typename T>
T mode(const std::vector<T>& of) {
    T best = memory_no_data<T>;
    int most = 0;
    for (const T value : of) {
        int times = 0;
        for (const T other : of)
            times += other == value;
        if (known(value) && times > most) {
            most = times;
            best = value;
        }
    }
    return best;
}

template <typename T, typename Expected>
void check_on_all(Halving how, Expected expected) {
    const std::vector<T> values = cells<T>();
    for (const Simd level : {Simd::baseline, Simd::avx2, Simd::avx512}) {
        std::vector<T> found(half * 300, T{77});
        limit_simd(level);
        halve(BlockView<T>{values.data()}, how, found.data(), 300);
        limit_simd(best_simd());
        int wrong = 0;
        for (int row = 0; row < half; ++row)
            for (int col = 0; col < 300; ++col) {
                const T right =
                    col < half ? expected(four(values, col, row)) : T{77}; // past the quarter nothing changes
                const T cell = found[static_cast<std::size_t>(row * 300 + col)];
                wrong += !(cell == right || (cell != cell && right != right));
            }
        CHECK(wrong == 0);
    }
}

} // namespace

TEST_CASE("scores are averaged over the cells with data") {
    check_on_all<float>(Halving::mean, mean);
}

TEST_CASE_TEMPLATE("of classes the most frequent stays, of equally frequent ones the first", T, float, std::uint8_t,
                   std::uint16_t, std::uint64_t) {
    check_on_all<T>(Halving::mode, mode<T>);
}

TEST_CASE("of masks the north-western one stays") {
    check_on_all<std::uint64_t>(Halving::first, [](const auto& of) { return of[0]; });
}

TEST_CASE("a mean is rounded once") {
    std::vector<float> values(block_cells, no_data);
    values[0] = 16'777'216, values[1] = 1, values[512] = 1, values[513] = 1;
    std::vector<float> found(block_cells);
    halve(BlockView<float>{values.data()}, Halving::mean, found.data());
    CHECK(found[0] == 4'194'304.75F); // in float the ones would be lost
    CHECK(std::isnan(found[1]));
}
