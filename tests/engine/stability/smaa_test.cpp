// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/smaa.hpp"

#include "rasters/core/simd.hpp"

#include <doctest/doctest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace zonerank;
using engine::Smaa;
using engine::SmaaInput;
using engine::Uncertainty;
using engine::WeightSpace;

namespace {

/// A value function of one number, for many in their place.
template <typename Of>
auto each(Of of) {
    return [of](std::span<double> numbers) { std::ranges::transform(numbers, numbers.begin(), of); };
}

std::vector<double> random_values(std::size_t count, std::uint64_t seed = 5) {
    std::vector<double> values;
    engine::Draw draw(seed, engine::Purpose::moments, 0);
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(draw.uniform());
    return values;
}

/// Straight from the definitions.
struct Plain {
    std::vector<std::uint32_t> at_rank, ahead;
    std::vector<double> central;
};

Plain plainly(const SmaaInput& in) {
    Plain p{std::vector<std::uint32_t>(in.sites * in.sites), std::vector<std::uint32_t>(in.sites * in.sites),
            std::vector<double>(in.sites * in.criteria)};
    for (std::uint64_t number = 0; number < in.draws; ++number) {
        const std::vector<double> w = in.weights->draw(in.seed, number);
        std::vector<double> scores;
        for (std::size_t i = 0; i < in.sites; ++i)
            scores.push_back(
                std::inner_product(w.begin(), w.end(), in.values.begin() + static_cast<long>(i * in.criteria), 0.0));
        for (std::size_t i = 0; i < in.sites; ++i) {
            const auto better = std::ranges::count_if(scores, [&](double s) { return s > scores[i] + 1e-12; });
            ++p.at_rank[i * in.sites + static_cast<std::size_t>(better)];
            for (std::size_t k = 0; k < in.sites; ++k)
                p.ahead[i * in.sites + k] += scores[i] > scores[k] + 1e-12;
            for (std::size_t j = 0; j < in.criteria && better == 0; ++j)
                p.central[i * in.criteria + j] += w[j];
        }
    }
    for (std::size_t i = 0; i < in.sites; ++i)
        for (std::size_t j = 0; j < in.criteria; ++j)
            p.central[i * in.criteria + j] /= p.at_rank[i * in.sites];
    return p;
}

bool same(double a, double b) {
    return std::isnan(a) ? std::isnan(b) : std::abs(a - b) < 1e-9;
}

bool operator==(const Smaa& a, const Smaa& b) {
    return a.at_rank == b.at_rank && a.ahead == b.ahead && a.best == b.best && a.worst == b.worst &&
           a.expected_rank == b.expected_rank && std::ranges::equal(a.central, b.central, same) &&
           std::ranges::equal(a.confidence, b.confidence, same);
}

} // namespace

TEST_CASE("smaa: counts are those of the definition, on every processor") {
    for (const std::size_t sites : {std::size_t{3}, std::size_t{90}}) {
        std::vector<double> values = random_values(sites * 4);
        std::copy_n(values.begin(), 4, values.begin() + 4); // two equal sites
        const WeightSpace weights = WeightSpace::uniform(std::vector<double>{1, 2, 3, 4});
        const SmaaInput in{
            .sites = sites, .criteria = 4, .values = values, .weights = &weights, .draws = 700, .seed = 3};
        const Plain plain = plainly(in);
        for (const auto level : {rasters::Simd::baseline, rasters::Simd::avx2, rasters::Simd::avx512}) {
            rasters::limit_simd(std::min(level, rasters::best_simd()));
            const Smaa result = engine::smaa(in);
            CHECK(result.at_rank == plain.at_rank);
            CHECK(result.ahead == plain.ahead);
            CHECK(std::ranges::equal(result.central, plain.central, same));
        }
        rasters::limit_simd(rasters::best_simd());
    }
}

