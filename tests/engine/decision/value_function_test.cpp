// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/value_function.hpp"

#include "engine/decision/properties.hpp"
#include "rasters/core/simd.hpp"
#include "tests/support/values.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>

using namespace zonerank;
using engine::Measured;
using engine::ValueFunction;
using tests::metres;
using tests::refusal;

namespace {

const layers::Unit plain;
constexpr double inf = std::numeric_limits<double>::infinity();

struct Example {
    std::string_view name;
    std::string body;
    double at;    ///< a measurement ...
    double value; ///< ... and its value
    double at_minus_infinity, at_infinity;
};

// One of each row of the table. Values worked out by hand from the formulas.
const Example examples[] = {
    {"linear", "{worst: 20 km, best: 0 km}", 5000, 0.75, 1, 0},
    {"piecewise", "{0 km: 1, 3 km: 1, 8 km: 0.4, 15 km: 0}", 5500, 0.7, 1, 0},
    {"categories", "{10: 1, 50..59: 0.25, other: 0}", 55, 0.25, 0, 0},
    {"logistic", "{midpoint: 5 km, spread: 2 km, falling: true}", 7000, 1 / (1 + std::exp(1.0)), 1, 0},
    {"gaussian", "{ideal: 1 km, spread: 500 m}", 1500, std::exp(-0.5), 0, 0},
    {"step", "{at: 2 km, above: 0.2, below: 0.9}", 1999, 0.9, 0.9, 0.2},
    {"stretch", "{falling: true}", 4000, 0.75, 1, 0},
    {"symmetric linear", "{minimum: 1 km, maximum: 5 km}", 4000, 0.5, 0, 0},
    {"exponential", "{lower: 0 km, upper: 10 km, scale: 5 km}", 5000, std::expm1(1.0) / std::expm1(2.0), 0, 1},
    {"logarithm", "{lower: 1 km, upper: 9 km, shift: 0 km, falling: yes}", 3000, 0.5, 1, 0},
    {"power", "{lower: 0 km, upper: 10 km, exponent: 2}", 5000, 0.25, 0, 1},
    {"logistic growth", "{minimum: 0 km, maximum: 10 km, intercept: 10 %}", 10'000, 0.9, 0, 1},
    {"logistic decay", "{minimum: 0 km, maximum: 10 km, intercept: 80 %}", 10'000, 0.2, 1, 0},
    {"large", "{midpoint: 2 km, steepness: 3}", 4000, 8.0 / 9, 0, 1},
    {"small", "{midpoint: 2 km, steepness: 3}", 4000, 1.0 / 9, 1, 0},
    {"near", "{ideal: 1 km, spread: 500 m}", 2000, 0.2, 0, 0},
    {"mean-sd large", "", 7500, 0.6, 0, 1},
    {"mean-sd small", "{means: 0.5, deviations: 2}", 8250, 0.4, 1, 0},
    {"fuzzy linear", "{a: 1 km, b: 5 km}", 2000, 0.25, 0, 1},
    {"fuzzy sigmoidal", "{c: 1 km, d: 4 km}", 2000, 0.75, 1, 0},
    {"fuzzy j-shaped", "{a: 1 km, b: 3 km, c: 4 km, d: 5 km}", -1000, 0.2, 0, 0},
    {"fuzzy g-shaped", "{a: 1 km, b: 3 km}", 2000, std::sqrt(std::sqrt(2.0) - 1), 0, 1},
    {"expression", "{formula: 1 - (x / 20 km)^2, in: km}", 10'000, 0.75, 0, 0},
};

ValueFunction make(const Example& example) {
    const bool classes = example.name == "categories";
    return tests::value_function(example.name, example.body, classes ? plain : metres,
                                 {{}, {1000, 13'000, 4500, 2000}});
}

float next_random(std::mt19937& random) {
    return static_cast<float>(static_cast<double>(random()) * 30'000 / 4294967296.0 - 2000);
}

std::uint32_t bits(float value) {
    return std::bit_cast<std::uint32_t>(value);
}

} // namespace

TEST_CASE("value functions: every row of the table has an example, by its formula") {
    CHECK(std::size(examples) == engine::value_functions().size());
    for (const auto& kind : engine::value_functions()) {
        const auto example = std::ranges::find(examples, kind.name, &Example::name);
        REQUIRE(example != std::end(examples));
        CAPTURE(kind.name);
        const ValueFunction f = make(*example);
        CHECK(f.of(example->at) == doctest::Approx(example->value).epsilon(1e-12));
        CHECK(f.of(-inf) == example->at_minus_infinity);
        CHECK(f.of(inf) == example->at_infinity);
        CHECK_FALSE(kind.summary.empty());
        CHECK_FALSE(kind.source.empty());
    }
}

TEST_CASE("value functions: no data stays no data, values stay within 0 and 1") {
    std::mt19937 random(7);
    for (const Example& example : examples) {
        CAPTURE(example.name);
        const ValueFunction f = make(example);
        CHECK(std::isnan(f.of(std::nan(""))));
        for (int i = 0; i < 1000; ++i) {
            const double value = f.of(next_random(random));
            CHECK((value >= 0 && value <= 1));
        }
    }
}

namespace {

bool says_monotone(std::string_view name) {
    const auto& kind = layers::find(engine::value_functions(), "value function", name);
    return std::ranges::find(kind.properties, engine::property::monotone) != kind.properties.end();
}

/// Whether it rises somewhere and falls elsewhere, among random measurements.
bool turns(const ValueFunction& f, std::mt19937& random) {
    std::vector<double> x(300);
    for (double& at : x)
        at = next_random(random);
    std::ranges::sort(x);
    bool rises = false, falls = false;
    for (std::size_t i = 1; i < x.size(); ++i) {
        const double step = f.of(x[i]) - f.of(x[i - 1]);
        rises |= step > 1e-13; // beyond rounding
        falls |= step < -1e-13;
    }
    return rises && falls;
}

/// A row of the table that claims to be monotone with parameters at random.
std::string random_body(std::string_view name, std::mt19937& random) {
    const auto km = [&](double from, double to) {
        return from + (to - from) * static_cast<double>(random() % 1000) / 1000;
    };
    const double low = km(-2, 10), high = low + km(0.1, 15);
    const std::string falling = random() % 2 == 0 ? "true" : "false";
    const std::string range = fmt::format("lower: {} km, upper: {} km, falling: {}", low, high, falling);
    if (name == "linear")
        return falling == "true" ? fmt::format("{{worst: {} km, best: {} km}}", low, high)
                                 : fmt::format("{{worst: {} km, best: {} km}}", high, low);
    if (name == "step")
        return fmt::format("{{at: {} km, above: {}, below: {}}}", low, km(0, 0.5), km(0.6, 1));
    if (name == "exponential")
        return fmt::format("{{{}, scale: {} km}}", range, (falling == "true" ? -1 : 1) * km(0.01, 30));
    if (name == "logarithm")
        return fmt::format("{{{}, shift: {} km}}", range, low - km(0.001, 30));
    if (name == "power")
        return fmt::format("{{{}, exponent: {}, shift: {} km}}", range, km(0.1, 8), low - km(0, 5));
    if (name == "logistic")
        return fmt::format("{{midpoint: {} km, spread: {} km, falling: {}}}", low, km(0.01, 5), falling);
    if (name == "logistic growth" || name == "logistic decay")
        return fmt::format("{{minimum: {} km, maximum: {} km, intercept: {} %}}", low, high,
                           name == "logistic growth" ? km(0.1, 49) : km(51, 99.9));
    if (name == "large" || name == "small")
        return fmt::format("{{midpoint: {} km, steepness: {}}}", high - low, km(0.1, 12));
    if (name == "stretch")
        return fmt::format("{{falling: {}}}", falling);
    return fmt::format("{{means: {}, deviations: {}}}", km(-1, 3), km(0.1, 4));
}

} // namespace

TEST_CASE("value functions: those that say monotone never turn, whatever their parameters") {
    std::mt19937 random(23);
    for (const auto& kind : engine::value_functions()) {
        if (!says_monotone(kind.name))
            continue;
        for (int i = 0; i < 100; ++i) {
            const std::string body = random_body(kind.name, random);
            CAPTURE(kind.name);
            CAPTURE(body);
            CHECK_FALSE(
                turns(tests::value_function(kind.name, body, metres, {{}, {1000, 13'000, 4500, 2000}}), random));
        }
    }
}

TEST_CASE("value functions: those that do not can turn") {
    const std::pair<std::string_view, std::string> examples_that_turn[] = {
        {"symmetric linear", "{minimum: 2 km, maximum: 18 km}"},
        {"piecewise", "{0 km: 0, 3 km: 1, 8 km: 0.4}"},
        {"categories", "{-10000..3000: 0, 3001..6000: 1, other: 0.2}"},
        {"gaussian", "{ideal: 8 km, spread: 3 km}"},
        {"near", "{ideal: 8 km, spread: 3 km}"},
        {"fuzzy linear", "{a: 2 km, b: 6 km, c: 10 km, d: 18 km}"},
        {"fuzzy sigmoidal", "{a: 2 km, b: 6 km, c: 10 km, d: 18 km}"},
        {"fuzzy j-shaped", "{a: 2 km, b: 6 km, c: 10 km, d: 18 km}"},
        {"fuzzy g-shaped", "{a: 2 km, b: 6 km, c: 10 km, d: 18 km}"},
        {"expression", "{formula: 1 - abs(x - 5) / 10, in: km}"},
    };
    std::mt19937 random(29);
    for (const auto& kind : engine::value_functions()) {
        const auto* example = std::ranges::find(examples_that_turn, kind.name, [](const auto& e) { return e.first; });
        CAPTURE(kind.name);
        CHECK((example == std::end(examples_that_turn)) == says_monotone(kind.name));
        if (example != std::end(examples_that_turn))
            CHECK(turns(tests::value_function(kind.name, example->second, kind.name == "categories" ? plain : metres),
                        random));
    }
}

TEST_CASE("value functions: runs of cells agree with single ones to the bit, wherever they start") {
    std::mt19937 random(11);
    std::vector<float> measurement(203), value(203);
    for (float& m : measurement)
        m = next_random(random);
    measurement[17] = measurement[18] = std::nanf("");
    measurement[50] = std::numeric_limits<float>::infinity();
    measurement[99] = 1000;
    for (const Example& example : examples) {
        CAPTURE(example.name);
        const ValueFunction f = make(example);
        for (const rasters::Simd level : {rasters::Simd::baseline, rasters::Simd::avx2, rasters::Simd::avx512}) {
            rasters::limit_simd(level);
            f.apply(measurement, value);
            for (std::size_t i = 0; i < measurement.size(); ++i)
                REQUIRE(bits(value[i]) == bits(static_cast<float>(f.of(measurement[i]))));
        }
        for (std::size_t begin = 0; begin < 9; ++begin) {
            const std::size_t count = measurement.size() - begin * 7;
            f.apply(std::span(measurement).subspan(begin, count), std::span(value).subspan(begin, count));
            for (std::size_t i = begin; i < begin + count; ++i)
                CHECK(bits(value[i]) == bits(static_cast<float>(f.of(measurement[i]))));
        }
        std::vector<float> in_place = measurement;
        f.apply(in_place, in_place);
        f.apply(measurement, value);
        CHECK(std::ranges::equal(in_place, value, [](float a, float b) { return bits(a) == bits(b); }));
    }
}

TEST_CASE("linear: exactly 0 and 1 at its anchors and flat beyond, rising and falling") {
    const auto falling = tests::value_function("linear", "{best: 0 km, worst: 20 km}", metres);
    CHECK(falling.of(0) == 1);
    CHECK(falling.of(-5) == 1);
    CHECK(falling.of(20'000) == 0);
    CHECK(falling.of(20'001) == 0);
    const auto rising = tests::value_function("linear", "{worst: 0.1, best: 0.7}");
    CHECK(rising.of(0.1) == 0);
    CHECK(rising.of(0.7) == 1);
    CHECK(rising.of(0.4) == doctest::Approx(0.5));
}

TEST_CASE("logistic: rising and falling are mirror images about the midpoint") {
    const auto rising = tests::value_function("logistic", "{midpoint: 40, spread: 10}");
    const auto falling = tests::value_function("logistic", "{midpoint: 40, spread: 10, falling: yes}");
    CHECK(rising.of(40) == 0.5);
    CHECK(rising.of(50) == doctest::Approx(0.7310585786300049).epsilon(1e-15));
    CHECK(rising.of(20) == doctest::Approx(0.11920292202211755).epsilon(1e-14));
    for (const double x : {-30.0, 0.0, 39.0, 55.5, 200.0})
        CHECK(rising.of(x) + falling.of(x) == doctest::Approx(1));
}

TEST_CASE("gaussian: 1 at the ideal, the same on both sides") {
    const auto f = tests::value_function("gaussian", "{ideal: 10, spread: 4}");
    CHECK(f.of(10) == 1);
    CHECK(f.of(6) == f.of(14));
    CHECK(f.of(18) == doctest::Approx(0.1353352832366127).epsilon(1e-15));
}

TEST_CASE("step: exactly at the limit counts as above") {
    const auto f = tests::value_function("step", "{at: 15}");
    CHECK(f.of(15) == 1);
    CHECK(f.of(std::nextafter(15.0F, 0.0F)) == 0);
    CHECK(tests::value_function("step", "{at: 0.7}").of(0.7F) == 1); // as a float it is less than 0.7
}

TEST_CASE("stretch: from the map's lowest to its highest, half on a constant map") {
    const Measured measured{{}, {20, 60}};
    CHECK(tests::value_function("stretch", "", plain, measured).of(20) == 0);
    CHECK(tests::value_function("stretch", "", plain, measured).of(30) == 0.25);
    CHECK(tests::value_function("stretch", "{falling: true}", plain, measured).of(30) == 0.75);
    CHECK(tests::value_function("stretch", "", plain, {{}, {5, 5}}).of(5) == 0.5);
    CHECK(tests::value_function("stretch", "").of(5) == 0.5);
    CHECK(layers::find(engine::value_functions(), "value function", "stretch").need == layers::Need::facts);
}

TEST_CASE("value functions: parameters that can't be meant") {
    CHECK(refusal("linear", "{worst: 20 km, best: 20000 m}", metres) ==
          "'worst' and 'best' are both 20 km; they must differ");
    CHECK(refusal("linear", "{worst: 20 km, best: 5 min}", metres) ==
          "linear: best: expected a length (m, km, cm), found '5 min'");
    CHECK(refusal("logistic", "{midpoint: 5, spread: 0}") == "'spread' must be above 0");
    CHECK(refusal("logistic", "{midpoint: 5, spread: -2, falling: true}") == "'spread' must be above 0");
    CHECK(refusal("gaussian", "{ideal: 5, spread: -1}") == "'spread' must be above 0");
    CHECK(refusal("step", "{at: 5, above: 1.5}") ==
          "the value of 'above' is 1.5; values lie between 0 (useless) and 1 (ideal)");
    CHECK(refusal("step", "{at: 5, below: -0.1}") ==
          "the value of 'below' is -0.1; values lie between 0 (useless) and 1 (ideal)");
    CHECK(refusal("step", "{at: 5, above: 0}") == "'above' and 'below' are both 0; they must differ");
    CHECK(refusal("piecewise", "{0 km: 1}", metres) == "needs at least two points such as {0 km: 1, 20 km: 0}");
    CHECK(refusal("piecewise", "{0 km: 1, 2 km: 1.2}", metres) ==
          "the value of 2 km is 1.2; values lie between 0 (useless) and 1 (ideal)");
    CHECK(refusal("piecewise", "{0 km: 1, 2 km: 0.2, 2000 m: 0}", metres) == "2 km is given two values");
    CHECK(refusal("categories", "{10: 1, 5..15: 0}") == "classes 10 and 5..15 overlap");
    CHECK(refusal("categories", "{10: 1, 10.0: 0}") == "classes 10 and 10 overlap");
    CHECK(refusal("categories", "{10..20: 1, 20..30: 0}") == "classes 10..20 and 20..30 overlap");
    CHECK(refusal("categories", "{10..20: 1, 21..30: 0}") == "accepted");
    CHECK(refusal("categories", "{forest: 2}") ==
          "the value of class forest is 2; values lie between 0 (useless) and 1 (ideal)");
    CHECK(refusal("categories", "{other: -1}") ==
          "the value of class other is -1; values lie between 0 (useless) and 1 (ideal)");
    CHECK(refusal("categories", "{10..20: 2}") ==
          "the value of class 10..20 is 2; values lie between 0 (useless) and 1 (ideal)");
}
