// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles/raster_style.hpp"

#include "tests/support/xml.hpp"

#include <doctest/doctest.h>

using namespace zonerank::engine;
using zonerank::rasters::Category;
using zonerank::tests::attribute;
using Tree = zonerank::tests::Tree;

TEST_CASE("raster_style: names are escaped, what can't be seen is left out") {
    const std::vector<Category> categories{{0, "nothing", {}}, {7, "\"<a> & 'b'\x1b", {1, 2, 255, 200}}};
    const Tree style(categories_style(categories));
    const auto entries = style.all("=qgis.pipe.rasterrenderer.colorPalette", "paletteEntry");
    REQUIRE(entries.size() == 1);
    CHECK(attribute(entries[0], "value") == "7");
    CHECK(attribute(entries[0], "label") == "\"<a> & 'b'\uFFFD");
    CHECK(attribute(entries[0], "color") == "#0102ff");
    CHECK(attribute(entries[0], "alpha") == "200");
}
