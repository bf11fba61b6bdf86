// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/value_function.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>

using namespace zonerank;
using engine::Measured;
using engine::ValueFunction;

namespace {

const layers::Unit metres = layers::base_unit(layers::Dimension::length);
const layers::Unit plain;
constexpr double inf = std::numeric_limits<double>::infinity();

ValueFunction make(std::string_view name, const std::string& body, const layers::Unit& unit = plain,
                   const Measured& measured = {}) {
    const auto& kind = layers::find(engine::value_functions(), "value function", name);
    return kind.make(tests::params(kind, body, unit), measured);
}

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
};

ValueFunction make(const Example& example) {
    const bool classes = example.name == "categories";
    return make(example.name, example.body, classes ? plain : metres, {{}, {1000, 13'000}});
}

float next_random(std::mt19937& random) {
    return static_cast<float>(static_cast<double>(random()) * 30'000 / 4294967296.0 - 2000);
}

std::string refusal(std::string_view name, const std::string& body, const layers::Unit& unit = plain,
                    const Measured& measured = {}) {
    try {
        make(name, body, unit, measured);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
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
        for (std::size_t begin = 0; begin < 9; ++begin) {
            const std::size_t count = measurement.size() - begin * 7;
            f.apply(std::span(measurement).subspan(begin, count), std::span(value).subspan(begin, count));
            for (std::size_t i = begin; i < begin + count; ++i)
                CHECK(std::bit_cast<std::uint32_t>(value[i]) ==
                      std::bit_cast<std::uint32_t>(static_cast<float>(f.of(measurement[i]))));
        }
        std::vector<float> in_place = measurement;
        f.apply(in_place, in_place);
        f.apply(measurement, value);
        CHECK(std::ranges::equal(in_place, value, [](float a, float b) {
            return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
        }));
    }
}

TEST_CASE("linear: exactly 0 and 1 at its anchors and flat beyond, rising and falling") {
    const auto falling = make("linear", "{best: 0 km, worst: 20 km}", metres);
    CHECK(falling.of(0) == 1);
    CHECK(falling.of(-5) == 1);
    CHECK(falling.of(20'000) == 0);
    CHECK(falling.of(20'001) == 0);
    const auto rising = make("linear", "{worst: 0.1, best: 0.7}");
    CHECK(rising.of(0.1) == 0);
    CHECK(rising.of(0.7) == 1);
    CHECK(rising.of(0.4) == doctest::Approx(0.5));
}

// gertvv/rsmaa, smaa/tests/pvf.R (out of range: clip).
TEST_CASE("piecewise: published case, rsmaa's partial value function") {
    const auto f = make("piecewise", "{50: 1, 75: 0.8, 90: 0.5, 100: 0}");
    const double x[] = {50, 60, 75, 90, 100, 10, 40, 101, 120};
    const double expected[] = {1.0, 0.92, 0.8, 0.5, 0.0, 1, 1, 0, 0};
    for (int i = 0; i < 9; ++i) {
        CAPTURE(x[i]);
        CHECK(std::abs(f.of(x[i]) - expected[i]) <= 1e-9);
    }
}

TEST_CASE("piecewise: points in any order, exact at each of them") {
    const auto f = make("piecewise", "{15 km: 0, 0 km: 0.1, 3 km: 1, 8 km: 0.3}", metres);
    CHECK(f.of(0) == 0.1);
    CHECK(f.of(3000) == 1);
    CHECK(f.of(8000) == 0.3);
    CHECK(f.of(15'000) == 0);
    CHECK(f.of(1500) == doctest::Approx(0.55));
}

TEST_CASE("logistic: rising and falling are mirror images about the midpoint") {
    const auto rising = make("logistic", "{midpoint: 40, spread: 10}");
    const auto falling = make("logistic", "{midpoint: 40, spread: 10, falling: yes}");
    CHECK(rising.of(40) == 0.5);
    CHECK(rising.of(50) == doctest::Approx(0.7310585786300049).epsilon(1e-15));
    CHECK(rising.of(20) == doctest::Approx(0.11920292202211755).epsilon(1e-14));
    for (const double x : {-30.0, 0.0, 39.0, 55.5, 200.0})
        CHECK(rising.of(x) + falling.of(x) == doctest::Approx(1));
}

TEST_CASE("gaussian: 1 at the ideal, the same on both sides") {
    const auto f = make("gaussian", "{ideal: 10, spread: 4}");
    CHECK(f.of(10) == 1);
    CHECK(f.of(6) == f.of(14));
    CHECK(f.of(18) == doctest::Approx(0.1353352832366127).epsilon(1e-15));
}

TEST_CASE("step: exactly at the limit counts as above") {
    const auto f = make("step", "{at: 15}");
    CHECK(f.of(15) == 1);
    CHECK(f.of(std::nextafter(15.0F, 0.0F)) == 0);
    CHECK(make("step", "{at: 0.7}").of(0.7F) == 1); // as a float it is less than 0.7
}

TEST_CASE("stretch: from the map's lowest to its highest, half on a constant map") {
    const Measured measured{{}, {20, 60}};
    CHECK(make("stretch", "", plain, measured).of(20) == 0);
    CHECK(make("stretch", "", plain, measured).of(30) == 0.25);
    CHECK(make("stretch", "{falling: true}", plain, measured).of(30) == 0.75);
    CHECK(make("stretch", "", plain, {{}, {5, 5}}).of(5) == 0.5);
    CHECK(make("stretch", "").of(5) == 0.5);
    CHECK(layers::find(engine::value_functions(), "value function", "stretch").need == layers::Need::facts);
}

TEST_CASE("categories: by code and range; a class without a value is unknown") {
    const auto f = make("categories", "{10: 1, 50..59: 0.2, 60: 0}");
    CHECK(f.of(10) == 1);
    CHECK(f.of(50) == 0.2);
    CHECK(f.of(59) == 0.2);
    CHECK(f.of(60) == 0);
    CHECK(std::isnan(f.of(11)));
    CHECK(std::isnan(f.of(49)));
    CHECK(make("categories", "{10: 1, other: 0.5}").of(11) == 0.5);
}

TEST_CASE("categories: by name; codes are places in the list of names") {
    const Measured landuse{{"forest", "farmland", "scrub"}, {}};
    const auto f = make("categories", "{scrub: 1, farmland: 0.4}", plain, landuse);
    CHECK(f.of(2) == 1);
    CHECK(f.of(1) == 0.4);
    CHECK(std::isnan(f.of(0)));
    CHECK(std::isnan(f.of(3)));
    CHECK(std::isnan(f.of(-1)));
    CHECK(std::isnan(f.of(1.5)));
    const auto with_rest = make("categories", "{scrub: 1, other: 0.3}", plain, landuse);
    CHECK(with_rest.of(0) == 0.3);
    CHECK(with_rest.of(2) == 1);
}

TEST_CASE("categories: names that are numbers are meant by their number, not their place") {
    const auto f = make("categories", "{20: 1, 30..39: 0.5}", plain, {{"10", "20", "35"}, {}});
    CHECK(std::isnan(f.of(0)));
    CHECK(f.of(1) == 1);
    CHECK(f.of(2) == 0.5);
    const auto coded = make("categories", "{0: 0.1, 1: 0.9}", plain, {{"water", "land"}, {}});
    CHECK(coded.of(0) == 0.1);
    CHECK(coded.of(1) == 0.9);
}

TEST_CASE("categories: a code without a name is meant by itself") {
    const auto f = make("categories", "{0: 0.1, 2: 0.9, land: 0.5}", plain, {{"water", "land", ""}, {}});
    CHECK(f.of(0) == 0.1);
    CHECK(f.of(1) == 0.5);
    CHECK(f.of(2) == 0.9);
}

TEST_CASE("categories: a slip of a name is refused, a class that does not occur is not") {
    const Measured landuse{{"forest", "farmland"}, {}};
    CHECK(refusal("categories", "{forst: 1}", plain, landuse) == "unknown class 'forst'; did you mean 'forest'?");
    CHECK(refusal("categories", "{salt pond: 1, forest: 0}", plain, landuse) == "accepted");
    CHECK(refusal("categories", "{farmland: 1, farmyard: 0}", plain, landuse) == "accepted");
    CHECK(refusal("categories", "{forest: 1}") ==
          "class 'forest': the classes of this measure are numbers, without names");
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
