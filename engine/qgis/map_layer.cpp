// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/map_layer.hpp"

#include "engine/text/escape.hpp"

#include <fmt/format.h>

namespace zonerank::engine {

namespace {

std::string element(std::string_view name, std::string_view text) {
    return fmt::format("<{0}>{1}</{0}>", name, escape_xml(text));
}

/// The attributes by which QGIS knows the geometry before it opens the file.
const char* type_of(LayerKind kind) {
    switch (kind) {
    case LayerKind::raster:
        return R"(type="raster")";
    case LayerKind::points:
        return R"(type="vector" geometry="Point")";
    case LayerKind::lines:
        return R"(type="vector" geometry="Line")";
    case LayerKind::polygons:
        return R"(type="vector" geometry="Polygon")";
    }
    return "";
}

std::string provider(LayerKind kind) {
    return kind == LayerKind::raster ? "<provider>gdal</provider>" : R"(<provider encoding="UTF-8">ogr</provider>)";
}

} // namespace

std::string crs_xml(const rasters::Crs& crs) {
    return "<spatialrefsys>" + element("wkt", crs.wkt) + "<proj4></proj4><srsid>0</srsid><srid>0</srid>" +
           element("authid", crs.authority) + element("description", crs.name) +
           fmt::format("<projectionacronym></projectionacronym><ellipsoidacronym></ellipsoidacronym>"
                       "<geographicflag>{}</geographicflag></spatialrefsys>",
                       crs.geographic);
}

std::string extent_xml(const rasters::Box& box) {
    return fmt::format("<xmin>{}</xmin><ymin>{}</ymin><xmax>{}</xmax><ymax>{}</ymax>", box.xmin, box.ymin, box.xmax,
                       box.ymax);
}

std::string style_within(std::string_view qml) {
    const std::size_t root = qml.find("<qgis");
    const std::size_t begin = root == qml.npos ? root : qml.find('>', root);
    const std::size_t end = qml.rfind("</qgis>");
    if (begin == qml.npos || end == qml.npos || end < begin)
        return "";
    return std::string(qml.substr(begin + 1, end - begin - 1));
}

std::string layer_xml(const MapLayer& layer) {
    std::string xml = fmt::format("  <maplayer {} hasScaleBasedVisibilityFlag=\"0\" legendPlacement=\"0\">\n   ",
                                  type_of(layer.kind));
    xml += element("id", layer.id) + element("datasource", layer.source) + element("layername", layer.name);
    xml += element("title", layer.name) + element("abstract", layer.abstract);
    xml += "\n   <srs>" + (layer.crs.known() ? crs_xml(layer.crs) : "") + "</srs>";
    if (!layer.extent.empty())
        xml += "\n   <extent>" + extent_xml(layer.extent) + "</extent>";
    xml += "\n   " + provider(layer.kind);
    if (!layer.title.empty())
        xml += "\n   " + element("previewExpression", layer.title);
    return xml + layer.style + "  </maplayer>\n";
}

} // namespace zonerank::engine
