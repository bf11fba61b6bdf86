// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/choice.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("a choice is a bare kind or a mapping with one key") {
    CHECK(layers::parse_choice(tests::yaml("weighted sum")).kind == "weighted sum");
    CHECK(layers::parse_choice(tests::yaml("weighted sum")).body.is_null());
    CHECK(to_string(layers::parse_choice(tests::yaml("\n linear")).body.mark) == "test.yaml:2:2");
    const layers::Choice choice = layers::parse_choice(tests::yaml("\n  linear: {best: 0}"));
    CHECK(choice.kind == "linear");
    CHECK(choice.mark.line == 2);
    CHECK(choice.mark.column == 3);
    for (const std::string text : {"{}", "[linear]", "~", "''", "{a: 1, b: 2}"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(layers::parse_choice(tests::yaml(text)), Error);
    }
}
