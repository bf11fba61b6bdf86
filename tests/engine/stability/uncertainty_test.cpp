// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/uncertainty.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace zonerank::engine;

namespace {

std::vector<double> sorted_draws(const Uncertainty& uncertainty, double measurement) {
    std::vector<double> drawn;
    for (std::uint64_t i = 0; i < 20'001; ++i) {
        Draw draw(1, Purpose::measurements, i);
        drawn.push_back(uncertainty.drawn(draw, measurement));
    }
    std::ranges::sort(drawn);
    return drawn;
}

} // namespace

TEST_CASE("uncertainty: normal, in units and as a share of the measurement's size") {
    const auto units = sorted_draws({Uncertainty::Kind::normal, 500}, 2000);
    CHECK(std::abs(units[10'000] - 2000) < 20);
    CHECK(std::abs(units[16'827] - 2500) < 25); // 84.13 % are below one deviation more
    const auto share = sorted_draws({Uncertainty::Kind::normal, 0.1, true}, -50);
    CHECK(std::abs(share[10'000] + 50) < 0.2);
    CHECK(std::abs(share[16'827] + 45) < 0.25);
}

TEST_CASE("uncertainty: uniform, never farther than said") {
    const auto drawn = sorted_draws({Uncertainty::Kind::uniform, 0.1, true}, 200);
    CHECK((drawn.front() > 180 && drawn.front() < 180.1 && drawn.back() < 220 && drawn.back() > 219.9));
    CHECK(std::abs(drawn[5'000] - 190) < 0.5);
}

TEST_CASE("uncertainty: lognormal, the measurement is its median") {
    const auto drawn = sorted_draws({Uncertainty::Kind::lognormal, log_deviation(0.3)}, 10);
    double sum = 0, squares = 0;
    for (const double x : drawn) {
        sum += x / 20'001;
        squares += x * x / 20'001;
    }
    CHECK(std::abs(drawn[10'000] - 10) < 0.15);
    CHECK(std::abs(std::sqrt(squares - sum * sum) / sum - 0.3) < 0.01);
    CHECK(sorted_draws({Uncertainty::Kind::lognormal, 0.3}, 0).back() == 0);
}

TEST_CASE("uncertainty: what is not known stays so, and sites may have amounts of their own") {
    const UncertainCriterion criterion{.uncertainty = {Uncertainty::Kind::uniform, 1},
                                       .measurements = {NAN, 5, 5},
                                       .amounts = {1, 0, 2},
                                       .value = [](double x) { return x; }};
    Draw draw(1, Purpose::measurements, 0);
    CHECK(std::isnan(criterion.drawn(draw, 0)));
    CHECK(criterion.drawn(draw, 1) == 5);
    CHECK(criterion.drawn(draw, 2) != 5);
}
