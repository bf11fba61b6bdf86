// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_page_parts.hpp"

#include <doctest/doctest.h>

using namespace zonerank::engine;

TEST_CASE("the page's parts can't end their places in it") {
    CHECK(batch_page_parts::style.find("</") == std::string_view::npos);
    CHECK(batch_page_parts::script.find("</") == std::string_view::npos);
}

TEST_CASE("the page needs no network, and knows light, dark and paper") {
    for (const std::string_view part : {batch_page_parts::style, batch_page_parts::script})
        CHECK(part.find("//") == std::string_view::npos);
    CHECK(batch_page_parts::style.find("prefers-color-scheme: dark") != std::string_view::npos);
    CHECK(batch_page_parts::style.find("@media print") != std::string_view::npos);
}
