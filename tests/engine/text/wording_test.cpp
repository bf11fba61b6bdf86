// SPDX-License-Identifier: Apache-2.0
#include "engine/text/wording.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace zonerank::engine;

TEST_CASE("wording: ordinals") {
    const std::vector<std::pair<int, std::string>> cases{{1, "1st"},   {2, "2nd"},   {3, "3rd"},     {4, "4th"},
                                                         {11, "11th"}, {12, "12th"}, {13, "13th"},   {21, "21st"},
                                                         {22, "22nd"}, {40, "40th"}, {112, "112th"}, {121, "121st"}};
    for (const auto& [rank, text] : cases)
        CHECK(ordinal(rank) == text);
}

TEST_CASE("wording: shares that round to nothing or all are told from those that are") {
    CHECK(percent_text(0) == "0 %");
    CHECK(percent_text(0.004) == "<1 %");
    CHECK(percent_text(0.38) == "38 %");
    CHECK(percent_text(0.999) == ">99 %");
    CHECK(percent_text(1) == "100 %");
    CHECK(percent_text(std::nan("")) == "-");
}

TEST_CASE("wording: points of weight, and lists") {
    CHECK(points_text(0.0001) == "a trace");
    CHECK(points_text(0.0312) == "3.1 points");
    CHECK(points_text(0.123) == "12 points");
    CHECK(listed({}) == "");
    CHECK(listed(std::vector<std::string>{"a"}) == "a");
    CHECK(listed(std::vector<std::string>{"a", "b"}) == "a and b");
    CHECK(listed(std::vector<std::string>{"a", "b", "c"}) == "a, b and c");
}

TEST_CASE("a text begins as a sentence does") {
    CHECK(capitalised("what it is") == "What it is");
    CHECK(capitalised("`owa` is") == "`owa` is");
    CHECK(capitalised("\u00e9t\u00e9") == "\u00e9t\u00e9");
    CHECK(capitalised("").empty());
}
