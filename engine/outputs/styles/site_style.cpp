// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles/site_style.hpp"

#include "engine/outputs/styles/colours.hpp"
#include "engine/outputs/styles/raster_style.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace zonerank::engine {

namespace {

struct ScoreClass {
    double from, to;
};

// Three to seven classes whose edges are round numbers.
std::vector<ScoreClass> score_classes(const Ranking& ranking) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const SiteRow& row : ranking.rows)
        if (row.rank > 0) {
            low = std::min(low, row.score);
            high = std::max(high, row.score);
        }
    std::vector<ScoreClass> classes;
    if (!(low <= high))
        return classes;
    double step = 0.2;
    for (const double smaller : {0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001})
        if ((high - low) / step < 3)
            step = smaller;
    for (double i = std::floor(low / step); classes.empty() || classes.back().to < high; ++i)
        classes.push_back({to_decimals(i * step, 3), to_decimals((i + 1) * step, 3)});
    return classes;
}

std::string option(const char* name, const std::string& value) {
    return fmt::format("<Option name=\"{}\" type=\"QString\" value=\"{}\"/>", name, value);
}

std::string layer(const char* kind, const std::string& options, const std::string& inner = "") {
    return fmt::format("    <layer class=\"{}\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option "
                       "type=\"Map\">{}</Option>{}</layer>\n",
                       kind, options, inner);
}

std::string outline(const Colour& colour, const char* width) {
    return option("outline_color", rgba(colour)) + option("outline_width", width) + option("outline_width_unit", "MM") +
           option("outline_style", "solid");
}

Colour readable_on(const Colour& ground) {
    const double grey = 0.299 * ground[0] + 0.587 * ground[1] + 0.114 * ground[2]; // as Rec. 601 weighs
    return grey < 140 ? Colour{255, 255, 255, 255} : Colour{20, 20, 20, 255};
}

// The rank in the dot: a name beside it may stand nearer to the next site.
std::string rank_in_dot(const Colour& dot) {
    const std::string of_each =
        "<data_defined_properties><Option type=\"Map\"><Option name=\"name\" type=\"QString\" value=\"\"/>"
        "<Option name=\"properties\" type=\"Map\"><Option name=\"char\" type=\"Map\">"
        "<Option name=\"active\" type=\"bool\" value=\"true\"/>"
        "<Option name=\"expression\" type=\"QString\" value=\"to_string(&quot;rank&quot;)\"/>"
        "<Option name=\"type\" type=\"int\" value=\"3\"/></Option></Option>"
        "<Option name=\"type\" type=\"QString\" value=\"collection\"/></Option></data_defined_properties>";
    return layer("FontMarker",
                 option("font", "Sans Serif") + option("font_style", "Bold") + option("chr", " ") +
                     option("color", rgba(readable_on(dot))) + option("size", "2.8") + option("size_unit", "MM") +
                     option("outline_width", "0") + option("horizontal_anchor_point", "1") +
                     option("vertical_anchor_point", "1"),
                 of_each);
}

// A light casing, a fill through which the map shows, and a dot at the centre: on
// a map of a whole country a site is smaller than a pixel.
std::string symbol(std::size_t name, const Colour& colour, bool ranked) {
    const Colour edge = ranked ? Colour{25, 25, 25, 255} : Colour{110, 110, 110, 255};
    const Colour fill{colour[0], colour[1], colour[2], static_cast<std::uint8_t>(ranked ? 150 : 70)};
    const std::string casing = option("style", "no") + outline({255, 255, 255, 220}, "1.2");
    const std::string area = option("color", rgba(fill)) + option("style", "solid") + outline(edge, "0.4");
    const std::string dot = option("name", "circle") + option("color", rgba(colour)) +
                            option("size", ranked ? "4.2" : "1.6") + option("size_unit", "MM") + outline(edge, "0.3");
    const std::string marker =
        fmt::format("\n     <symbol type=\"marker\" name=\"@{}@2\" alpha=\"1\">\n{}{}     </symbol>\n", name,
                    layer("SimpleMarker", dot), ranked ? rank_in_dot(colour) : "");
    return fmt::format(
        "   <symbol type=\"fill\" name=\"{}\" alpha=\"1\">\n{}{}{}   </symbol>\n", name, layer("SimpleFill", casing),
        layer("SimpleFill", area),
        layer("CentroidFill", option("point_on_surface", "1") + option("point_on_all_parts", "0"), marker));
}

std::string rule(std::size_t symbol, const std::string& filter, const std::string& label) {
    return fmt::format("    <rule key=\"zonerank-{0}\" symbol=\"{0}\" filter=\"{1}\" label=\"{2}\"/>\n", symbol,
                       escape_xml(filter), escape_xml(label));
}

std::string labelling() {
    return fmt::format(
        " <labeling type=\"simple\">\n  <settings calloutType=\"simple\">\n"
        "   <text-style isExpression=\"1\" fieldName=\"{}\" fontFamily=\"Sans Serif\" fontSize=\"9\" "
        "fontSizeUnit=\"Point\" "
        "fontWeight=\"63\" textColor=\"20,20,20,255\" textOpacity=\"1\">\n"
        "    <text-buffer bufferDraw=\"1\" bufferSize=\"1\" bufferSizeUnits=\"MM\" bufferColor=\"255,255,255,255\" "
        "bufferOpacity=\"0.9\" bufferJoinStyle=\"128\"/>\n   </text-style>\n"
        "   <placement placement=\"6\" predefinedPositionOrder=\"TR,TL,BR,BL,R,L,TSR,BSR\" dist=\"2.4\" "
        "distUnits=\"MM\" "
        "centroidInside=\"1\" priority=\"8\" polygonPlacementFlags=\"3\"/>\n"
        "   <rendering drawLabels=\"1\" obstacle=\"1\" displayAll=\"0\" fontLimitPixelSize=\"0\" "
        "limitNumLabels=\"0\"/>\n"
        "  </settings>\n </labeling>\n",
        escape_xml(site_label));
}

} // namespace

std::string sites_style(const Ranking& ranking) {
    const std::vector<ScoreClass> classes = score_classes(ranking);
    std::string rules, symbols;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const auto [from, to] = classes[classes.size() - 1 - i];
        const char* below = i == 0 ? "<=" : "<"; // the highest edge is the best site's own, perhaps
        rules += rule(i, fmt::format(R"("rank" IS NOT NULL AND "score" >= {} AND "score" {} {})", from, below, to),
                      fmt::format("score {} to {}", from, to));
        symbols += symbol(i, score_colour((from + to) / 2), true);
    }
    rules += rule(classes.size(), "ELSE", "without a rank");
    symbols += symbol(classes.size(), {190, 190, 190, 255}, false);
    return style_document(fmt::format(" <renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\" "
                                      "enableorderby=\"0\">\n  <rules key=\"zonerank\">\n{}  </rules>\n"
                                      "  <symbols>\n{}  </symbols>\n </renderer-v2>\n{}",
                                      rules, symbols, labelling()));
}

} // namespace zonerank::engine
