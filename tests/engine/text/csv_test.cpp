// SPDX-License-Identifier: Apache-2.0
#include "engine/text/csv.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

TEST_CASE("csv: the examples of RFC 4180, section 2") {
    CHECK(parse_csv("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n") ==
          std::vector<CsvRow>{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}});
    CHECK(parse_csv("aaa,bbb,ccc\r\nzzz,yyy,xxx") == std::vector<CsvRow>{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}});
    CHECK(parse_csv("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx") ==
          std::vector<CsvRow>{{"aaa", "b\r\nbb", "ccc"}, {"zzz", "yyy", "xxx"}});
    CHECK(parse_csv("\"aaa\",\"b\"\"bb\",\"ccc\"") == std::vector<CsvRow>{{"aaa", "b\"bb", "ccc"}});
}

TEST_CASE("csv: empty fields are fields, empty lines are not rows") {
    CHECK(parse_csv("a,,\n\n,b,\n") == std::vector<CsvRow>{{"a", "", ""}, {"", "b", ""}});
    CHECK(parse_csv("\xEF\xBB\xBFid\n1\n") == std::vector<CsvRow>{{"id"}, {"1"}});
    CHECK(parse_csv("").empty());
}

TEST_CASE("csv: quotation marks that do not fit are told with their line") {
    CHECK_THROWS_WITH_AS(parse_csv("a\n\"b\nc"), "line 2: a quotation mark is never closed", Error);
    CHECK_THROWS_WITH_AS(parse_csv("a\nb\n\"c\"d"), "line 3: text behind a closing quotation mark", Error);
}
