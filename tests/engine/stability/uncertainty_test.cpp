// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/uncertainty.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace zonerank::engine;

namespace {

std::vector<double> sorted_draws(const Uncertainty& uncertainty, double measurement) {
    const std::vector<double> measurements(20'001, measurement);
    std::vector<double> drawn(measurements.size());
    Draw draw(1, Purpose::measurements, 0);
    uncertainty.draw(draw, measurements, {}, drawn);
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
                                       .value = [](std::span<double>) {}};
    Draw draw(1, Purpose::measurements, 0);
    std::vector<double> drawn(3);
    criterion.draw(draw, drawn);
    CHECK(std::isnan(drawn[0]));
    CHECK(drawn[1] == 5);
    CHECK(drawn[2] != 5);
}

TEST_CASE("uncertainty: many at once are drawn as one after the other") {
    std::vector<double> measurements, amounts;
    for (int i = 0; i < 700; ++i) {
        measurements.push_back(i % 7 == 0 ? NAN : i - 100);
        amounts.push_back(0.01 * i);
    }
    for (const auto kind : {Uncertainty::Kind::normal, Uncertainty::Kind::uniform, Uncertainty::Kind::lognormal}) {
        std::vector<double> drawn(measurements.size());
        const Uncertainty all{kind, 9, true};
        Draw draw(3, Purpose::measurements, 8), again = draw;
        all.draw(draw, measurements, amounts, drawn);
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            double one = 0;
            Uncertainty{kind, amounts[i], true}.draw(again, {&measurements[i], 1}, {}, {&one, 1});
            CHECK((drawn[i] == one || (std::isnan(one) && std::isnan(drawn[i]))));
        }
    }
}
