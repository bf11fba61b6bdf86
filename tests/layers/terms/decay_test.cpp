// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/decay.hpp"

#include "rasters/core/simd.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace zonerank;
using layers::Dimension;

namespace {

std::vector<double> left(const std::string& text, std::vector<double> far, Dimension dimension = Dimension::time) {
    layers::read_decay(layers::parse_choice(tests::yaml(text)), dimension)(far);
    return far;
}

std::string said(const std::string& text, Dimension dimension = Dimension::time) {
    try {
        left(text, {}, dimension);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

} // namespace

TEST_CASE("each decay by its formula, half where it says so") {
    for (const double d : {0.0, 1.0, 14.0, 30.0, 77.0, 500.0}) {
        CHECK(left("exponential: {half: 30 min}", {d})[0] == doctest::Approx(std::exp2(-d / 30)).epsilon(1e-13));
        CHECK(left("gaussian: {half: 0.5 h}", {d})[0] == doctest::Approx(std::exp2(-d * d / 900)).epsilon(1e-12));
        CHECK(left("power: {half: 30 min}", {d})[0] == doctest::Approx(1 / (1 + d * d / 900)).epsilon(1e-13));
        CHECK(left("power: {half: 30 min, exponent: 1.5}", {d})[0] ==
              doctest::Approx(1 / (1 + std::pow(d / 30, 1.5))).epsilon(1e-13));
    }
    for (const char* text : {"exponential: {half: 2 km}", "gaussian: {half: 2 km}", "power: {half: 2 km}"})
        CHECK(left(text, {2000}, Dimension::length)[0] == doctest::Approx(0.5).epsilon(1e-14));
}

TEST_CASE("a table is straight between its points and level beyond them") {
    const std::string table = "table: {60 min: 0, 10 min: 1, 0.5 h: 0.5}";
    CHECK(left(table, {0, 10, 20, 30, 45, 60, 100}) == std::vector<double>{1, 1, 0.75, 0.5, 0.25, 0, 0});
}

TEST_CASE("the same bits on every processor") {
    std::vector<double> far;
    for (int i = 0; i < 1000; ++i)
        far.push_back(i * 0.37);
    for (const char* text : {"exponential: {half: 20 min}", "gaussian: {half: 20 min}", "power: {half: 20 min}"}) {
        rasters::limit_simd(rasters::Simd::baseline);
        const std::vector<double> plain = left(text, far);
        rasters::limit_simd(rasters::best_simd());
        CHECK(left(text, far) == plain);
    }
}

TEST_CASE("what can't be a decay is told") {
    CHECK(said("exponentail: {half: 1 min}") == "unknown decay 'exponentail'; did you mean 'exponential'?");
    CHECK(said("exponential: {half: 3 km}") == "decay: exponential: half: expected a time (min, h, s), found '3 km'");
    CHECK(said("exponential").find("'half' is missing") != std::string::npos);
    CHECK(said("gaussian: {half: 0 min}") == "decay: gaussian: half: it must be above 0");
    CHECK(said("power: {half: 1 min, exponent: 0}").find("expected a number above 0") != std::string::npos);
    CHECK(said("table: {0 min: 2}").find("2 is not a share") != std::string::npos);
    CHECK(said("table: {0 min: 1, 0 s: 0}").find("two points at the same place") != std::string::npos);
    CHECK(said("table: {1 min: 1}", Dimension::length).find("expected a length") != std::string::npos);
}

TEST_CASE("keep_all keeps all") {
    std::vector<double> far{0, 3, 1e9};
    layers::keep_all(far);
    CHECK(far == std::vector<double>{1, 1, 1});
}
