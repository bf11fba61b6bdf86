// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/properties.hpp"

#include "engine/reference.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

namespace property = zonerank::engine::property;

TEST_CASE("properties: a table states no others") {
    constexpr std::array known{property::monotone, property::idempotent, property::bounded, property::independent};
    for (const auto& table : zonerank::engine::reference())
        for (const auto& entry : table.entries)
            for (const std::string& stated : entry.properties)
                CHECK(std::ranges::find(known, stated) != known.end());
}
