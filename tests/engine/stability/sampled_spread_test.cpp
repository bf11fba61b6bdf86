// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/sampled_spread.hpp"

#include "rasters/core/simd.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>

using namespace zonerank;
using doctest::Approx;

namespace {

constexpr std::size_t criteria = 5, cells = 203, draws = 700;

struct Sample {
    Sample() {
        test::Random random(3);
        for (std::size_t m = 0; m < criteria; ++m) {
            values.emplace_back();
            for (std::size_t c = 0; c < cells; ++c)
                values[m].push_back(random.in(0, 1) < 0.1 || c == 17 ? std::numeric_limits<float>::quiet_NaN()
                                                                     : static_cast<float>(random.in(0, 1)));
        }
        for (std::size_t d = 0; d < draws * criteria; ++d)
            weights.push_back(static_cast<float>(random.in(0, 1)));
    }
    std::vector<std::span<const float>> part(std::size_t first, std::size_t count) const {
        std::vector<std::span<const float>> spans;
        for (const auto& row : values)
            spans.push_back(std::span(row).subspan(first, count));
        return spans;
    }
    /// NaN where nothing is known.
    double score(std::size_t cell, std::size_t draw) const {
        double sum = 0, known = 0;
        for (std::size_t m = 0; m < criteria; ++m)
            if (!std::isnan(values[m][cell])) {
                sum += static_cast<double>(weights[draw * criteria + m]) * static_cast<double>(values[m][cell]);
                known += static_cast<double>(weights[draw * criteria + m]);
            }
        return sum / known;
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
    sampled_spread(sample.part(0, cells), engine::DrawnWeights(criteria, sample.weights), 0.55, spread.cells());
    for (std::size_t c = 0; c < cells; ++c)
        check(sample, spread, c);
    CHECK(std::isnan(spread.mean[17])); // knows nothing
}

TEST_CASE("sampled spread: the same bits for any run of cells and on every processor") {
    const Sample sample;
    Spread whole(cells);
    sampled_spread(sample.part(0, cells), engine::DrawnWeights(criteria, sample.weights), 0.55, whole.cells());
    const auto same = [](float a, float b) {
        return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
    };
    for (const rasters::Simd level : {rasters::Simd::baseline, rasters::Simd::avx2, rasters::Simd::avx512}) {
        rasters::limit_simd(level);
        for (std::size_t first = 0; first < cells; first += 71) {
            const std::size_t count = std::min<std::size_t>(71, cells - first);
            Spread part(count);
            sampled_spread(sample.part(first, count), engine::DrawnWeights(criteria, sample.weights), 0.55,
                           part.cells());
            for (std::size_t c = 0; c < count; ++c) {
                CHECK((same(part.mean[c], whole.mean[first + c]) || std::isnan(part.mean[c])));
                CHECK((same(part.deviation[c], whole.deviation[first + c]) || std::isnan(part.deviation[c])));
                CHECK((same(part.above[c], whole.above[first + c]) || std::isnan(part.above[c])));
            }
        }
    }
    rasters::limit_simd(rasters::best_simd());
}

TEST_CASE("sums of scores, whatever they come from, give the same spread") {
    const Sample sample;
    Spread spread(cells);
    engine::SpreadSums sums(cells);
    for (std::size_t d = 0; d < draws; ++d) {
        std::vector<float> score;
        for (std::size_t c = 0; c < cells; ++c)
            score.push_back(static_cast<float>(sample.score(c, d)));
        sums.add(score, 0.55);
    }
    sums.result(spread.cells());
    for (std::size_t c = 0; c < cells; ++c)
        check(sample, spread, c);
}
