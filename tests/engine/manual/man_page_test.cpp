// SPDX-License-Identifier: Apache-2.0
#include "engine/manual/man_page.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace zonerank;

TEST_CASE("man_page: nothing in a text is taken for a request or an escape") {
    CHECK(engine::escape_roff(".so /etc/passwd\n'br\na.b \\fB -x") == "\\&.so /etc/passwd\n\\&'br\na.b \\efB \\-x");
    CHECK(engine::escape_roff("").empty());
}

TEST_CASE("man_page: commands, options and choices") {
    const engine::Manual manual{"It ranks.",
                                {{"list",
                                  "what there is",
                                  ".first line",
                                  {{{"-n", "--name"}, "whose", "NAME"}, {{"TABLE"}, "which", "", {"a", "b c"}}}}}};
    const std::string page = engine::man_page(manual);
    CHECK(page.starts_with(".TH ZONERANK 1 "));
    CHECK(page.find(".SS \\fBzonerank list [OPTIONS] [TABLE]\\fR\nWhat there is.\n") != page.npos);
    CHECK(page.find(".TP\n\\fB\\-n\\fR, \\fB\\-\\-name\\fR \\fINAME\\fR\nWhose.\n") != page.npos);
    CHECK(page.find(".TP\n\\fITABLE\\fR\nWhich (a, b c).\n") != page.npos);
    CHECK(page.find(".nf\n\\&.first line\n.fi") != page.npos);
    for (const char* title : {"NAME", "SYNOPSIS", "FILES", "EXIT STATUS", "ENVIRONMENT", "EXAMPLES"})
        CHECK(page.find(fmt::format(".SH {}\n", title)) != page.npos);
}
