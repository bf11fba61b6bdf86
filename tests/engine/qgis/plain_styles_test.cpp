// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/plain_styles.hpp"

#include "engine/outputs/styles/raster_style.hpp"

#include <cpl_minixml.h>
#include <doctest/doctest.h>
#include <memory>

using namespace zonerank::engine;

namespace {

std::string value(const std::string& within, const std::string& path) {
    const std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)> xml(
        CPLParseXMLString(style_document(within).c_str()), CPLDestroyXMLNode);
    REQUIRE(xml);
    return CPLGetXMLValue(xml.get(), ("=qgis." + path).c_str(), "(none)");
}

} // namespace

TEST_CASE("each geometry has its symbol") {
    CHECK(value(plain_style(LayerKind::points), "renderer-v2.symbols.symbol.type") == "marker");
    CHECK(value(plain_style(LayerKind::lines), "renderer-v2.symbols.symbol.type") == "line");
    CHECK(value(plain_style(LayerKind::polygons), "renderer-v2.symbols.symbol.type") == "fill");
    CHECK(value(plain_style(LayerKind::raster), "pipe.rasterrenderer.type") == "singlebandgray");
    CHECK(value(outline_style(), "renderer-v2.symbols.symbol.type") == "fill");
}

TEST_CASE("a raster's band, and what the study takes for no data") {
    CHECK(value(grey_style(3, {}), "pipe.rasterrenderer.grayBand") == "3");
    CHECK(value(grey_style(3, {}), "noData") == "(none)");
    CHECK(value(grey_style(2, -32768), "noData.noDataList.bandNo") == "2");
    CHECK(value(grey_style(2, -32768), "noData.noDataList.noDataRange.max") == "-32768");
}

TEST_CASE("a style file gives back what is within it") {
    CHECK(style_within(style_document("<a/>")) == "\n<a/>");
}
