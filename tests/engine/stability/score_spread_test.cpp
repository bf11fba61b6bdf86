// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/score_spread.hpp"

#include "rasters/core/simd.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

using namespace zonerank;
using doctest::Approx;
using engine::WeightMoments;

namespace {

constexpr float gap = std::numeric_limits<float>::quiet_NaN();

/// Cells of random values; some of them lack one.
struct Cells {
    Cells(std::size_t criteria, std::size_t cells, std::uint64_t seed, double gaps = 0) {
        tests::Random random(seed);
        for (std::size_t m = 0; m < criteria; ++m) {
            values.emplace_back();
            for (std::size_t c = 0; c < cells; ++c)
                values[m].push_back(random.in(0, 1) < gaps ? gap : static_cast<float>(random.in(0, 1)));
        }
        spans.assign(values.begin(), values.end());
    }
    std::vector<double> cell(std::size_t c) const {
        std::vector<double> result;
        for (const auto& row : values)
            result.push_back(static_cast<double>(row[c]));
        return result;
    }
    std::vector<std::vector<float>> values;
    std::vector<std::span<const float>> spans;
};

/// Of a Dirichlet distribution: C_ij = (w_i [i = j] - w_i w_j) / (a + 1).
std::vector<double> covariance_about(const std::vector<double>& w, double concentration) {
    std::vector<double> c;
    for (std::size_t i = 0; i < w.size(); ++i)
        for (std::size_t k = 0; k < w.size(); ++k)
            c.push_back(((i == k ? w[i] : 0) - w[i] * w[k]) / (concentration + 1));
    return c;
}

const std::vector<double> weights{0.3, 0.25, 0.2, 0.1, 0.1, 0.05};

/// Weights from spacings of sorted random numbers: uniform on the simplex, by another way than ours.
std::vector<double> spacings(std::size_t n, tests::Random& random) {
    std::vector<double> cuts{0, 1};
    for (std::size_t i = 1; i < n; ++i)
        cuts.push_back(random.in(0, 1));
    std::ranges::sort(cuts);
    std::vector<double> w;
    for (std::size_t i = 0; i < n; ++i)
        w.push_back(cuts[i + 1] - cuts[i]);
    return w;
}

double weighted(const std::vector<double>& w, const std::vector<double>& v) {
    return std::inner_product(w.begin(), w.end(), v.begin(), 0.0);
}

double drawn_share(const std::vector<double>& values, double cut, bool ordered) {
    tests::Random random(7);
    int above = 0;
    constexpr int draws = 40'000;
    for (int i = 0; i < draws; ++i) {
        std::vector<double> w = spacings(values.size(), random);
        if (ordered)
            std::ranges::sort(w, std::greater{});
        above += weighted(w, values) >= cut;
    }
    return static_cast<double>(above) / draws;
}

float share_of_cell(const std::vector<float>& values, double cut, const std::vector<std::size_t>& order = {}) {
    std::vector<std::span<const float>> cell;
    for (const float& value : values)
        cell.emplace_back(&value, 1);
    float share = 0;
    engine::share_above(cell, cut, order, std::span(&share, 1));
    return share;
}

} // namespace

TEST_CASE("spread: mean and variance of a weighted sum are mu.v and v'Cv") {
    const Cells cells(6, 1500, 1, 0.05);
    const std::vector<double> c = covariance_about(weights, 20);
    std::vector<float> mean(1500), deviation(1500);
    WeightMoments(weights, c).spread(cells.spans, mean, deviation);
    for (std::size_t at = 0; at < mean.size(); ++at) {
        const std::vector<double> v = cells.cell(at);
        double variance = 0;
        for (std::size_t i = 0; i < 6; ++i)
            for (std::size_t k = 0; k < 6; ++k)
                variance += v[i] * c[i * 6 + k] * v[k];
        if (std::isnan(variance)) {
            CHECK(std::isnan(mean[at]));
            CHECK(std::isnan(deviation[at]));
            continue;
        }
        CHECK(static_cast<double>(mean[at]) == Approx(weighted(weights, v)).epsilon(1e-6));
        CHECK(static_cast<double>(deviation[at]) == Approx(std::sqrt(variance)).epsilon(1e-5));
    }
}

TEST_CASE("spread: equal values don't move, certain weights neither") {
    const std::vector<float> same{0.4F};
    const std::vector<std::span<const float>> cells(6, same);
    std::vector<float> mean(1), deviation(1);
    WeightMoments(weights, covariance_about(weights, 5)).spread(cells, mean, deviation);
    CHECK(mean[0] == 0.4F);
    CHECK(deviation[0] < 1e-7F);
    const Cells any(6, 1, 3);
    WeightMoments(weights, std::vector<double>(36, 0.0)).spread(any.spans, mean, deviation);
    CHECK(deviation[0] == 0);
}

