// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/method_input.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace zonerank::engine;

namespace {

DecisionMatrix matrix() {
    return {.alternatives = {"A", "B"},
            .criteria = {"power", "idle", "cover"},
            .weights = {0.6, 0, 0.4},
            .senses = {Sense::less, Sense::neither, Sense::neither},
            .measurements = {3000, 1, 10, 500, 2, 20},
            .values = {0.7, 0, 0.2, 0.9, 0, 1}};
}

} // namespace

TEST_CASE("a method's input leaves out what has no weight") {
    const MethodInput input = method_input(matrix(), Of::values);
    CHECK(input.criteria == std::vector<std::string>{"power", "cover"});
    CHECK(input.entries == std::vector{0.7, 0.2, 0.9, 1.0});
    CHECK(input.weights == std::vector{0.6, 0.4});
    CHECK(input.column(1) == std::vector{0.2, 1.0});
    CHECK(input.gains(0) == std::vector{0.7, 0.9}); // of values more is better
}

TEST_CASE("measurements have a sense, or a method of measurements is none") {
    DecisionMatrix of = matrix();
    CHECK_THROWS_WITH(method_input(of, Of::measurements),
                      "'cover' has measurements of which neither more nor less is better; use `of: values`");
    of.senses[2] = Sense::more;
    const MethodInput input = method_input(of, Of::measurements);
    CHECK(input.gains(0) == std::vector{-3000.0, -500.0});
    CHECK(input.gains(1) == std::vector{10.0, 20.0});
}

TEST_CASE("a number that is missing is named") {
    DecisionMatrix of = matrix();
    of.senses[2] = Sense::more;
    of.measurements[0] = of.values[5] = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH(method_input(of, Of::measurements),
                      "'A' has no measurement of 'power'; use `of: values`, where it is assumed");
    CHECK_THROWS_WITH(method_input(of, Of::values), "'B' has no value of 'cover'");
    CHECK_THROWS_WITH(method_input({}, Of::values), "no site has a rank");
}
