// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/plain_styles.hpp"

#include <fmt/format.h>

#include <initializer_list>
#include <utility>

namespace zonerank::engine {

namespace {

using Options = std::initializer_list<std::pair<const char*, const char*>>;

std::string symbol_layer(const char* kind, Options options) {
    std::string xml =
        fmt::format("     <layer class=\"{}\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">", kind);
    for (const auto& [name, value] : options)
        xml += fmt::format("<Option name=\"{}\" type=\"QString\" value=\"{}\"/>", name, value);
    return xml + "</Option></layer>\n";
}

std::string single_symbol(const char* type, const std::string& layers) {
    return fmt::format(
        "\n   <renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\">\n"
        "    <symbols><symbol type=\"{}\" name=\"0\" alpha=\"1\">\n{}    </symbol></symbols>\n"
        "   </renderer-v2>\n",
        type, layers);
}

std::string fill(const char* fill, const char* style, const char* edge, const char* width) {
    return symbol_layer("SimpleFill", {{"color", fill},
                                       {"style", style},
                                       {"outline_color", edge},
                                       {"outline_width", width},
                                       {"outline_width_unit", "MM"},
                                       {"outline_style", "solid"},
                                       {"joinstyle", "round"}});
}

} // namespace

std::string outline_style() {
    return single_symbol("fill", fill("0,0,0,0", "no", "255,255,255,200", "1.2") +
                                     fill("0,0,0,0", "no", "40,40,40,255", "0.4"));
}

std::string plain_style(LayerKind kind) {
    switch (kind) {
    case LayerKind::points:
        return single_symbol("marker", symbol_layer("SimpleMarker", {{"name", "circle"},
                                                                     {"color", "110,110,110,255"},
                                                                     {"size", "1.8"},
                                                                     {"size_unit", "MM"},
                                                                     {"outline_color", "255,255,255,255"},
                                                                     {"outline_width", "0.2"},
                                                                     {"outline_width_unit", "MM"}}));
    case LayerKind::lines:
        return single_symbol("line", symbol_layer("SimpleLine", {{"line_color", "110,110,110,255"},
                                                                 {"line_width", "0.3"},
                                                                 {"line_width_unit", "MM"},
                                                                 {"joinstyle", "round"},
                                                                 {"capstyle", "round"}}));
    case LayerKind::polygons:
        return single_symbol("fill", fill("150,150,150,60", "solid", "110,110,110,255", "0.3"));
    case LayerKind::raster:
        break;
    }
    return grey_style(1, {});
}

std::string grey_style(int band, const std::optional<double>& nodata) {
    std::string xml = fmt::format(
        "\n   <pipe>\n    <rasterrenderer type=\"singlebandgray\" grayBand=\"{}\" gradient=\"BlackToWhite\" "
        "opacity=\"1\" alphaBand=\"-1\">\n"
        "     <minMaxOrigin><limits>MinMax</limits><extent>UpdatedCanvas</extent>"
        "<statAccuracy>Estimated</statAccuracy></minMaxOrigin>\n"
        "     <contrastEnhancement><minValue>0</minValue><maxValue>1</maxValue>"
        "<algorithm>StretchToMinimumMaximum</algorithm></contrastEnhancement>\n"
        "    </rasterrenderer>\n   </pipe>\n",
        band);
    if (nodata)
        xml += fmt::format(
            "   <noData><noDataList bandNo=\"{0}\" useSrcNoData=\"1\"><noDataRange min=\"{1}\" max=\"{1}\"/>"
            "</noDataList></noData>\n",
            band, *nodata);
    return xml;
}

} // namespace zonerank::engine
