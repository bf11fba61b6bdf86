// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/utf8.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace zonerank::engine {

using rasters::Category;

namespace {

// viridis in eleven steps; straight lines between them are off by less than the
// eye can see.
constexpr std::array<std::array<int, 3>, 11> viridis{{{68, 1, 84},
                                                      {72, 36, 117},
                                                      {65, 68, 135},
                                                      {53, 95, 141},
                                                      {42, 120, 142},
                                                      {33, 145, 140},
                                                      {34, 168, 132},
                                                      {68, 191, 112},
                                                      {122, 209, 81},
                                                      {189, 223, 38},
                                                      {253, 231, 37}}};

// Okabe and Ito (2008), dark and bright in turn so that neighbours in the legend
// differ in grey, too; then the same at half strength.
constexpr std::array<std::array<int, 3>, 7> distinct{
    {{0, 114, 178}, {230, 159, 0}, {213, 94, 0}, {86, 180, 233}, {0, 158, 115}, {240, 228, 66}, {204, 121, 167}}};

Colour colour_of(const std::array<int, 3>& rgb, double strength = 1) {
    Colour colour{0, 0, 0, 255};
    for (std::size_t i = 0; i < 3; ++i)
        colour[i] = static_cast<std::uint8_t>(std::lround(255 + (rgb[i] - 255) * strength));
    return colour;
}

std::string hex(const Colour& c) {
    return fmt::format("#{:02x}{:02x}{:02x}", c[0], c[1], c[2]);
}

std::string rgba(const Colour& c) {
    return fmt::format("{},{},{},{}", c[0], c[1], c[2], c[3]);
}

std::string document(const std::string& body) {
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
           "<qgis version=\"3.22\" styleCategories=\"Symbology|Labeling\">\n" +
           body + "</qgis>\n";
}

// A band shown by a ramp from `low` to `high`; a rank's best is its lowest number.
std::string ramp_style(double low, double high, bool lowest_is_best, int decimals) {
    std::string items;
    constexpr std::size_t steps = viridis.size() - 1;
    for (std::size_t i = 0; i <= steps; ++i) {
        const double value = low + (high - low) * static_cast<double>(i) / steps;
        const Colour colour = colour_of(viridis[lowest_is_best ? steps - i : i]);
        items += fmt::format("     <item alpha=\"255\" value=\"{}\" label=\"{}\" color=\"{}\"/>\n", to_digits(value, 9),
                             fixed(value, decimals), hex(colour));
    }
    return document(fmt::format(
        " <pipe>\n  <rasterrenderer type=\"singlebandpseudocolor\" band=\"1\" opacity=\"1\" alphaBand=\"-1\" "
        "classificationMin=\"{0}\" classificationMax=\"{1}\">\n   <rastershader>\n    <colorrampshader "
        "colorRampType=\"INTERPOLATED\" classificationMode=\"1\" clip=\"0\" minimumValue=\"{0}\" "
        "maximumValue=\"{1}\">\n{2}    </colorrampshader>\n   </rastershader>\n  </rasterrenderer>\n </pipe>\n",
        low, high, items));
}

} // namespace

Colour class_colour(std::size_t i) {
    return colour_of(distinct[i % distinct.size()], i / distinct.size() % 2 == 0 ? 1 : 0.5);
}

Colour score_colour(double score) {
    const double at = std::isnan(score) ? 0 : std::clamp(score, 0.0, 1.0) * (viridis.size() - 1);
    const std::size_t below = std::min(static_cast<std::size_t>(at), viridis.size() - 2);
    const double part = at - static_cast<double>(below);
    Colour colour{0, 0, 0, 255};
    for (std::size_t i = 0; i < 3; ++i)
        colour[i] = static_cast<std::uint8_t>(
            std::lround(viridis[below][i] + part * (viridis[below + 1][i] - viridis[below][i])));
    return colour;
}

std::vector<Category> state_categories(std::span<const Constraint> constraints) {
    std::vector<Category> categories{{0, "outside", {0, 0, 0, 0}},
                                     {1, "valid", {232, 237, 228, 255}},
                                     {2, "assumed", {205, 198, 176, 255}},
                                     {3, "unknown", {128, 128, 128, 255}}};
    for (std::size_t i = 0; i < constraints.size(); ++i) {
        const Constraint& constraint = constraints[i];
        categories.push_back({10 + static_cast<int>(i),
                              valid_utf8(constraint.label.empty() ? constraint.name : constraint.label),
                              class_colour(i)});
    }
    return categories;
}

static constexpr int most_named_ranks = 1000, most_in_legend = 100;

static int last_rank(const Ranking& ranking) {
    int last = 0;
    for (const SiteRow& row : ranking.rows)
        last = std::max(last, row.rank);
    return last;
}

// Of the best and the worst rank the ends of the ramp.
static Colour rank_colour(int rank, int last) {
    return score_colour(last > 1 ? 1 - static_cast<double>(rank - 1) / (last - 1) : 1);
}

