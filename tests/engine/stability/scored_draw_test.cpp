// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/scored_draw.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank::engine;

namespace {

auto each(double (*of)(double)) {
    return [of](std::span<double> numbers) { std::ranges::transform(numbers, numbers.begin(), of); };
}

} // namespace

TEST_CASE("scored draw: the given values, until measurements are drawn") {
    const std::vector<double> values{0.5, 1, 0.25, 0};
    SmaaInput in{.sites = 2, .criteria = 2, .values = values};
    in.uncertain.push_back({.criterion = 0,
                            .uncertainty = {Uncertainty::Kind::uniform, 10},
                            .measurements = {50, NAN},
                            .value = each([](double x) { return std::clamp(x / 100, 0.0, 1.0); })});
    ScoredDraw draw(in);
    const std::vector<double> weights{0.8, 0.2}, first{1, 0};
    CHECK(draw.scores(weights)[0] == doctest::Approx(0.6));
    CHECK(draw.scores(weights)[1] == doctest::Approx(0.2));
    double least = 1, most = 0;
    for (std::uint64_t number = 0; number < 500; ++number) {
        draw.measure(Purpose::measurements, number);
        const auto scores = draw.scores(first);
        least = std::min(least, scores[0]);
        most = std::max(most, scores[0]);
        CHECK(scores[1] == 0.25);
    }
    CHECK((least > 0.4 && least < 0.405 && most < 0.6 && most > 0.595));
}

TEST_CASE("scored draw: a value of many cells moves by as much as that of its measurement, within 0 to 1") {
    const std::vector<double> values{0.99};
    SmaaInput in{.sites = 1, .criteria = 1, .values = values};
    in.uncertain.push_back({.criterion = 0,
                            .uncertainty = {Uncertainty::Kind::uniform, 0.2},
                            .measurements = {0.5},
                            .value = each([](double x) { return x; })});
    ScoredDraw draw(in);
    const std::vector<double> weight{1};
    for (std::uint64_t number = 0; number < 100; ++number) {
        draw.measure(Purpose::measurements, number);
        Draw again(1, Purpose::measurements, number);
        const double moved = 0.2 * (2 * again.uniform() - 1);
        CHECK(draw.scores(weight)[0] == doctest::Approx(std::min(0.99 + moved, 1.0)));
    }
}

TEST_CASE("scored draw: first is who has no score above, whatever the number of sites and the gaps") {
    for (const std::size_t sites : {1u, 5u, 127u, 128u, 300u}) {
        std::vector<double> values;
        for (std::size_t i = 0; i < sites; ++i)
            values.push_back(static_cast<double>(i * 37 % sites) / static_cast<double>(sites));
        const std::vector<double> weight{1};
        const SmaaInput in{.sites = sites, .criteria = 1, .values = values};
        ScoredDraw draw(in);
        const double most = *std::ranges::max_element(values);
        for (std::size_t i = 0; i < sites; ++i)
            CHECK(draw.first(i, weight) == (values[i] == most));
    }
    const std::vector<double> values{NAN, 0.5, 0.5 + 1e-14, 0.2, NAN}, weight{1};
    const SmaaInput in{.sites = 5, .criteria = 1, .values = values, .score = [](auto row, auto) { return row[0]; }};
    ScoredDraw draw(in);
    for (std::size_t i = 0; i < 5; ++i)
        CHECK(draw.first(i, weight) == (i == 1 || i == 2)); // equals but for rounding
}
