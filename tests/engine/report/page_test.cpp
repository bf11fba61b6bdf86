// SPDX-License-Identifier: Apache-2.0
#include "engine/report/page.hpp"

#include "engine/report/page_parts.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace zonerank;
using engine::PageFill;

TEST_CASE("filled_page: each mark, as often as it stands there, and nothing twice") {
    const PageFill fill{.title = "A <b> & \"c\"",
                        .ranking = "<table></table>",
                        .data = "{\"name\":\"<!--title-->\"}",
                        .style = "a{}",
                        .script = "go()"};
    CHECK(
        engine::filled_page("<!--title-->|<!--title-->|<!--ranking-->|<!--data-->|<!--style-->|<!--script-->.", fill) ==
        "A &lt;b&gt; &amp; &quot;c&quot;|A &lt;b&gt; &amp; &quot;c&quot;|<table></table>|"
        "{\"name\":\"\\u003c!--title--\\u003e\"}|a{}|go().");
    // printf 'go()' | openssl dgst -sha256 -binary | base64, and of 'a{}'
    CHECK(engine::filled_page("<!--script-hash--> <!--style-hash-->", fill) ==
          "5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw= X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk=");
}

TEST_CASE("page_template: a body in the frame, a place for each part, and images from where the page has them") {
    const std::string page = engine::page_template("<p><!--ranking--></p>\n", " blob:");
    for (const char* place : {"<title><!--title--></title>", "<body>\n<p><!--ranking--></p>\n<script>", "<!--style-->",
                              "<!--script-->", "; img-src data: blob:; "})
        CHECK_MESSAGE(page.find(place) != page.npos, place);
    CHECK(engine::page_template("").find("; img-src data:; ") != page.npos);
}

TEST_CASE("filled_page: refuses what would break the page") {
    CHECK_THROWS_WITH_AS(engine::filled_page("<!--titel-->", {}), "the page has an unknown mark 'titel'", Error);
    CHECK_THROWS_WITH_AS(engine::filled_page("", {.script = "'</ScRiPt>'"}), "the page's script holds '</script'",
                         Error);
    CHECK_THROWS_WITH_AS(engine::filled_page("", {.style = "</style"}), "the page's style holds '</style'", Error);
}

TEST_CASE("json_in_script: no tag is left, and the JSON says the same") {
    const std::string nasty = "</script><!--<script>&amp;\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7 \xF0\x9F\x8F\xAD";
    const std::string json = nlohmann::json{{"name", nasty}}.dump();
    const std::string safe = engine::json_in_script(json);
    CHECK(safe.find_first_of("<>&") == safe.npos);
    CHECK(safe.find("\xE2\x80\xA8") == safe.npos);
    CHECK(safe.find("\xE2\x80\xA9") == safe.npos);
    CHECK(nlohmann::json::parse(safe)["name"] == nasty);
    CHECK(engine::json_in_script("\xE2\x80") == "\xE2\x80");
}

TEST_CASE("ranking_table_html: each site in its place, its name as text") {
    engine::Ranking ranking = tests::small_ranking();
    ranking.rows[0].name = "<script>alert(1)</script>";
    const std::string table = engine::ranking_table_html(ranking);
    CHECK(table.find("<script>") == table.npos);
    CHECK(table.find("&lt;script&gt;alert(1)") != table.npos);
    CHECK(table.find("<td>1</td>") < table.find("<td>2</td>"));
    CHECK(table.find(
              "<td>-</td><td>Reservoir, bank</td><td>-</td><td>20.0</td><td>8 % is usable, 50 % are needed</td>") !=
          table.npos);
    CHECK(engine::ranking_table_html({}).empty());
    ranking.rows.resize(501, ranking.rows[0]);
    const std::string cut = engine::ranking_table_html(ranking);
    CHECK(cut.find("<p>The first 500 of 501 sites; ranking.csv has all.</p>") != cut.npos);
    CHECK(cut.size() < 500 * table.size());
}

TEST_CASE("report_page: one script, one style, both told by their hashes, and the data") {
    const std::string page = engine::report_page("T", "", R"({"title":"T"})");
    const auto count = [&](const std::string& text) {
        std::size_t found = 0;
        for (std::size_t at = page.find(text); at != page.npos; at = page.find(text, at + 1))
            ++found;
        return found;
    };
    CHECK(count("<script>") == 1);
    CHECK(count("<style>") == 1);
    CHECK(count("default-src 'none'") == 1);
    CHECK(count("'unsafe-inline'") == 0);
    CHECK(count("sha256-") == 2);
    CHECK(count(R"(id="study-data">{"title":"T"}</script>)") == 1);
    CHECK(count("<title>T</title>") == 1);
}
