// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/map_layer.hpp"

#include <cpl_minixml.h>
#include <doctest/doctest.h>
#include <memory>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

using Xml = std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)>;

Xml parsed(const std::string& text) {
    Xml xml(CPLParseXMLString(text.c_str()), CPLDestroyXMLNode);
    REQUIRE(xml);
    return xml;
}

std::string value(const Xml& xml, const char* path) {
    return CPLGetXMLValue(xml.get(), path, "(none)");
}

} // namespace

TEST_CASE("a layer is told as it is, whatever its name holds") {
    const std::string hostile = "<b>\"Mirpur\" & 'co'</b> میرپور 🙂";
    const Xml xml = parsed(layer_xml({.id = "zonerank_test",
                                      .kind = LayerKind::lines,
                                      .name = hostile,
                                      .abstract = "km & more",
                                      .source = "../a & b/roads.gpkg|layername=\"x\"",
                                      .crs = rasters::parse_crs("EPSG:32643"),
                                      .extent = {1, 2, 3.5, 4},
                                      .style = "<renderer-v2 type=\"singleSymbol\"/>"}));
    CHECK(value(xml, "type") == "vector");
    CHECK(value(xml, "geometry") == "Line");
    CHECK(value(xml, "id") == "zonerank_test");
    CHECK(value(xml, "layername") == hostile);
    CHECK(value(xml, "abstract") == "km & more");
    CHECK(value(xml, "datasource") == "../a & b/roads.gpkg|layername=\"x\"");
    CHECK(value(xml, "provider") == "ogr");
    CHECK(value(xml, "srs.spatialrefsys.authid") == "EPSG:32643");
    CHECK(rasters::same(rasters::parse_crs(value(xml, "srs.spatialrefsys.wkt")), rasters::parse_crs("EPSG:32643")));
    CHECK(value(xml, "extent.xmax") == "3.5");
    CHECK(value(xml, "renderer-v2.type") == "singleSymbol");
}

TEST_CASE("control characters can't break a layer") {
    const Xml xml = parsed(layer_xml({.id = "zonerank_test", .name = std::string("a\x01\x1b") + "b\xff"}));
    CHECK(value(xml, "layername") == "a\xEF\xBF\xBD\xEF\xBF\xBD" + std::string("b\xEF\xBF\xBD"));
    CHECK(value(xml, "type") == "raster");
    CHECK(value(xml, "provider") == "gdal");
    CHECK(value(xml, "extent") == "(none)");
}

TEST_CASE("a CRS without a number is told by its text") {
    const Xml xml = parsed(crs_xml(rasters::parse_crs("+proj=laea +lat_0=30 +lon_0=70 +datum=WGS84 +units=m")));
    CHECK(value(xml, "authid") == "(none)"); // an empty element
    CHECK(value(xml, "wkt").find("Lambert Azimuthal Equal Area") != std::string::npos);
    CHECK(value(xml, "geographicflag") == "false");
}

TEST_CASE("what is within a style") {
    CHECK(style_within("<!DOCTYPE qgis>\n<qgis version=\"3\">\n <pipe/>\n</qgis>\n") == "\n <pipe/>\n");
    CHECK(style_within("<qgis>") == "");
    CHECK(style_within("no style") == "");
    CHECK(style_within("") == "");
}
