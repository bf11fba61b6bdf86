// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/sampled_spread.hpp"

#include "rasters/core/simd.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

using namespace zonerank;
using doctest::Approx;

namespace {

constexpr std::size_t criteria = 5, cells = 203, draws = 700;

struct Sample {
    Sample() {
        tests::Random random(3);
        for (std::size_t m = 0; m < criteria; ++m) {
            values.emplace_back();
            for (std::size_t c = 0; c < cells; ++c)
                values[m].push_back(c % 29 == 17 && m == 2 ? std::numeric_limits<float>::quiet_NaN()
                                                           : static_cast<float>(random.in(0, 1)));
        }
        for (std::size_t d = 0; d < draws; ++d) {
            std::vector<double> raw;
            for (std::size_t m = 0; m < criteria; ++m)
                raw.push_back(random.in(0, 1));
            const double total = std::accumulate(raw.begin(), raw.end(), 0.0);
            for (const double weight : raw)
                weights.push_back(static_cast<float>(weight / total));
        }
    }
    engine::DrawnWeights drawn() const { return {criteria, weights}; }
    std::vector<std::span<const float>> part(std::size_t first, std::size_t count) const {
        std::vector<std::span<const float>> spans;
        for (const auto& row : values)
            spans.push_back(std::span(row).subspan(first, count));
        return spans;
    }
    double weight(std::size_t draw, std::size_t m) const { return static_cast<double>(weights[draw * criteria + m]); }
    /// NaN where a value is.
    double score(std::size_t cell, std::size_t draw) const {
        double sum = 0;
        for (std::size_t m = 0; m < criteria; ++m)
            sum += weight(draw, m) * static_cast<double>(values[m][cell]);
        return sum;
    }
    std::vector<std::vector<float>> values;
    std::vector<float> weights;
};

struct Spread {
    explicit Spread(std::size_t count) : mean(count), deviation(count), above(count) {}
    engine::SpreadOfCells cells() { return {mean, deviation, above}; }
    std::vector<float> mean, deviation, above;
};

void check(const Sample& sample, const Spread& spread, std::size_t cell) {
    double sum = 0, square = 0, above = 0;
    for (std::size_t d = 0; d < draws; ++d)
        sum += sample.score(cell, d) / draws;
    for (std::size_t d = 0; d < draws; ++d) {
        const double score = sample.score(cell, d);
        square += (score - sum) * (score - sum) / (draws - 1);
        above += (score >= 0.55) / static_cast<double>(draws);
    }
    CHECK(std::isnan(spread.mean[cell]) == std::isnan(sum));
    CHECK(std::isnan(spread.deviation[cell]) == std::isnan(sum));
    CHECK(std::isnan(spread.above[cell]) == std::isnan(sum));
    if (std::isnan(sum))
        return;
    CHECK(static_cast<double>(spread.mean[cell]) == Approx(sum).epsilon(1e-5));
    CHECK(std::abs(static_cast<double>(spread.deviation[cell]) - std::sqrt(square)) < 1e-5);
    CHECK(std::abs(static_cast<double>(spread.above[cell]) - above) < 2.0 / draws); // a score at the cut may round
}

} // namespace

TEST_CASE("sampled spread: mean, deviation and share of weighted sums over the draws") {
    const Sample sample;
    Spread spread(cells);
    sampled_spread(sample.part(0, cells), sample.drawn(), 0.55, spread.cells());
    for (std::size_t c = 0; c < cells; ++c)
        check(sample, spread, c);
    CHECK(std::isnan(spread.mean[17]));
}

TEST_CASE("sampled spread: the same bits for any run of cells and on every processor") {
    const Sample sample;
    Spread whole(cells);
    sampled_spread(sample.part(0, cells), sample.drawn(), 0.55, whole.cells());
    const auto same = [](float a, float b) {
        return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
    };
    for (const rasters::Simd level : {rasters::Simd::baseline, rasters::Simd::avx2, rasters::Simd::avx512}) {
        rasters::limit_simd(level);
        for (std::size_t first = 0; first < cells; first += 71) {
            const std::size_t count = std::min<std::size_t>(71, cells - first);
            Spread part(count);
            sampled_spread(sample.part(first, count), sample.drawn(), 0.55, part.cells());
            for (std::size_t c = 0; c < count; ++c) {
                CHECK((same(part.mean[c], whole.mean[first + c]) || std::isnan(part.mean[c])));
                CHECK((same(part.deviation[c], whole.deviation[first + c]) || std::isnan(part.deviation[c])));
                CHECK((same(part.above[c], whole.above[first + c]) || std::isnan(part.above[c])));
            }
        }
    }
    rasters::limit_simd(rasters::best_simd());
}

TEST_CASE("sums of scores, whatever they come from, give the same spread, and what drives it") {
    const Sample sample;
    const std::vector<double> mean(criteria, 0.2);
    Spread spread(cells);
    engine::SpreadSums sums(cells, mean);
    for (std::size_t d = 0; d < draws; ++d) {
        std::vector<float> score;
        for (std::size_t c = 0; c < cells; ++c)
            score.push_back(static_cast<float>(sample.score(c, d)));
        sums.add(score,
                 std::vector<double>(sample.weights.begin() + static_cast<std::ptrdiff_t>(d * criteria),
                                     sample.weights.begin() + static_cast<std::ptrdiff_t>((d + 1) * criteria)),
                 0.55);
    }
    sums.result(spread.cells());
    std::vector<std::uint8_t> code(cells);
    sums.driver(code);
    for (std::size_t c = 0; c < cells; ++c) {
        check(sample, spread, c);
        std::vector<double> followed;
        for (std::size_t m = 0; m < criteria; ++m) {
            double both = 0, alone = 0;
            for (std::size_t d = 0; d < draws; ++d) {
                both += (sample.weight(d, m) - 0.2) * (sample.score(c, d) - 0.5);
                alone += (sample.weight(d, m) - 0.2) * (sample.weight(d, m) - 0.2);
            }
            followed.push_back(both * both / alone);
        }
        const bool none = std::isnan(followed[0]);
        CHECK(code[c] == (none ? 0 : std::ranges::max_element(followed) - followed.begin() + 1));
    }
}
