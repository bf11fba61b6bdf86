// SPDX-License-Identifier: Apache-2.0
#include "engine/text/escape.hpp"

#include "engine/text/csv.hpp"

#include <cpl_minixml.h>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>

using namespace zonerank::engine;

namespace {

std::string all_bytes_below_128() {
    std::string text;
    for (char c = 1; c < 127; ++c)
        text += c;
    return text + '\x7F' + "Mīrpur میرپور";
}

} // namespace

TEST_CASE("escape: a JSON parser reads back what was meant") {
    const std::string text = all_bytes_below_128() + std::string(1, '\0') + "</script>";
    CHECK(nlohmann::json::parse(json_string(text)).get<std::string>() == text);
    CHECK(nlohmann::json::parse(json_string("a\xFF")).get<std::string>() == "a\uFFFD");
    CHECK(json_string("a\"b\\c\nd\x1b") == R"("a\"b\\c\nd\u001b")");
}

TEST_CASE("escape: an XML parser reads back what was meant") {
    const std::string text = "<a href='x' title=\"y\">&amp; Mīrpur</a>";
    const std::string document = "<root name=\"" + escape_xml(text) + "\">" + escape_xml(text) + "</root>";
    const std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)> tree(CPLParseXMLString(document.c_str()),
                                                                         CPLDestroyXMLNode);
    REQUIRE(tree);
    CHECK(CPLGetXMLValue(tree.get(), "name", "") == text);
    CHECK(CPLGetXMLValue(tree.get(), nullptr, "") == text);
    CHECK(escape_xml("a\x1b[31m\tb") == "a\uFFFD[31m\tb");
}

TEST_CASE("escape: spreadsheets take no text for a formula") {
    CHECK(csv_field("=1+1") == "'=1+1");
    CHECK(csv_field("+92 300") == "'+92 300");
    CHECK(csv_field("@SUM(A1)") == "'@SUM(A1)");
    CHECK(csv_field("\t=1") == "\"'\t=1\"");
    CHECK(csv_field("-cmd|' /C calc'!A0") == "'-cmd|' /C calc'!A0");
    CHECK(csv_field("-12.5") == "-12.5");
    CHECK(csv_field("-1e-3") == "-1e-3");
    CHECK(csv_field("Jatlan = best") == "Jatlan = best");
    CHECK(csv_field("") == "");
}

TEST_CASE("escape: a CSV parser reads back what was meant") {
    for (const std::string text : {"plain", "a,b", "say \"hi\"", "two\nlines", " spaced ", "", "a;b", "\"", "میرپور"}) {
        CAPTURE(text);
        const auto rows = parse_csv("x," + csv_field(text) + ",y\r\n");
        REQUIRE(rows.size() == 1);
        CHECK(rows[0] == CsvRow{"x", text, "y"});
    }
}

TEST_CASE("escape: a terminal gets no control characters") {
    CHECK(shown_on_terminal("\x1b[2J") == "␛[2J");
    CHECK(shown_on_terminal("a\nb\tc\x7F") == "a␊b␉c␡");
    CHECK(shown_on_terminal("\u009b31m") == "<U+009B>31m");
    CHECK(shown_on_terminal("abc\u202Edcba") == "abc<U+202E>dcba");
    CHECK(shown_on_terminal("\u202A\u2066\u2069\u200E\u200F\u061C") ==
          "<U+202A><U+2066><U+2069><U+200E><U+200F><U+061C>");
    CHECK(shown_on_terminal("\u2027\u202F\u2065\u206A") == "\u2027\u202F\u2065\u206A");
    CHECK(shown_on_terminal("\x9b") == "\uFFFD");
    CHECK(shown_on_terminal("Mīrpur میرپور") == "Mīrpur میرپور");
}
