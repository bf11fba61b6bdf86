// SPDX-License-Identifier: Apache-2.0
#include "engine/records/difference_style.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("difference_style: as far down as up, pale in the middle") {
    const std::string style = engine::difference_style(0.3);
    CHECK(style.find("value=\"-0.3\" label=\"-0.300\" color=\"#b2182b\"") != style.npos);
    CHECK(style.find("value=\"0\" label=\"+0.000\" color=\"#f7f7f7\"") != style.npos);
    CHECK(style.find("value=\"0.3\" label=\"+0.300\" color=\"#2166ac\"") != style.npos);
    CHECK(engine::difference_style(0).find("minimumValue=\"-1\"") != std::string::npos); // no two classes are one
}
