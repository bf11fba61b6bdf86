// SPDX-License-Identifier: Apache-2.0
#include "engine/records/difference_style.hpp"

#include "engine/text/numbers.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace zonerank::engine {

// From the largest fall to the largest rise; Brewer's RdBu of seven classes.
static constexpr std::array<std::string_view, 7> red_to_blue{"#b2182b", "#ef8a62", "#fddbc7", "#f7f7f7",
                                                             "#d1e5f0", "#67a9cf", "#2166ac"};

static std::string items(double largest) {
    std::string text;
    const double steps = red_to_blue.size() - 1;
    for (std::size_t i = 0; i < red_to_blue.size(); ++i) {
        const double value = largest * (2 * static_cast<double>(i) / steps - 1);
        text += fmt::format("     <item alpha=\"255\" value=\"{}\" label=\"{:+.3f}\" color=\"{}\"/>\n",
                            to_digits(value, 9), to_decimals(value, 9), red_to_blue[i]);
    }
    return text;
}

std::string difference_style(double largest) {
    const double reach = largest > 0 ? largest : 1; // nothing changed: pale all over
    return fmt::format(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        "<qgis version=\"3.22\" styleCategories=\"Symbology\">\n <pipe>\n  <rasterrenderer "
        "type=\"singlebandpseudocolor\" band=\"1\" opacity=\"1\" alphaBand=\"-1\" classificationMin=\"{0}\" "
        "classificationMax=\"{1}\">\n   <rastershader>\n    <colorrampshader colorRampType=\"INTERPOLATED\" "
        "classificationMode=\"1\" clip=\"0\" minimumValue=\"{0}\" maximumValue=\"{1}\">\n{2}    </colorrampshader>\n"
        "   </rastershader>\n  </rasterrenderer>\n </pipe>\n</qgis>\n",
        to_digits(-reach, 9), to_digits(reach, 9), items(reach));
}

} // namespace zonerank::engine
