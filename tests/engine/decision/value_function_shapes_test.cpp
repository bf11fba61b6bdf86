// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/value_function.hpp"

#include "tests/support/values.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <random>

using namespace zonerank;
using engine::Measured;
using tests::metres;
using tests::refusal;

namespace {

/// Esri, Rescale by Function: f(x), then put linearly on 0..1 between the thresholds.
double rescaled(const std::function<double(double)>& f, double x, double lower, double upper) {
    return (f(x) - f(lower)) / (f(upper) - f(lower));
}

void check_equal(const engine::ValueFunction& f, const std::function<double(double)>& expected, double from,
                 double to) {
    for (int i = 0; i <= 500; ++i) {
        const double x = from + (to - from) * i / 500;
        CAPTURE(x);
        CHECK(std::abs(f.of(x) - expected(x)) <= 1e-12);
    }
}

} // namespace

TEST_CASE("exponential: Rescale by Function's Exp((x - inShift) * baseFactor), rising and turned over") {
    for (const double factor : {0.05, 0.4, -0.3, 3.0}) {
        CAPTURE(factor);
        const std::string body = fmt::format("{{lower: 2, upper: 30, scale: {:.17g}", 1 / factor);
        const auto published = [&](double x) {
            return rescaled([&](double v) { return std::exp((v - 7) * factor); }, x, 2, 30);
        };
        check_equal(tests::value_function("exponential", body + "}"), published, 2, 30);
        check_equal(
            tests::value_function("exponential", body + ", falling: true}"), [&](double x) { return 1 - published(x); },
            2, 30);
    }
    const auto usual = tests::value_function("exponential", "{lower: 2, upper: 30}"); // from 1 to 10
    CHECK(usual.of(16) == doctest::Approx((std::sqrt(10.0) - 1) / 9).epsilon(1e-14));
    CHECK(usual.of(30) == 1);
    CHECK(usual.of(2) == 0);
    CHECK(usual.of(31) == 1);
}

TEST_CASE("exponential: steep beyond what a double holds") {
    const auto f = tests::value_function("exponential", "{lower: 0, upper: 1000, scale: 0.1}");
    CHECK(f.of(1000) == 1);
    CHECK(f.of(999.9) == doctest::Approx(std::exp(-1.0)).epsilon(1e-9));
    CHECK(f.of(500) == 0);
}

TEST_CASE("logarithm: Rescale by Function's Ln((x - inShift) * factor), whatever the factor") {
    for (const double factor : {0.3, 1.0, 12.0})
        check_equal(
            tests::value_function("logarithm", "{lower: 5, upper: 80, shift: 1}"),
            [&](double x) { return rescaled([&](double v) { return std::log((v - 1) * factor); }, x, 5, 80); }, 5, 80);
    const auto usual = tests::value_function("logarithm", "{lower: 5, upper: 80}"); // ln from 1 to 10
    const double shift = (5 * std::exp(10.0) - 80 * std::exp(1.0)) / (std::exp(10.0) - std::exp(1.0));
    check_equal(
        usual, [&](double x) { return rescaled([&](double v) { return std::log(v - shift); }, x, 5, 80); }, 5, 80);
}

TEST_CASE("power: Rescale by Function's Power(x - inShift, exponent)") {
    for (const double exponent : {0.5, 1.0, 2.0, 7.5})
        check_equal(
            tests::value_function("power", fmt::format("{{lower: 5, upper: 80, shift: 2, exponent: {}}}", exponent)),
            [&](double x) { return rescaled([&](double v) { return std::pow(v - 2, exponent); }, x, 5, 80); }, 5, 80);
    const auto square = tests::value_function("power", "{lower: 0, upper: 10, exponent: 2, falling: yes}");
    CHECK(square.of(0) == 1);
    CHECK(square.of(3) == doctest::Approx(0.91).epsilon(1e-14));
    CHECK(square.of(10) == 0);
}

TEST_CASE("large, small and near: Rescale by Function's formulas") {
    for (const double spread : {1.0, 2.5, 5.0, 10.0}) {
        const std::string body = fmt::format("{{midpoint: 12, steepness: {}}}", spread);
        check_equal(
            tests::value_function("large", body), [&](double x) { return 1 / (1 + std::pow(x / 12, -spread)); }, 0.01,
            60);
        check_equal(
            tests::value_function("small", body), [&](double x) { return 1 / (1 + std::pow(x / 12, spread)); }, 0.01,
            60);
    }
    CHECK(tests::value_function("large", "{midpoint: 12}").of(12) == 0.5); // usual spread: 5
    CHECK(tests::value_function("large", "{midpoint: 12}").of(24) == doctest::Approx(32.0 / 33).epsilon(1e-14));
    CHECK(tests::value_function("large", "{midpoint: 12}").of(-3) == 0);
    CHECK(tests::value_function("small", "{midpoint: 12}").of(0) == 1);
    check_equal(
        tests::value_function("near", "{ideal: 20, spread: 4}"),
        [](double x) { return 1 / (1 + 0.0625 * (x - 20) * (x - 20)); }, -20, 60); // its spread: 1 / 4^2
    check_equal(
        tests::value_function("gaussian", "{ideal: 20, spread: 4}"),
        [](double x) { return std::exp(-0.03125 * (x - 20) * (x - 20)); }, -20, 60); // its spread: 1 / (2 * 4^2)
}