std::vector<Category> rank_categories(const Ranking& ranking) {
    constexpr std::size_t most_names = 3;
    std::map<int, std::vector<const SiteRow*>> by_rank;
    for (const SiteRow& row : ranking.rows)
        if (row.rank > 0 && row.rank <= most_named_ranks)
            by_rank[row.rank].push_back(&row);
    std::vector<Category> categories{{0, "no site", {0, 0, 0, 0}}};
    for (const auto& [rank, rows] : by_rank) {
        std::string names;
        for (std::size_t i = 0; i < std::min(rows.size(), most_names); ++i)
            names += (i ? ", " : "") + valid_utf8(rows[i]->name.empty() ? rows[i]->id : rows[i]->name);
        names += rows.size() > most_names ? " …" : "";
        categories.push_back({rank, fmt::format("{} {} ({})", rank, names, fixed(rows.front()->score, 2)),
                              rank_colour(rank, last_rank(ranking))});
    }
    return categories;
}

std::string suitability_style() {
    return ramp_style(0, 1, false, 1);
}

std::string share_style() {
    return ramp_style(0, 1, false, 2);
}

std::string deviation_style(double largest) {
    return ramp_style(0, std::max(std::ceil(largest * 200), 1.0) / 200, false, 3);
}

std::string speed_style(double fastest) {
    return ramp_style(0, to_digits(fastest, 6), false, fastest < 20 ? 1 : 0);
}

std::string categories_style(std::span<const Category> categories) {
    std::string entries;
    for (const Category& category : categories)
        if (category.colour[3] > 0)
            entries += fmt::format("    <paletteEntry value=\"{}\" label=\"{}\" color=\"{}\" alpha=\"{}\"/>\n",
                                   category.value, escape_xml(category.name), hex(category.colour), category.colour[3]);
    return document(fmt::format(" <pipe>\n  <rasterrenderer type=\"paletted\" band=\"1\" opacity=\"1\" "
                                "alphaBand=\"-1\">\n   <colorPalette>\n{}   </colorPalette>\n"
                                "  </rasterrenderer>\n </pipe>\n",
                                entries));
}

std::string ranking_style(const Ranking& ranking) {
    const int last = last_rank(ranking);
    return last > most_in_legend ? ramp_style(1, last, true, 0) : categories_style(rank_categories(ranking));
}

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

// A light casing, a fill through which the map shows, and a dot at the centre: on
// a map of a whole country a site is smaller than a pixel.
std::string symbol(std::size_t name, const Colour& colour, bool ranked) {
    const Colour edge = ranked ? Colour{25, 25, 25, 255} : Colour{110, 110, 110, 255};
    const Colour fill{colour[0], colour[1], colour[2], static_cast<std::uint8_t>(ranked ? 150 : 70)};
    const std::string casing = option("style", "no") + outline({255, 255, 255, 220}, "1.2");
    const std::string area = option("color", rgba(fill)) + option("style", "solid") + outline(edge, "0.4");
    const std::string dot = option("name", "circle") + option("color", rgba(colour)) +
                            option("size", ranked ? "3" : "1.6") + option("size_unit", "MM") + outline(edge, "0.3");
    const std::string marker =
        fmt::format("\n     <symbol type=\"marker\" name=\"@{}@2\" alpha=\"1\">\n{}     </symbol>\n", name,
                    layer("SimpleMarker", dot));
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
    const std::string text =
        escape_xml(R"(trim(coalesce(to_string("rank") || ' ', '') || coalesce("name", "id", '')))");
    return fmt::format(
        " <labeling type=\"simple\">\n  <settings calloutType=\"simple\">\n"
        "   <text-style isExpression=\"1\" fieldName=\"{}\" fontFamily=\"Sans Serif\" fontSize=\"9\" "
        "fontSizeUnit=\"Point\" "
        "fontWeight=\"63\" textColor=\"20,20,20,255\" textOpacity=\"1\">\n"
        "    <text-buffer bufferDraw=\"1\" bufferSize=\"1\" bufferSizeUnits=\"MM\" bufferColor=\"255,255,255,255\" "
        "bufferOpacity=\"0.9\" bufferJoinStyle=\"128\"/>\n   </text-style>\n"
        "   <placement placement=\"6\" predefinedPositionOrder=\"TR,TL,BR,BL,R,L,TSR,BSR\" dist=\"1.5\" "
        "distUnits=\"MM\" "
        "centroidInside=\"1\" priority=\"8\" polygonPlacementFlags=\"3\"/>\n"
        "   <rendering drawLabels=\"1\" obstacle=\"1\" displayAll=\"0\" fontLimitPixelSize=\"0\" "
        "limitNumLabels=\"0\"/>\n"
        "  </settings>\n </labeling>\n",
        text);
}

} // namespace

std::string sites_style(const Ranking& ranking) {
    const std::vector<ScoreClass> classes = score_classes(ranking);
    std::string rules, symbols;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const auto [from, to] = classes[classes.size() - 1 - i];
        const double place =
            classes.size() > 1 ? 1 - static_cast<double>(i) / static_cast<double>(classes.size() - 1) : 1;
        const char* below = i == 0 ? "<=" : "<"; // the highest edge is the best site's own, perhaps
        rules += rule(i, fmt::format(R"("rank" IS NOT NULL AND "score" >= {} AND "score" {} {})", from, below, to),
                      fmt::format("score {} to {}", from, to));
        symbols += symbol(i, score_colour(place), true);
    }
    rules += rule(classes.size(), "ELSE", "without a rank");
    symbols += symbol(classes.size(), {190, 190, 190, 255}, false);
    return document(fmt::format(" <renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\" "
                                "enableorderby=\"0\">\n  <rules key=\"zonerank\">\n{}  </rules>\n"
                                "  <symbols>\n{}  </symbols>\n </renderer-v2>\n{}",
                                rules, symbols, labelling()));
}

} // namespace zonerank::engine
