// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/telling.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("problems stand in the order of their files, those without a place at the study's") {
    const auto file = std::make_shared<const std::string>("b.yaml");
    const auto ordered =
        engine::in_order({{{file, 9, 1}, "c"}, {{file, 2, 7}, "b"}, {{}, "a"}, {{file, 9, 1}, "d"}}, "a.yaml");
    std::string texts;
    for (const auto& problem : ordered)
        texts += problem.text;
    CHECK(texts == "abcd");
    CHECK(*ordered[0].mark.file == "a.yaml");
}