TEST_CASE("logistic growth and decay: through the intercept at both ends") {
    const auto growth = tests::value_function("logistic growth", "{minimum: 10, maximum: 50}");
    CHECK(growth.of(10) == doctest::Approx(0.01).epsilon(1e-12)); // usual intercept: 1 %
    CHECK(growth.of(30) == 0.5);
    CHECK(growth.of(50) == doctest::Approx(0.99).epsilon(1e-12));
    const auto decay = tests::value_function("logistic decay", "{minimum: 10, maximum: 50}");
    check_equal(
        decay, [&](double x) { return 1 - growth.of(x); }, -20, 90);
    const auto five = tests::value_function("logistic growth", "{minimum: 10, maximum: 50, intercept: 5 %}");
    check_equal(
        five, [&](double x) { return 1 / (1 + std::pow(19, 1 - 2 * (x - 10) / 40)); }, -20, 90);
}

TEST_CASE("symmetric linear: a triangle") {
    const auto f = tests::value_function("symmetric linear", "{minimum: 10, maximum: 30}");
    check_equal(
        f, [](double x) { return std::max(0.0, 1 - std::abs(2 * x - 40) / 20); }, 0, 40);
}

TEST_CASE("mean-sd: Rescale by Function's MSLarge and MSSmall") {
    const Measured map{{}, {2, 90, 25, 8}};
    const auto large = [](double x, double a, double b) { return x > a * 25 ? 1 - b * 8 / (x - a * 25 + b * 8) : 0; };
    for (const auto& [a, b] : {std::pair{1.0, 1.0}, {0.5, 2.0}, {1.5, 0.25}}) {
        const std::string body = fmt::format("{{means: {}, deviations: {}}}", a, b);
        check_equal(
            tests::value_function("mean-sd large", body, {}, map),
            [&, m = a, s = b](double x) { return large(x, m, s); }, 0, 120);
        check_equal(
            tests::value_function("mean-sd small", body, {}, map),
            [&, m = a, s = b](double x) { return 1 - large(x, m, s); }, 0, 120);
    }
    CHECK(tests::value_function("mean-sd large", "", {}, map).of(33) == 0.5);
    CHECK(tests::value_function("mean-sd large", "", {}, {{}, {5, 5, 5, 0}}).of(7) == 0.5); // a constant map
    CHECK(tests::value_function("mean-sd small", "").of(7) == 0.5);
}

TEST_CASE("mean-sd: the numbers of one map, given, repeat its values on another") {
    const Measured here{{}, {2, 90, 25'000, 8000}}, there{{}, {0, 1, 300, 4}};
    const auto& kind = layers::find(engine::value_functions(), "value function", "mean-sd large");
    const std::string body = "{mean: 25 km, deviation: 8 km}";
    const auto learnt = tests::value_function("mean-sd large", "", metres, here);
    const auto given = tests::value_function("mean-sd large", body, metres, there);
    for (double x = 0; x < 60'000; x += 777)
        CHECK(given.of(x) == learnt.of(x));
    CHECK(engine::needs_facts(kind, tests::params(kind, "", metres)));
    CHECK(engine::needs_facts(kind, tests::params(kind, "{mean: 25 km}", metres)));
    CHECK_FALSE(engine::needs_facts(kind, tests::params(kind, body, metres)));
}

TEST_CASE("curves: parameters that can't be meant") {
    CHECK(refusal("exponential", "{lower: 5 km, upper: 5 km}", metres) ==
          "'lower' (5 km) must be below 'upper' (5 km)");
    CHECK(refusal("exponential", "{lower: 0, upper: 5, scale: 0}") == "'scale' must not be 0");
    CHECK(refusal("exponential", "{lower: 0, upper: 5, scale: 1e6}") ==
          "'scale' is so far off that the curve is a straight line; use linear");
    CHECK(refusal("logarithm", "{lower: 1, upper: 5, shift: 1}") == "'shift' must be below 'lower' (1)");
    CHECK(refusal("logarithm", "{lower: 1, upper: 5, shift: -1e6}") ==
          "'shift' is so far off that the curve is a straight line; use linear");
    CHECK(refusal("power", "{lower: 1, upper: 5, exponent: 0}") == "'exponent' must be above 0");
    CHECK(refusal("power", "{lower: 1, upper: 5, exponent: 2, shift: 2}") == "'shift' must not be above 'lower' (1)");
    CHECK(refusal("power", "{lower: 1, upper: 5, exponent: 2, shift: -1e6}") ==
          "'shift' is so far off that the curve is a straight line; use linear");
    CHECK(refusal("power", "{lower: 1, upper: 5, exponent: 1e6, shift: 0}") == "'exponent' is too large");
    CHECK(refusal("logistic growth", "{minimum: 1, maximum: 5, intercept: 50 %}") ==
          "'intercept' is 50 %; it must lie between 0 and 50 %");
    CHECK(refusal("logistic decay", "{minimum: 1, maximum: 5, intercept: 1 %}") ==
          "'intercept' is 1 %; it must lie between 50 and 100 %");
    CHECK(refusal("logistic decay", "{minimum: 5, maximum: 1}") == "'minimum' (5) must be below 'maximum' (1)");
    CHECK(refusal("symmetric linear", "{minimum: 5, maximum: 1}") == "'minimum' (5) must be below 'maximum' (1)");
    CHECK(refusal("large", "{midpoint: 0}") == "'midpoint' must be above 0");
    CHECK(refusal("small", "{midpoint: 3, steepness: -5}") == "'steepness' must be above 0");
    CHECK(refusal("near", "{ideal: 3, spread: 0}") == "'spread' must be above 0");
    CHECK(refusal("mean-sd large", "{deviations: 0}") == "'deviations' must be above 0");
    CHECK(refusal("mean-sd small", "{mean: 3, deviation: 0}") == "'deviation' must be above 0");
}
