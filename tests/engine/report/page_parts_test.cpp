// SPDX-License-Identifier: Apache-2.0
#include "engine/report/page_parts.hpp"

#include "tests/support/files.hpp"

#include <doctest/doctest.h>

namespace parts = zonerank::engine::page_parts;

TEST_CASE("page_parts: the page, Leaflet before what uses it, and its licence") {
    CHECK(parts::frame.starts_with("<!DOCTYPE html>"));
    CHECK(parts::style.find(".leaflet-container") != parts::style.npos);
    const std::size_t licence = parts::script.find("Vladimir Agafonkin"), leaflet = parts::script.find("window.L="),
                      ours = parts::script.find("study-data");
    CHECK(licence != parts::script.npos);
    CHECK(parts::script.find("BY THE COPYRIGHT HOLDERS") != parts::script.npos);
    REQUIRE(leaflet != parts::script.npos);
    CHECK(parts::script.find("\n\"use strict\";\n") < licence); // counts as the first statement alone
    CHECK(licence < leaflet);
    CHECK(leaflet < ours);
    CHECK(ours != parts::script.npos);
}

TEST_CASE("page_parts: nothing from elsewhere") {
    CHECK(parts::script.find("sourceMappingURL") == parts::script.npos);
    CHECK(parts::style.find("@import") == parts::style.npos);
    for (const auto part : {parts::frame, parts::body, parts::script})
        CHECK(part.find("src=\"http") == part.npos);
}
