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

static std::string with_unit(const std::string& number, const std::string& unit) {
    return unit.empty() ? number : number + " " + unit;
}

// A bar across with its two ends, as legends show it.
static std::string ramp_legend(const RampStyle& style) {
    const auto end = [&](double value) { return escape_xml(with_unit(fixed(value, style.decimals), style.unit)); };
    return fmt::format("     <rampLegendSettings useContinuousLegend=\"1\" orientation=\"1\" direction=\"0\" "
                       "prefix=\"\" suffix=\"\" minimumLabel=\"{}\" maximumLabel=\"{}\"/>\n",
                       end(style.low), end(style.high));
}

std::string ramp_style(const RampStyle& style) {
    std::string items;
    constexpr int steps = 10;
    for (int i = 0; i <= steps; ++i) {
        const double value = style.low + (style.high - style.low) * i / steps;
        const Colour colour = ramp_colour(style.ramp, (style.reversed ? steps - i : i) / 10.0);
        items += fmt::format("     <item alpha=\"255\" value=\"{}\" label=\"{}\" color=\"{}\"/>\n", to_digits(value, 9),
                             escape_xml(with_unit(fixed(value, style.decimals), style.unit)), hex(colour));
    }
    return style_document(fmt::format(
        " <pipe>\n  <rasterrenderer type=\"singlebandpseudocolor\" band=\"1\" opacity=\"1\" alphaBand=\"-1\" "
        "classificationMin=\"{0}\" classificationMax=\"{1}\">\n   <rastershader>\n    <colorrampshader "
        "colorRampType=\"INTERPOLATED\" classificationMode=\"1\" clip=\"0\" minimumValue=\"{0}\" "
        "maximumValue=\"{1}\">\n{2}{3}    </colorrampshader>\n   </rastershader>\n  </rasterrenderer>\n </pipe>\n",
        style.low, style.high, items, ramp_legend(style)));
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
