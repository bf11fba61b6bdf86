// SPDX-License-Identifier: Apache-2.0
#include "engine/text/text_table.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::engine;

TEST_CASE("columns are aligned, numbers to the right") {
    CHECK(aligned({{"name", "km"}, {"Jatlan", "3"}, {"Dadyal", "12.5"}}) == "name      km\n"
                                                                            "──────  ────\n"
                                                                            "Jatlan     3\n"
                                                                            "Dadyal  12.5\n");
}

TEST_CASE("wide characters take two columns, control characters are shown") {
    CHECK(aligned({{"a", "b"}, {"工区", "x"}, {"\x1b[2J", "y"}}, ">") == ">a     b\n"
                                                                         ">────  ─\n"
                                                                         ">工区  x\n"
                                                                         ">␛[2J  y\n");
}

TEST_CASE("the last column is wrapped between words") {
    CHECK(aligned({{"n", "text"}, {"1", "one two three four five"}}, "", 23) == "n  text\n"
                                                                                "─  ──────────────────\n"
                                                                                "1  one two three four\n"
                                                                                "   five\n");
    CHECK(wrapped("a bb ccc", 4) == std::vector<std::string>{"a bb", "ccc"});
    CHECK(wrapped("unbreakable", 4) == std::vector<std::string>{"unbreakable"});
    CHECK(wrapped("", 4) == std::vector<std::string>{""});
}

TEST_CASE("sentences are wrapped, rows of a table are not") {
    CHECK(sentences_wrapped("one two three\n  four five six\n\n", 10) ==
          "one two\n  three\n  four\n    five\n    six\n\n");
    CHECK(sentences_wrapped("short\n", 10) == "short\n");
    CHECK(sentences_wrapped("  a column  and another\n", 10) == "  a column  and another\n");
    CHECK(sentences_wrapped("unbreakable-word\n", 10) == "unbreakable-word\n");
    CHECK(sentences_wrapped("", 10) == "");
}

TEST_CASE("no rows, and rows of different lengths") {
    CHECK(aligned({}) == "");
    CHECK(aligned({{"a"}, {"1", "x"}, {""}}) == "a\n─  ─\n1  x\n\n");
}

TEST_CASE("thousands and bytes") {
    CHECK(with_thousands(0) == "0");
    CHECK(with_thousands(999) == "999");
    CHECK(with_thousands(1000) == "1,000");
    CHECK(with_thousands(-1234567) == "-1,234,567");
    CHECK(with_thousands(-123) == "-123");
    CHECK(bytes_text(999) == "999 B");
    CHECK(bytes_text(1000) == "1.0 kB");
    CHECK(bytes_text(12'345'678) == "12.3 MB");
}

TEST_CASE("bars are in eighths of a column") {
    CHECK(bar(1, 3) == "███");
    CHECK(bar(0.5, 3) == "█▌");
    CHECK(bar(0.04, 3) == "▏");
    CHECK(bar(NAN, 3).empty());
    CHECK(bar(2, 2) == "██");
}
