// SPDX-License-Identifier: Apache-2.0
#include "engine/presentations.hpp"

#include <doctest/doctest.h>

#include <set>

TEST_CASE("presentations: no two write the same file") {
    const zonerank::engine::Prepared prepared;
    std::set<std::string> seen;
    for (const auto& shown : zonerank::engine::presentations(prepared, nullptr))
        for (const std::string& file : shown.files)
            CHECK(seen.insert(file).second);
}
