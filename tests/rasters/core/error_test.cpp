// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using zonerank::Error;
using zonerank::in_context;

TEST_CASE("an error's message is formatted") {
    CHECK(std::string(Error("{}: {} bands, not {}", "dem.tif", 1, 3).what()) == "dem.tif: 1 bands, not 3");
    CHECK(std::string(Error("{}", "50 % of {x}").what()) == "50 % of {x}"); // the user's text is never a format
}

TEST_CASE("each level says where") {
    const auto fail = [] { throw Error("no layer 'rail'"); };
    try {
        in_context("criterion 'rail'", [&] { in_context("tracks.gpkg", fail); });
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(std::string(error.what()) == "criterion 'rail': tracks.gpkg: no layer 'rail'");
    }
}

TEST_CASE("a context passes results and other exceptions on") {
    int value = 7;
    static_assert(std::is_same_v<decltype(in_context("", [&]() -> int& { return value; })), int&>);
    in_context("here", [&]() -> int& { return value; }) = 8;
    CHECK(value == 8);
    CHECK(in_context("here", [] { return std::string("result"); }) == "result");
    CHECK_THROWS_WITH_AS(in_context("here", [] { throw std::logic_error("ours"); }), "ours", std::logic_error);
}
