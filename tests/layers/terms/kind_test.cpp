// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/kind.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

namespace {

using Maker = int (*)(int);
using NumberKind = layers::Kind<Maker>;

std::span<const NumberKind> table() {
    static const NumberKind kinds[] = {
        {"double", "twice as much", {{"by", "how often", layers::Type::number}}, [](int n) { return 2 * n; }, "Euclid"},
        {"square", "by itself", {}, [](int n) { return n * n; }, {}, layers::Need::facts},
    };
    return kinds;
}

} // namespace

TEST_CASE("kinds: a row is found by its name and makes what it says") {
    const NumberKind& kind = layers::find(table(), "operation", "square");
    CHECK(kind.make(7) == 49);
    CHECK(kind.need == layers::Need::facts);
    CHECK(layers::find(table(), "operation", "double").make(7) == 14);
    CHECK(layers::find(table(), "operation", "double").need == layers::Need::none);
    CHECK(layers::find(table(), "operation", "double").parameters.front().name == "by");
}

TEST_CASE("kinds: names in the table's order") {
    CHECK(layers::names(table()) == std::vector<std::string>{"double", "square"});
    CHECK(layers::names(std::span<const NumberKind>{}).empty());
}

TEST_CASE("kinds: an unknown name gets the nearest, or all there are") {
    CHECK_THROWS_WITH_AS(layers::find(table(), "operation", "squre"),
                         "unknown operation 'squre'; did you mean 'square'?", Error);
    CHECK_THROWS_WITH_AS(layers::find(table(), "operation", "cube"),
                         "unknown operation 'cube'; there is double, square", Error);
}
