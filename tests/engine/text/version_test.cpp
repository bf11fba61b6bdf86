// SPDX-License-Identifier: Apache-2.0
#include "engine/text/version.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

TEST_CASE("the version is three numbers") {
    const std::string version = zonerank::engine::version;
    CHECK(std::string(version).find_first_not_of("0123456789.") == std::string::npos);
    CHECK(std::count(version.begin(), version.end(), '.') == 2);
}
