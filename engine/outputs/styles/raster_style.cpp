// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles/raster_style.hpp"

#include "engine/outputs/styles/colours.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"

#include <fmt/format.h>

namespace zonerank::engine {

std::string style_document(const std::string& body) {
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
           "<qgis version=\"3.22\" styleCategories=\"Symbology|Labeling\">\n" +
           body + "</qgis>\n";
}

// A band shown by a ramp from `low` to `high`; a rank's best is its lowest number.
std::string ramp_style(double low, double high, bool lowest_is_best, int decimals) {
    std::string items;
    constexpr int steps = 10;
    for (int i = 0; i <= steps; ++i) {
        const double value = low + (high - low) * i / steps;
        const Colour colour = score_colour((lowest_is_best ? steps - i : i) / 10.0);
        items += fmt::format("     <item alpha=\"255\" value=\"{}\" label=\"{}\" color=\"{}\"/>\n", to_digits(value, 9),
                             fixed(value, decimals), hex(colour));
    }
    return style_document(fmt::format(
        " <pipe>\n  <rasterrenderer type=\"singlebandpseudocolor\" band=\"1\" opacity=\"1\" alphaBand=\"-1\" "
        "classificationMin=\"{0}\" classificationMax=\"{1}\">\n   <rastershader>\n    <colorrampshader "
        "colorRampType=\"INTERPOLATED\" classificationMode=\"1\" clip=\"0\" minimumValue=\"{0}\" "
        "maximumValue=\"{1}\">\n{2}    </colorrampshader>\n   </rastershader>\n  </rasterrenderer>\n </pipe>\n",
        low, high, items));
}

std::string categories_style(std::span<const rasters::Category> categories) {
    std::string entries;
    for (const rasters::Category& category : categories)
        if (category.colour[3] > 0)
            entries += fmt::format("    <paletteEntry value=\"{}\" label=\"{}\" color=\"{}\" alpha=\"{}\"/>\n",
                                   category.value, escape_xml(category.name), hex(category.colour), category.colour[3]);
    return style_document(fmt::format(" <pipe>\n  <rasterrenderer type=\"paletted\" band=\"1\" opacity=\"1\" "
                                      "alphaBand=\"-1\">\n   <colorPalette>\n{}   </colorPalette>\n"
                                      "  </rasterrenderer>\n </pipe>\n",
                                      entries));
}

} // namespace zonerank::engine
