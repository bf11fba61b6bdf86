// SPDX-License-Identifier: Apache-2.0
#include "engine/text/yaml_slip.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using zonerank::engine::quote_ends;
using zonerank::engine::yaml_slip;

static std::string slip(const std::string& text, int line, int column, const std::string& complaint) {
    const auto found = yaml_slip(text, line, column, complaint);
    return fmt::format("{}:{} {}", found.line, found.column, found.text);
}

TEST_CASE("a quote ends, or takes all with it") {
    CHECK(quote_ends("a: 'b'\n", 1, 4));
    CHECK(quote_ends("a: 'it''s'\n", 1, 4));
    CHECK(quote_ends("x\na: \"b \\\" c\"\n", 2, 4));
    CHECK(quote_ends("a: \"b\nc\"\n", 1, 4)); // over two lines
    CHECK_FALSE(quote_ends("x\na: \"b\n", 2, 4));
    CHECK_FALSE(quote_ends("a: 'b''\n", 1, 4));
    CHECK_FALSE(quote_ends("a: \"b\\\"", 1, 4));
    CHECK(quote_ends("a: b'\n", 1, 4)); // no quote begins here
    CHECK(quote_ends("a: b\n", 7, 9));  // nor beyond the end
}

TEST_CASE("an open bracket is told where it opens") {
    const std::string far = "end of map flow not found";
    CHECK(slip("a: 1\nb: {c: d\ne: {f: g}\n", 3, 3, far) == "2:4 this '{' has no '}'");
    CHECK(slip("a: [1, [2]\nb: 2\n", 2, 2, far) == "1:4 this '[' has no ']'");
    CHECK(slip("# {\na: it's [x\nb: [ # ]\nc: 1\n", 4, 2, far) == "3:4 this '[' has no ']'");
    CHECK(slip("a: '{'\nb: \"[\"\nc: {d\n", 4, 1, far) == "3:4 this '{' has no '}'");
    CHECK(slip("a: b{\n- x[\nc: {d: e f: g}\n", 3, 11, far) ==
          "3:11 expected ',' or '}' here; a text that holds ',' or ': ' must be quoted");
    CHECK(slip("a: [1, 2}\n", 1, 9, "illegal flow end") == "1:9 this '}' can't close the '[' of line 1");
    CHECK(slip("a: {b: c}}\n", 1, 10, "illegal flow end") == "1:10 this bracket closes none");
    CHECK(slip("a: 'b' c\n", 1, 8, "end of map not found") ==
          "1:8 expected the line to end here; a text ends with its second quote");
}

TEST_CASE("a quote that runs on into the next one is told where it begins") {
    CHECK(slip("a: \"b\nc: 1\nd: \"%\"\n", 3, 5, "unknown token") ==
          "1:4 this quote ends in line 3; is its own end missing?");
    CHECK(slip("a: \"b\n c\"\nd: %\n", 3, 4, "unknown token") == "3:4 a text can't begin with this sign; quote it");
}

TEST_CASE("the slips of planners in their words") {
    CHECK(slip("a:\n  \tb: {c: d}\n", 2, 9, "illegal map value") == "2:3 a line is indented by spaces, not by tabs");
    CHECK(slip("a:\n  b:\t{c: d: e}\n", 2, 9, "illegal map value") ==
          "2:9 no value can stand here: the line is indented otherwise than those above, or a text with ': ' lacks its "
          "quotes");
    CHECK(slip("b: {to: roads, where: x in ('a', 'b')}", 1, 31, "end of map flow not found") ==
          "1:31 the condition after `where:` must be quoted as a whole");
    CHECK(slip("a:\n   b: 1\n  c: 2\n", 3, 3, "end of map not found") ==
          "3:3 this line is indented otherwise than those it belongs with");
    CHECK(slip("a: b\n", 1, 3, "something else") == "1:3 something else");
    CHECK(slip("", 9, 9, "something else") == "9:9 something else");
}
