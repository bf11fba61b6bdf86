// SPDX-License-Identifier: Apache-2.0
#include "engine/text/utf8.hpp"

#include <doctest/doctest.h>

using namespace zonerank::engine;

TEST_CASE("utf8: characters of one to four bytes") {
    CHECK(first_character("a").code == 'a');
    CHECK(first_character("é").code == 0xE9);
    CHECK(first_character("م").code == 0x645);
    CHECK(first_character("龍").code == 0x9F8D);
    CHECK(first_character("𝄞").code == 0x1D11E);
    CHECK(first_character("𝄞!").bytes == 4);
}

TEST_CASE("utf8: bytes that are no UTF-8 are told (the cases of RFC 3629, section 10)") {
    for (const char* bad : {"\xC0\x80", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xF4\x90\x80\x80", "\x80",
                            "\xE2\x82", "\xC3(", "\xFF"}) {
        CAPTURE(bad);
        CHECK_FALSE(first_character(bad).valid);
        CHECK(first_character(bad).bytes == 1);
    }
    CHECK(valid_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
    CHECK(valid_utf8("Mīrpur میرپور") == "Mīrpur میرپور");
}

TEST_CASE("utf8: widths on a terminal (Unicode annex 11)") {
    CHECK(display_width("Jatlan") == 6);
    CHECK(display_width("Mīrpur") == 6);
    CHECK(display_width("Mi\u0304rpur") == 6); // the same, with a combining mark
    CHECK(display_width("میرپور") == 6);
    CHECK(display_width("深圳") == 4);
    CHECK(display_width("") == 0);
}

TEST_CASE("utf8: small letters, of A to Z alone") {
    CHECK(lower_case("Mirpur AJ&K 2") == "mirpur aj&k 2");
    CHECK(lower_case("ÄÖ میرپور") == "ÄÖ میرپور");
    CHECK(lower_case("").empty());
}

TEST_CASE("utf8: what a locale's name says") {
    for (const char* name : {"en_GB.UTF-8", "C.utf8", "ur_PK.UTF8", "de_DE.UTF-8@euro"})
        CHECK(says_utf8(name));
    for (const char* name : {"C", "POSIX", "de_DE.ISO-8859-1", "de_DE", ""})
        CHECK_FALSE(says_utf8(name));
}

TEST_CASE("utf8: fitted into a column") {
    CHECK(fitted("Jatlan", 8) == "Jatlan  ");
    CHECK(fitted("Jatlan", 8, true) == "  Jatlan");
    CHECK(fitted("Jatlan", 6) == "Jatlan");
    CHECK(fitted("Jatlan", 5) == "Jatl…");
    CHECK(fitted("深圳市", 4) == "深… "); // half a wide character can't be shown
    CHECK(fitted("میرپور", 7) == "میرپور ");
}
