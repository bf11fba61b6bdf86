// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/formula.hpp"

#include "tests/support/values.hpp"

#include <doctest/doctest.h>

#include <clocale>
#include <cmath>
#include <limits>
#include <string>
#include <thread>
#include <vector>

using namespace zonerank;
using tests::metres;

namespace {

const layers::Unit km = layers::unit_called("km");
constexpr double inf = std::numeric_limits<double>::infinity();

double at(const std::string& text, double x) {
    return engine::Formula(text, {}, {}, {})(x);
}

std::string refusal(const std::string& text, const layers::Categories& constants = {}) {
    try {
        engine::Formula(text, metres, km, constants);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

layers::Categories constants(const std::string& name, double value) {
    return {{layers::parse_class(name), value}};
}

} // namespace

TEST_CASE("formula: arithmetic as it is taught") {
    CHECK(at("1 - (x / 20)^2", 10) == 0.75);
    CHECK(at("2 + 3 * x", 4) == 14);
    CHECK(at("-x^2", 3) == -9);
    CHECK(at("2^3^2", 0) == 512);
    CHECK(at("x > 3 ? 0.2 : 0.8", 3) == 0.8);
    CHECK(at("min(x, 4) + max(x, 4) + abs(-x)", 9) == 22);
    CHECK(at("exp(ln(x)) + sqrt(x)", 16) == doctest::Approx(20));
    CHECK(at("1e3 + .5", 0) == 1000.5);
}

TEST_CASE("formula: x in the unit said, quantities in any of its dimension") {
    CHECK(engine::Formula("1 - (x / 20 km)^2", metres, km, {})(10'000) == 0.75);
    CHECK(engine::Formula("1 - (x / 20000m)^2", metres, km, {})(10'000) == 0.75);
    CHECK(engine::Formula("1 - x / 20", metres, km, {})(10'000) == 0.5);
    CHECK(engine::Formula("1 - x / 20 km", metres, metres, {})(10'000) == 0.5);
    CHECK(engine::Formula("x / reach", metres, km, constants("reach", 40))(10'000) == 0.25);
    const layers::Unit percent = layers::base_unit(layers::Dimension::slope);
    CHECK(engine::Formula("x / 50 % + 0 * 5°", percent, percent, {})(25) == 0.5);
}

TEST_CASE("formula: the decimal point stays one in any locale") {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    const bool there = std::setlocale(LC_ALL, "de_DE.UTF-8") != nullptr;
    CHECK(at("0.25 * x", 2) == 0.5);
    std::setlocale(LC_ALL, before.c_str());
    if (!there)
        MESSAGE("no German locale here");
}

TEST_CASE("formula: infinite x has the limit's value, what is no number is NaN") {
    CHECK(at("x / (1 + x)", inf) == doctest::Approx(1));
    CHECK(at("exp(-x) * x", inf) == 0);
    CHECK(at("1 - x", inf) < -1e14);
    CHECK(std::isnan(at("sqrt(x)", -1)));
    CHECK(std::isnan(at("x", std::nan(""))));
    const auto f = tests::value_function("expression", "{formula: sqrt(x)}");
    CHECK(std::isnan(f.of(-1)));
    CHECK(f.of(0.25) == 0.5);
    CHECK(f.of(9) == 1);
    CHECK(std::isnan(f.of(std::nan(""))));
    CHECK(std::isnan(tests::value_function("expression", "{formula: \"x == x ? 1 : 0.5\"}").of(std::nan(""))));
}

TEST_CASE("formula: the same from many threads at once") {
    const engine::Formula formula("1 - (x / 20 km)^2 * sin(x)", metres, km, {});
    std::vector<float> x(4000);
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = static_cast<float>(i) * 7;
    std::vector<double> expected(x.size());
    formula(x, expected);
    std::vector<std::vector<double>> found(4, std::vector<double>(x.size()));
    std::vector<std::thread> threads;
    for (auto& result : found)
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i)
                formula(x, result);
        });
    for (std::thread& thread : threads)
        thread.join();
    for (const auto& result : found)
        CHECK(result == expected);
    CHECK(formula(static_cast<double>(x[100])) == expected[100]);
}

TEST_CASE("formula: what can't be read, with its place") {
    CHECK(refusal("1 - (x / 20 km)^2") == "accepted");
    CHECK(refusal("# ").starts_with("formula, character 1: '#' is not known here"));
    CHECK(refusal("1 + y") == "formula, character 5: 'y' is not known here; a formula is made of numbers, x, its "
                              "constants and functions such as exp, ln, sqrt, abs, min and max");
    CHECK(refusal("1 - (x / 20") == "formula, character 12: a ')' is missing");
    CHECK(refusal("1 - ") == "formula, character 5: the formula breaks off");
    CHECK(refusal("") == "the formula is empty");
    CHECK(refusal("  ") == "the formula is empty");
    CHECK(refusal("x = 3") == "formula, character 3: '=' sets nothing here; to compare write ==");
    CHECK(refusal("x, 3") == "formula, character 2: ',' stands only between a function's numbers");
    CHECK(refusal("\"a\"") == "formula, character 1: a formula has no texts");
    CHECK(refusal("1 / 20 min") == "formula, character 5: expected a length (m, km, cm), found '20 min'");
    CHECK(refusal("x / 20 kilometre") == "formula, character 5: expected a length (m, km, cm), found '20 kilometre'");
    CHECK(refusal("1° + y").starts_with("formula, character 1: expected a length"));
    CHECK(refusal("sin(x, 2)") == "formula, character 9: 'sin' takes fewer numbers");
    CHECK(refusal("x ** 2") == "formula, character 4: '*' is not expected here");
    CHECK(refusal("x 2") == "formula, character 3: '2' is not expected here");
    CHECK(refusal("x > 1 ? 2") == "formula, character 10: '? :' is missing its ':'");
    CHECK(refusal("sqrt(-1 - x^2)") == "the formula gives no number, whatever x is");
    CHECK(refusal("1e999 + x") == "formula, character 1: this number is too large or too small");
    CHECK(refusal(std::string(1001, '1')) == "the formula is longer than 1000 characters");
    CHECK(refusal(std::string(900, '(')).starts_with("formula, character "));
}

TEST_CASE("formula: names of constants") {
    CHECK(refusal("x / reach", constants("reach", 4)) == "accepted");
    CHECK(refusal("x", constants("x", 4)) == "constants need names of their own, found 'x'");
    CHECK(refusal("x", constants("_0", 4)) == "constants need names of their own, found '_0'");
    CHECK(refusal("x", constants("10", 4)) == "constants need names of their own, found a number");
    CHECK(refusal("x", constants("a b", 4)) == "'a b' can't be the name of a constant: a name is a word of letters, "
                                               "digits and _, which no function has");
    CHECK(refusal("x", constants("1a", 4)).starts_with("'1a' can't be the name of a constant"));
    CHECK(refusal("x", constants("sin", 4)).starts_with("'sin' can't be the name of a constant"));
    CHECK(tests::refusal("expression", "{formula: x, in: min}", metres) ==
          "in: 'min' is no unit of what is measured, in m");
    CHECK(tests::refusal("expression", "{formula: x, in: km}") ==
          "in: 'km' is no unit of what is measured, in plain numbers");
}
