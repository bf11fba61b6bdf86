// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/yaml_word.hpp"

#include "engine/text/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

static std::string read_back(const std::string& text) {
    layers::Problems problems;
    const layers::Node node = parse_yaml("a: {b: " + yaml_word(text) + ", c: d}\n", "test.yaml", problems);
    CHECK(problems.ok());
    REQUIRE(node.find("a")->find("c") != nullptr);
    return node.find("a")->find("b")->text;
}

TEST_CASE("a word reads back as the text it was") {
    for (const char* text : {"osm.gpkg",
                             "../a b/roads.shp",
                             "it's \"q\" ${HOME}: ü#1.gpkg",
                             "- x, [a] {b}",
                             "a: b",
                             " a",
                             "a ",
                             "#",
                             "!tag",
                             "&a",
                             "*a",
                             "%x",
                             "@x",
                             "`x`",
                             "|",
                             ">",
                             "?",
                             "'",
                             "\"",
                             "\\",
                             "\t",
                             "null x",
                             "مير پور",
                             "🏭",
                             "a\nb",
                             "1 2",
                             "-",
                             "{",
                             "~x"}) {
        CAPTURE(text);
        CHECK(read_back(text) == text);
    }
}

TEST_CASE("what YAML takes for something else than text is quoted") {
    for (const char* text : {"null", "true", "No", "12", "1e3", "", "~"})
        CHECK(yaml_word(text).front() == '"');
    CHECK(yaml_word("roads_main.gpkg") == "roads_main.gpkg");
}

TEST_CASE("values and fields of a condition") {
    CHECK(where_text("O'Brien") == "'O''Brien'");
    CHECK(where_field("class") == "class");
    CHECK(where_field("land use") == "\"land use\"");
    CHECK(where_field("order") == "\"order\"");
    CHECK(where_field("a\"b") == "\"a\\\"b\"");
}

TEST_CASE("a comment stays one line, and as long as it may be") {
    CHECK(comment_text("a\nb").find('\n') == std::string::npos);
    CHECK(comment_text("abcdef", 4) == "abc…");
}
