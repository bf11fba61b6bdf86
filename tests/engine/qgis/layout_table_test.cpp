// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/layout_table.hpp"

#include "tests/support/xml.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank::engine;
using zonerank::tests::attribute;
using zonerank::tests::Tree;

TEST_CASE("layout_table: a row for each site, six cells each, cut to their column") {
    const std::vector<std::array<std::string, 6>> rows{
        {"1", "Jatlan <b>&", "0.81", "62 %", "Grid", "Rail"},
        {"2", "A name that is much longer than two lines of its column", "0.70", "50 %", "Rail", "Grid"}};
    const Tree table("<page>" + layout_table_xml(6, {184, 90, 104, 40}, rows) + "</page>");
    const auto found = table.all("=page.LayoutMultiFrame.contents", "row");
    REQUIRE(found.size() == 2);
    std::vector<std::string> cells;
    for (const CPLXMLNode* cell = found[0]->psChild; cell; cell = cell->psNext)
        cells.push_back(attribute(cell->psChild->psNext, "value"));
    CHECK(cells == std::vector<std::string>{"1", "Jatlan <b>&", "0.81", "62 %", "Grid", "Rail"});
    CHECK(attribute(found[1]->psChild->psNext->psChild->psNext, "value") == "A name that is much longer than two…");
    CHECK(table.all("=page.LayoutMultiFrame.headers", "header").size() == 6);
    CHECK(attribute(table.all("=page", "LayoutItem")[0], "multiFrame") ==
          attribute(table.all("=page", "LayoutMultiFrame")[0], "uuid"));
}

TEST_CASE("layout_table: a text is never an expression, and keeps its lines") {
    CHECK(escape_layout_text("a [% 1 + 1 %] [[%2%] \"b\"\nc") == "a [ % 1 + 1 %] [[ %2%] &quot;b&quot;&#10;c");
    CHECK(layout_uuid(12) == "{00000000-0000-4000-8000-000000000012}");
}

TEST_CASE("layout_table: rows that take two lines leave room for fewer") {
    std::vector<std::array<std::string, 6>> rows(12, {"1", "Jatlan", "0.81", "62 %", "Grid", "Rail"});
    CHECK(rows_within(100, rows) == 12);
    CHECK(rows_within(37, rows) == 8);
    for (auto& row : rows)
        row[4] = "People in towns within an hour";
    CHECK(rows_within(100, rows) == 12);
    CHECK(rows_within(37, rows) == 4);
    CHECK(rows_within(0, rows) == 3);
    rows.resize(1);
    CHECK(rows_within(0, rows) == 1);
}