TEST_CASE("spread and driver: the same bits for any run of cells and on every processor") {
    const Cells cells(6, 1300, 5, 0.02);
    const WeightMoments moments(weights, covariance_about(weights, 9));
    std::vector<float> mean(1300), deviation(1300), share(1300);
    std::vector<std::uint8_t> code(1300);
    const auto bits = [](float x) { return std::bit_cast<std::uint32_t>(x); };
    moments.spread(cells.spans, mean, deviation);
    moments.driver(cells.spans, code);
    engine::share_above(cells.spans, 0.5, {}, share);
    for (const rasters::Simd level : {rasters::Simd::baseline, rasters::Simd::avx2, rasters::Simd::avx512}) {
        rasters::limit_simd(level);
        for (std::size_t first = 0; first < 1300; first += 333) {
            const std::size_t count = std::min<std::size_t>(333, 1300 - first);
            std::vector<std::span<const float>> part;
            for (const auto& span : cells.spans)
                part.push_back(span.subspan(first, count));
            std::vector<float> m(count), d(count), s(count);
            std::vector<std::uint8_t> w(count);
            moments.spread(part, m, d);
            moments.driver(part, w);
            engine::share_above(part, 0.5, {}, s);
            for (std::size_t c = 0; c < count; ++c) {
                CHECK(bits(m[c]) == bits(mean[first + c]));
                CHECK(bits(d[c]) == bits(deviation[first + c]));
                CHECK(bits(s[c]) == bits(share[first + c]));
                CHECK(w[c] == code[first + c]);
            }
        }
    }
    rasters::limit_simd(rasters::best_simd());
}

TEST_CASE("driver: the criterion with the largest share of the variance") {
    const Cells cells(6, 700, 11, 0.05);
    const WeightMoments moments(weights, covariance_about(weights, 3));
    std::vector<std::uint8_t> code(700);
    moments.driver(cells.spans, code);
    for (std::size_t c = 0; c < 700; ++c) {
        const std::vector<double> v = cells.cell(c);
        const double score = weighted(weights, v);
        if (std::isnan(score)) {
            CHECK(code[c] == 0);
            continue;
        }
        // About given weights the shares are w_i (v_i - score)^2.
        std::vector<double> expected;
        for (std::size_t i = 0; i < 6; ++i)
            expected.push_back(weights[i] * (v[i] - score) * (v[i] - score));
        CHECK(code[c] == std::ranges::max_element(expected) - expected.begin() + 1);
        const double total = std::accumulate(expected.begin(), expected.end(), 0.0);
        const std::vector<double> shares = moments.shares(v);
        for (std::size_t i = 0; i < 6; ++i)
            CHECK(shares[i] == Approx(expected[i] / total).epsilon(1e-9));
    }
}

TEST_CASE("driver: none where nothing moves the score") {
    const std::vector<float> same{0.4F};
    const std::vector<std::span<const float>> cells(6, same);
    std::vector<std::uint8_t> code{9};
    const WeightMoments moments(weights, covariance_about(weights, 3));
    moments.driver(cells, code);
    CHECK(code[0] == 0);
    CHECK(moments.shares(std::vector<double>(6, 0.4)) == std::vector<double>(6, 0.0));
}

TEST_CASE("share above a cut: of two and three criteria, by hand") {
    CHECK(share_of_cell({0, 1}, 0.25) == Approx(0.75)); // w on the second of 0.25 and more
    CHECK(share_of_cell({1, 0}, 0.9) == Approx(0.1));
    CHECK(share_of_cell({0, 0, 1}, 0.5) == Approx(0.25)); // (1 - 0.5)^2
    CHECK(share_of_cell({1, 1, 0}, 0.5) == Approx(0.75));
    CHECK(share_of_cell({0.5F, 0.5F}, 0.5) == 1); // at the cut is above
    CHECK(share_of_cell({0.5F, 0.5F}, 0.51) == 0);
    CHECK(share_of_cell({0, 1}, 0.25, {1, 0}) == 1);           // the second weighs half at least
    CHECK(share_of_cell({0, 1}, 0.25, {0, 1}) == Approx(0.5)); // at most half: 0.25 .. 0.5 of 0 .. 0.5
    CHECK(std::isnan(share_of_cell({0.3F, gap}, 0.25)));
}

TEST_CASE("share above a cut agrees with draws") {
    const Cells cells(6, 40, 13);
    const std::vector<std::size_t> given{0, 1, 2, 3, 4, 5};
    std::vector<float> all(40), ordered(40);
    engine::share_above(cells.spans, 0.5, {}, all);
    engine::share_above(cells.spans, 0.5, given, ordered);
    for (std::size_t c = 0; c < 40; ++c) {
        CHECK(std::abs(static_cast<double>(all[c]) - drawn_share(cells.cell(c), 0.5, false)) < 0.012);
        CHECK(std::abs(static_cast<double>(ordered[c]) - drawn_share(cells.cell(c), 0.5, true)) < 0.012);
    }
}
