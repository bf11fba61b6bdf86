// SPDX-License-Identifier: Apache-2.0
#include "engine/report/score_bins.hpp"

#include "rasters/core/simd.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace zonerank;
using engine::no_bin;
using engine::score_bins;

static std::vector<std::uint8_t> bins_of(const std::vector<float>& scores) {
    std::vector<std::uint8_t> bins(scores.size());
    engine::put_in_bins(scores, bins);
    return bins;
}

/// By comparison, in numbers wide enough for 50 times a float.
static int plain_bin(float score) {
    if (!(score >= 0))
        return no_bin;
    int bin = 0;
    while (bin + 1 < static_cast<int>(score_bins) && static_cast<long double>(score) * score_bins >= bin + 1)
        ++bin;
    return bin;
}

TEST_CASE("put_in_bins: on both sides of each bound, and at the ends, on every processor") {
    std::vector<float> scores{0.0F, 1.0F, -0.1F, std::nanf(""), std::numeric_limits<float>::denorm_min()};
    for (int bin = 1; bin < 50; ++bin) {
        const float bound = static_cast<float>(bin) / 50;
        scores.insert(scores.end(), {bound, std::nextafter(bound, 0.0F), std::nextafter(bound, 1.0F)});
    }
    for (const rasters::Simd level : {rasters::Simd::baseline, rasters::Simd::avx2, rasters::Simd::avx512}) {
        rasters::limit_simd(level);
        const std::vector<std::uint8_t> bins = bins_of(scores);
        for (std::size_t i = 0; i < scores.size(); ++i) {
            CAPTURE(scores[i]);
            CHECK(static_cast<int>(bins[i]) == plain_bin(scores[i]));
        }
    }
    rasters::limit_simd(rasters::best_simd());
    CHECK(bins_of({1.0F})[0] == 49);
}

TEST_CASE("counts_of: each of any number of bins, once") {
    std::mt19937 random(4);
    for (const std::size_t size : {0U, 1U, 3U, 4U, 7U, 1001U}) {
        std::vector<std::uint8_t> bins;
        std::vector<std::int64_t> expected(score_bins);
        for (std::size_t i = 0; i < size; ++i) {
            bins.push_back(static_cast<std::uint8_t>(random() % (score_bins + 1)));
            if (bins.back() != no_bin)
                ++expected[bins.back()];
        }
        const auto counts = engine::counts_of(bins);
        CHECK(std::vector<std::int64_t>(counts.begin(), counts.end()) == expected);
    }
}