TEST_CASE("smaa: any number of threads gives the same") {
    const std::vector<double> values = random_values(40 * 5);
    const WeightSpace weights = WeightSpace::ordinal(std::vector<double>{5, 4, 3, 2, 1});
    SmaaInput in{.sites = 40, .criteria = 5, .values = values, .weights = &weights, .draws = 3000, .seed = 8};
    in.uncertain.push_back({.criterion = 2,
                            .uncertainty = {Uncertainty::Kind::normal, 0.2},
                            .measurements = std::vector<double>(40, 0.5),
                            .value = each([](double x) { return std::clamp(x, 0.0, 1.0); })});
    const Smaa many = engine::smaa(in);
    const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
    CHECK(engine::smaa(in) == many);
    in.seed = 9;
    CHECK(!(engine::smaa(in) == many));
}

TEST_CASE("smaa: a scorer of one's own, and the first ranks alone") {
    const std::vector<double> values = random_values(30 * 3);
    const WeightSpace weights = WeightSpace::uniform(std::vector<double>{1, 1, 1});
    SmaaInput in{.sites = 30, .criteria = 3, .values = values, .weights = &weights, .draws = 500};
    const Smaa sum = engine::smaa(in);
    in.score = [](std::span<const double> v, std::span<const double> w) {
        return v[0] * w[0] + v[1] * w[1] + v[2] * w[2];
    };
    CHECK(engine::smaa(in).at_rank == sum.at_rank);
    in.ranks = 4;
    in.pairs = false;
    const Smaa few = engine::smaa(in);
    CHECK(few.ahead.empty());
    CHECK(few.at_rank.size() == 120);
    for (std::size_t i = 0; i < 30; ++i)
        CHECK(few.share(i, 4) == sum.share(i, 4));
    in.score = [](std::span<const double> v, std::span<const double>) { return v[0] > 0.5 ? NAN : v[0]; };
    const Smaa gaps = engine::smaa(in);
    for (std::size_t i = 0; i < 30; ++i)
        CHECK((values[i * 3] <= 0.5 || gaps.best[i] > 4));
}

TEST_CASE("smaa: one site is always first") {
    const std::vector<double> values{0.5, 0.2};
    const WeightSpace weights = WeightSpace::uniform(std::vector<double>{1, 1});
    const Smaa result = engine::smaa({.sites = 1, .criteria = 2, .values = values, .weights = &weights, .draws = 1});
    CHECK(result.share(0, 1) == 1);
    CHECK(result.confidence[0] == 1);
    CHECK(engine::standard_error(1, 1) == 0);
    CHECK(engine::standard_error(0.5, 2500) == doctest::Approx(0.01));
}

// Ten draws; the first of two sites is ahead in all but the last.
TEST_CASE("smaa: smaa-rsmaa-deterministic, pairwise winning index (gertvv/rsmaa smaa/tests/pwi.R)") {
    const std::vector<double> values{1, 0};
    const WeightSpace weights = WeightSpace::uniform(std::vector<double>{1});
    SmaaInput in{.sites = 2, .criteria = 1, .values = values, .weights = &weights, .draws = 10};
    int scored = 0; // ten draws are one block, and one thread's
    in.score = [&scored](std::span<const double> v, std::span<const double>) {
        return scored++ / 2 == 9 ? 1 - v[0] : v[0];
    };
    const Smaa result = engine::smaa(in);
    const double published[] = {0, 0.9, 0.1, 0};
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t k = 0; k < 2; ++k)
            CHECK(std::abs(result.ahead_share(i, k) - published[i * 2 + k]) <= 1e-8);
}

