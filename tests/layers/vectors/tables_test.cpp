// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/tables.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace zonerank;
using namespace zonerank::layers;

// What a server answers is tested with a real one: tests/app/postgis_test.py.

namespace {

const std::vector<DatabaseTable> tables{
    {"gis", "roads", {"geom"}}, {"gis", "Sites (2)", {"geom"}}, {"gis", "towns", {"centre", "outline"}},
    {"public", "prices", {}},   {"public", "roads", {"way"}},   {"x", "lakes", {"geom"}},
    {"y", "lakes", {"geom"}}};

std::string chosen(const std::string& wanted, const std::vector<DatabaseTable>& of = tables) {
    try {
        return chosen_table(of, wanted);
    } catch (const Error& e) {
        return e.what();
    }
}

} // namespace

TEST_CASE("a table is named with or without its schema and its column") {
    CHECK(chosen("gis.roads") == "gis.roads(geom)");
    CHECK(chosen("gis.roads(geom)") == "gis.roads(geom)");
    CHECK(chosen("roads") == "public.roads(way)"); // as the server itself would look for it
    CHECK(chosen("gis.Sites (2)") == "gis.Sites (2)(geom)");
    CHECK(chosen("gis.towns(outline)") == "gis.towns(outline)");
    CHECK(chosen("towns(centre)") == "gis.towns(centre)");
    CHECK(chosen("", {{"gis", "roads", {"geom"}}, {"public", "prices", {}}}) == "gis.roads(geom)");
}

TEST_CASE("a table that can't be meant is told with what can be done") {
    CHECK(chosen("gis.raods") == "unknown table 'gis.raods'; did you mean 'gis.roads'?");
    CHECK(chosen("twons") == "unknown table 'twons'; did you mean 'gis.towns'?");
    CHECK(chosen("gis.roads(way)") == "gis.roads: unknown geometry column 'way'; there is geom");
    CHECK(chosen("prices") == "public.prices has no geometry column");
    CHECK(chosen("towns") == "gis.towns has several geometry columns; name one, as in `layer: gis.towns(centre)` "
                             "(there is centre, outline)");
    CHECK(chosen("lakes") == "'lakes' is in several schemas; name one with `layer: x.lakes`");
    CHECK(chosen("") == "there are several tables; name one with `layer:` (gis.roads, gis.Sites (2), gis.towns, "
                        "public.roads, x.lakes, y.lakes)");
    CHECK(chosen("", {{"public", "prices", {}}}) == "no table with a geometry");
    CHECK(chosen("x; DROP TABLE roads", {{"gis", "roads", {"geom"}}}) ==
          "unknown table 'x; DROP TABLE roads'; there is gis.roads");
}

TEST_CASE("of many tables a message names some") {
    std::vector<DatabaseTable> many;
    for (int i = 0; i < 40; ++i)
        many.push_back({"gis", "table" + std::to_string(i), {"geom"}});
    CHECK(chosen("", many).ends_with("gis.table11 and 28 more)"));
    CHECK(chosen("elsewhere", many).ends_with("gis.table11 and 28 more"));
}
