// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/weight_space.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace zonerank;
using engine::WeightRange;
using engine::WeightSpace;

namespace {

const std::vector<double> given{0.4, 0.3, 0.2, 0, 0.1};

/// Greatest difference between the stated moments and those of the draws.
double off(const WeightSpace& space) {
    constexpr std::uint64_t count = 60'000;
    const std::size_t m = space.size();
    std::vector<double> mean(m), products(m * m);
    for (std::uint64_t number = 0; number < count; ++number) {
        const std::vector<double> w = space.draw(11, number);
        CHECK(std::accumulate(w.begin(), w.end(), 0.0) == doctest::Approx(1).epsilon(1e-12));
        for (std::size_t i = 0; i < m; ++i) {
            mean[i] += w[i] / count;
            for (std::size_t j = 0; j < m; ++j)
                products[i * m + j] += w[i] * w[j] / count;
        }
    }
    double most = 0;
    for (std::size_t i = 0; i < m; ++i) {
        most = std::max(most, std::abs(mean[i] - space.mean()[i]));
        for (std::size_t j = 0; j < m; ++j)
            most = std::max(most, std::abs(products[i * m + j] - mean[i] * mean[j] - space.covariance()[i * m + j]));
    }
    return most;
}

std::string refusal(const std::vector<WeightRange>& ranges) {
    try {
        WeightSpace::intervals(ranges);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("weight space: mean and covariance are those of the draws") {
    CHECK(off(WeightSpace::uniform(given)) < 0.003);
    CHECK(off(WeightSpace::ordinal(given)) < 0.003);
    CHECK(off(WeightSpace::ordinal(std::vector<double>{2, 3, 2, 1, 2})) < 0.003);
    CHECK(off(WeightSpace::dirichlet(given, 20)) < 0.003);
    CHECK(off(WeightSpace::dirichlet(given, 0.01)) < 0.008);
    CHECK(off(WeightSpace::intervals(std::vector<WeightRange>{{0.2, 0.4}, {0.3, 0.5}, {0, 0}, {0.1, 0.6}})) < 0.002);
}

TEST_CASE("weight space: ordinal, the rank order centroid") {
    const WeightSpace space = WeightSpace::ordinal(given);
    const std::vector<double> roc{25.0 / 48, 13.0 / 48, 7.0 / 48, 0, 3.0 / 48};
    for (std::size_t i = 0; i < roc.size(); ++i)
        CHECK(space.mean()[i] == doctest::Approx(roc[i]).epsilon(1e-14));
    for (std::uint64_t number = 0; number < 200; ++number) {
        const std::vector<double> w = space.draw(1, number);
        CHECK((w[0] >= w[1] && w[1] >= w[2] && w[2] >= w[4] && w[3] == 0));
    }
    CHECK(space.order() == std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {1, 2}, {2, 4}});
}

TEST_CASE("weight space: equal weights may stand in any order") {
    const WeightSpace all = WeightSpace::ordinal(std::vector<double>{1, 1, 1}),
                      uniform = WeightSpace::uniform(std::vector<double>{5, 1, 2});
    CHECK(all.order().empty());
    for (std::size_t i = 0; i < 9; ++i)
        CHECK(all.covariance()[i] == doctest::Approx(uniform.covariance()[i]).epsilon(1e-12));
    const WeightSpace pair = WeightSpace::ordinal(std::vector<double>{1, 3, 1});
    int first = 0;
    for (std::uint64_t number = 0; number < 10'000; ++number) {
        const std::vector<double> w = pair.draw(1, number);
        CHECK((w[1] >= w[0] && w[1] >= w[2]));
        first += w[0] > w[2];
    }
    CHECK(std::abs(first - 5000) < 200);
}

TEST_CASE("weight space: a draw depends on seed and number alone") {
    for (const WeightSpace& space : {WeightSpace::uniform(given), WeightSpace::dirichlet(given, 5)}) {
        const std::vector<double> later = space.draw(9, 70);
        space.draw(9, 69);
        CHECK(space.draw(9, 70) == later);
        CHECK(space.draw(8, 70) != later);
    }
}

TEST_CASE("weight space: one criterion has all the weight in every space") {
    const std::vector<double> one{0, 2};
    for (const WeightSpace& space :
         {WeightSpace::uniform(one), WeightSpace::ordinal(one), WeightSpace::dirichlet(one, 3),
          WeightSpace::intervals(std::vector<WeightRange>{{0, 0}, {0.5, 1}})}) {
        CHECK(space.draw(1, 4) == std::vector<double>{0, 1});
        CHECK(space.mean()[1] == doctest::Approx(1));
        CHECK(std::abs(space.covariance()[3]) < 1e-12);
    }
}

TEST_CASE("weight space: what can't be meant is refused") {
    CHECK(refusal({{0.6, 0.7}, {0.5, 0.6}}) == "the least weights sum to 110 %, more than 100 %");
    CHECK(refusal({{0.1, 0.2}, {0.1, 0.3}}) == "the greatest weights sum to 50 %, less than 100 %");
    CHECK(refusal({{0.5, 0.4}, {0.1, 1}}) == "a weight from 50 to 40 % is none");
    CHECK_THROWS_WITH(WeightSpace::uniform(std::vector<double>{0, 0}), "no criterion has a weight");
    CHECK_THROWS_WITH(engine::concentration_of(0, 3), "the spread must be above 0");
    CHECK_THROWS_WITH(engine::concentration_of(2, 3),
                      "weights of 3 criteria can't spread by 200 %, only by less than 141.421 %");
}

TEST_CASE("weight space: the spread is that of a criterion of mean weight") {
    const double c = engine::concentration_of(0.3, 4);
    const WeightSpace space = WeightSpace::dirichlet(std::vector<double>{1, 1, 1, 1}, c);
    CHECK(std::sqrt(space.covariance()[0]) / 0.25 == doctest::Approx(0.3));
}