TEST_CASE("smaa: smaa-rsmaa-deterministic (gertvv/rsmaa smaa/tests/nacw.R)") {
    const std::vector<double> values{1, 1, 1, 0, 0, 0};
    const WeightSpace fixed = WeightSpace::intervals(
        std::vector<engine::WeightRange>{{1.0 / 3, 1.0 / 3}, {1.0 / 3, 1.0 / 3}, {1.0 / 3, 1.0 / 3}});
    const Smaa result = engine::smaa({.sites = 2, .criteria = 3, .values = values, .weights = &fixed, .draws = 10'000});
    for (std::size_t j = 0; j < 3; ++j) {
        CHECK(std::abs(result.central[j] - 1.0 / 3) < 1e-8);
        CHECK(std::isnan(result.central[3 + j]));
    }
    CHECK(result.confidence[0] == 1);
    CHECK(std::isnan(result.confidence[1]));
}

TEST_CASE("smaa: smaa2-jsmaa-antidepressants (gertvv/jsmaa SMAA2SimulationTest, testCorrectResultsWithBRModel)") {
    struct Column {
        bool more;
        Uncertainty::Kind kind;
        double low, high;
        std::vector<double> mean, deviation;
    };
    using enum Uncertainty::Kind;
    const std::vector<Column> columns{{true, lognormal, 0.98, 1.23, {0.086, 0, 0.095, 0.113}, {0.056, 0, 0.044, 0.048}},
                                      {false, normal, 0.95, 20.59, {9.2, 11.7, 15.4, 5.5}, {1.86, 2.5, 2.65, 2.32}},
                                      {false, normal, 4.36, 24.4, {10.6, 7.2, 7.5, 15.7}, {1.58, 1.45, 1.48, 4.44}},
                                      {false, normal, 8.0, 31.29, {21.2, 16.6, 20.2, 12.8}, {5.15, 3.27, 3.78, 2.45}},
                                      {false, normal, 3.4, 21.29, {14.3, 13.7, 15.0, 11.2}, {2.93, 1.89, 3.21, 3.98}},
                                      {false, normal, 11.05, 34.29, {18.3, 18.6, 19.5, 31.0}, {3.7, 1.79, 2.6, 1.68}}};
    std::vector<double> values(24);
    const WeightSpace weights = WeightSpace::uniform(std::vector<double>(6, 1));
    SmaaInput in{.sites = 4, .criteria = 6, .values = values, .weights = &weights, .draws = 100'000};
    for (std::size_t j = 0; j < 6; ++j) {
        const Column& c = columns[j];
        const auto value = [&c](double x) {
            const double share = (x - c.low) / (c.high - c.low);
            return std::clamp(c.more ? share : 1 - share, 0.0, 1.0);
        };
        engine::UncertainCriterion uncertain{.criterion = j, .uncertainty = {c.kind, 1}, .value = each(value)};
        for (std::size_t i = 0; i < 4; ++i) {
            const double x = c.kind == lognormal ? std::exp(c.mean[i]) : c.mean[i];
            values[i * 6 + j] = value(x);
            uncertain.measurements.push_back(x);
            uncertain.amounts.push_back(c.deviation[i]);
        }
        in.uncertain.push_back(uncertain);
    }
    const Smaa result = engine::smaa(in);
    const double ranks[4][4] = {
        {0.25, 0.29, 0.27, 0.19}, {0.20, 0.28, 0.30, 0.22}, {0.17, 0.25, 0.29, 0.30}, {0.39, 0.18, 0.15, 0.29}};
    const double central[4][6] = {{0.18, 0.17, 0.15, 0.13, 0.15, 0.22},
                                  {0.08, 0.14, 0.23, 0.18, 0.16, 0.22},
                                  {0.21, 0.10, 0.22, 0.13, 0.15, 0.20},
                                  {0.18, 0.21, 0.12, 0.21, 0.19, 0.09}};
    const double confidence[4] = {0.44, 0.48, 0.34, 0.74};
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t r = 0; r < 4; ++r)
            CHECK(std::abs(result.share(i, r + 1) - ranks[i][r]) < 0.02);
        for (std::size_t j = 0; j < 6; ++j)
            CHECK(std::abs(result.central[i * 6 + j] - central[i][j]) < 0.02);
        CHECK(std::abs(result.confidence[i] - confidence[i]) < 0.03);
    }
}
