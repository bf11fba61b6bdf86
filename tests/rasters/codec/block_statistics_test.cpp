// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/block_statistics.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

using namespace zonerank::rasters;

namespace {

template <typename T>
std::vector<T> cells(unsigned seed) {
    std::mt19937 random(seed);
    std::vector<T> values(block_cells);
    for (T& value : values)
        if constexpr (std::is_same_v<T, float>)
            value = random() % 5 == 0    ? no_data
                    : random() % 50 == 0 ? -9999.0F
                                         : std::uniform_real_distribution<float>(-3, 9)(random);
        else
            value = random() % 4 == 0 ? T{0} : static_cast<T>(random());
    return values;
}

/// By the definition, in long double.
template <typename T>
Statistics expected(const std::vector<T>& values) {
    Statistics s;
    long double sum = 0, squares = 0;
    const auto known = [](T value) {
        return std::is_same_v<T, float> ? !std::isnan(static_cast<double>(value)) : value != 0;
    };
    for (const T value : values)
        if (known(value)) {
            s.count += 1;
            sum += value;
            s.min = std::min(s.min, static_cast<double>(value));
            s.max = std::max(s.max, static_cast<double>(value));
        }
    const long double mean = s.count > 0 ? sum / static_cast<long double>(s.count) : 0;
    for (const T value : values)
        if (known(value))
            squares += (value - mean) * (value - mean);
    s.mean = static_cast<double>(mean);
    s.squares = static_cast<double>(squares);
    return s;
}

void check(const Statistics& found, const Statistics& right) {
    CHECK(found.count == right.count);
    CHECK(found.min == right.min);
    CHECK(found.max == right.max);
    CHECK(found.mean == doctest::Approx(right.mean).epsilon(1e-13));
    CHECK(found.squares == doctest::Approx(right.squares).epsilon(1e-12));
}

template <typename T>
Statistics found_by(Simd level, const std::vector<T>& values) {
    limit_simd(level);
    const Statistics found = statistics(BlockView<T>{values.data()});
    limit_simd(best_simd());
    return found;
}

} // namespace

TEST_CASE_TEMPLATE("statistics of a block are those of its cells with data", T, float, std::uint8_t, std::uint16_t,
                   std::uint64_t) {
    const std::vector<T> values = cells<T>(3);
    const Statistics found = found_by(Simd::baseline, values);
    check(found, expected(values));
    for (const Simd level : {Simd::avx2, Simd::avx512}) {
        const Statistics other = found_by(level, values);
        CHECK(other.count == found.count);
        CHECK(std::bit_cast<std::uint64_t>(other.mean) == std::bit_cast<std::uint64_t>(found.mean));
        CHECK(std::bit_cast<std::uint64_t>(other.squares) == std::bit_cast<std::uint64_t>(found.squares));
        CHECK(other.min == found.min);
        CHECK(other.max == found.max);
    }
}

TEST_CASE("blocks may lie in a wider raster, and be without a cell") {
    std::vector<float> wide(1000 * 512, 5);
    const Statistics found = statistics(BlockView<float>{wide.data() + 400, 1000});
    CHECK(found.count == block_cells);
    CHECK(found.mean == 5);
    CHECK(found.stddev() == 0);
    const std::vector<float> none(block_cells, no_data);
    CHECK(statistics(BlockView<float>{none.data()}).count == 0);
    CHECK(statistics(BlockView<float>{none.data()}).stddev() == 0);
    std::vector<float> one(block_cells, no_data);
    one[77'777] = -4;
    check(statistics(BlockView<float>{one.data()}), {1, -4, -4, -4, 0});
}

TEST_CASE("added up they are the statistics of all") {
    std::vector<float> first = cells<float>(4), second = cells<float>(5);
    for (float& value : second)
        value += 100;
    Statistics both = statistics(BlockView<float>{first.data()});
    both.add({});
    both.add(statistics(BlockView<float>{second.data()}));
    std::vector<float> all = first;
    all.insert(all.end(), second.begin(), second.end());
    check(both, expected(all));
    Statistics none;
    none.add(both);
    check(none, both);
}

TEST_CASE("values far from zero keep their digits") {
    std::vector<float> values(block_cells);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = 8'388'608.0F + static_cast<float>(i % 2);
    const Statistics found = statistics(BlockView<float>{values.data()});
    CHECK(found.mean == 8'388'608.5);
    CHECK(found.stddev() == 0.5);
}
