// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/layout.hpp"

#include "engine/qgis/layout_table.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

using rasters::Box;

namespace {

// Millimetres on a page of 297 x 210.
constexpr PageBox title_box{10, 7, 277, 9}, subtitle_box{10, 15.5, 277, 6}, map_box{16, 25, 160, 146},
    scale_box{16, 176.5, 90, 10}, legend_box{184, 24, 104, 60}, notes_box{10, 189, 277, 17};
constexpr double side_left = 184, side_width = 103, side_bottom = 186;

// Names of items by which others refer to them.
constexpr const char* map_uuid = "{00000000-0000-4000-8000-000000000001}";

enum ItemType { page = 65638, map = 65639, picture = 65640, label = 65641, legend = 65642, scale_bar = 65646 };

std::string text_style(double points, bool bold = false, const char* colour = "30,30,30,255") {
    return fmt::format("<text-style fontFamily=\"Sans Serif\" fontSize=\"{}\" fontSizeUnit=\"Point\" fontWeight=\"{}\" "
                       "textColor=\"{}\" textOpacity=\"1\" multilineHeight=\"1\" textOrientation=\"horizontal\"/>",
                       points, bold ? 75 : 50, colour);
}

/// One item: its own attributes and elements beside what all have.
std::string item(ItemType type, int number, const char* id, const PageBox& at, const std::string& attributes,
                 const std::string& inner) {
    return fmt::format(" <LayoutItem type=\"{}\" uuid=\"{}\" id=\"{}\" zValue=\"{}\" position=\"{},{},mm\" "
                       "positionOnPage=\"{},{},mm\" "
                       "size=\"{},{},mm\" referencePoint=\"0\" visibility=\"1\" opacity=\"1\" positionLock=\"false\" "
                       "outlineWidthM=\"0.2,mm\" {}>\n  <FrameColor red=\"60\" green=\"60\" blue=\"60\" alpha=\"255\"/>"
                       "<BackgroundColor red=\"255\" green=\"255\" blue=\"255\" alpha=\"255\"/>\n{} </LayoutItem>\n",
                       static_cast<int>(type), layout_uuid(number), id, number, at.left, at.top, at.left, at.top,
                       at.width, at.height, attributes, inner);
}

std::string label_xml(int number, const char* id, const PageBox& at, const std::string& text, double points,
                      bool bold = false, int grey = 20) {
    return item(label, number, id, at,
                fmt::format("frame=\"false\" background=\"false\" htmlState=\"0\" halign=\"1\" valign=\"32\" "
                            "marginX=\"0\" marginY=\"0\" labelText=\"{}\"",
                            escape_layout_text(text)),
                fmt::format("  <LabelFont description=\"Sans Serif,{0},-1,5,{1},0,0,0,0,0\" style=\"\"/>"
                            "<FontColor red=\"{2}\" green=\"{2}\" blue=\"{2}\" alpha=\"255\"/>\n",
                            points, bold ? 75 : 50, grey));
}

/// The least box around `view` that has the sides' ratio of the map on paper.
Box filling(Box view) {
    const double ratio = map_box.width / map_box.height;
    const double width = std::max(view.width(), view.height() * ratio), height = width / ratio;
    const rasters::Point centre = view.centre();
    return {centre.x - width / 2, centre.y - height / 2, centre.x + width / 2, centre.y + height / 2};
}

double round_step(double most) {
    const double power = std::pow(10, std::floor(std::log10(most)));
    for (const double times : {5.0, 2.0})
        if (times * power <= most)
            return times * power;
    return power;
}

/// Crosses where the coordinates are round, told beside the frame.
std::string grid_xml(const Box& view) {
    const double step = round_step(view.width() / 3);
    return fmt::format(
        "  <ComposerMapGrid name=\"coordinates\" uuid=\"{}\" show=\"1\" position=\"3\" unit=\"0\" intervalX=\"{}\" "
        "intervalY=\"{}\" offsetX=\"0\" offsetY=\"0\" gridStyle=\"1\" crossLength=\"2\" gridFrameStyle=\"3\" "
        "gridFrameSideFlags=\"15\" gridFrameWidth=\"1\" gridFramePenThickness=\"0.2\" "
        "gridFramePenColor=\"60,60,60,255\" showAnnotation=\"1\" annotationFormat=\"0\" annotationPrecision=\"0\" "
        "frameAnnotationDistance=\"0.8\" leftAnnotationDisplay=\"0\" rightAnnotationDisplay=\"3\" "
        "topAnnotationDisplay=\"3\" bottomAnnotationDisplay=\"0\" leftAnnotationPosition=\"1\" "
        "bottomAnnotationPosition=\"1\" leftAnnotationDirection=\"1\" bottomAnnotationDirection=\"0\">\n"
        "   <lineStyle><symbol type=\"line\" name=\"\" alpha=\"1\"><layer class=\"SimpleLine\" enabled=\"1\" "
        "locked=\"0\" pass=\"0\"><Option type=\"Map\"><Option name=\"line_color\" type=\"QString\" "
        "value=\"60,60,60,160\"/><Option name=\"line_width\" type=\"QString\" value=\"0.15\"/></Option></layer>"
        "</symbol></lineStyle>{}\n  </ComposerMapGrid>\n",
        layout_uuid(90), step, step, text_style(6, false, "80,80,80,255"));
}

std::string map_xml(const LayoutContent& content, const Box& view) {
    std::string layers;
    for (const LayoutLayer& layer : content.layers)
        layers += fmt::format("<Layer provider=\"{}\" name=\"{}\" source=\"{}\">{}</Layer>", layer.provider,
                              escape_xml(layer.title), escape_xml(layer.source), escape_xml(layer.id));
    return item(map, 1, "map", map_box,
                "frame=\"true\" background=\"true\" followPreset=\"false\" keepLayerSet=\"true\" "
                "keepLayerStyles=\"false\" drawCanvasItems=\"false\" labelMargin=\"1,mm\"",
                fmt::format("  <Extent xmin=\"{}\" ymin=\"{}\" xmax=\"{}\" ymax=\"{}\"/>\n  <crs>{}</crs>\n"
                            "  <LayerSet>{}</LayerSet>\n{}",
                            view.xmin, view.ymin, view.xmax, view.ymax, content.crs, layers, grid_xml(view)));
}

std::string legend_style(const char* name, double points, bool bold, const char* margins) {
    return fmt::format("<style name=\"{}\" alignment=\"1\" indent=\"0\" {}><styleFont description=\"Sans "
                       "Serif,{},-1,5,{},0,0,0,0,0\" style=\"\"/></style>",
                       name, margins, points, bold ? 75 : 50);
}

std::string legend_option(const std::string& name, const std::string& value) {
    return fmt::format("<Option name=\"legend/{}\" type=\"QString\" value=\"{}\"/>", name, escape_xml(value));
}

std::string legend_layer(const LayoutLayer& layer) {
    std::string options = legend_option("title-label", layer.title);
    if (!layer.entries.empty())
        options += legend_option("node-order", fmt::format("{}", fmt::join(layer.entries, ",")));
    if (layer.ramp)
        options += legend_option(fmt::format("symbol-size-{}", *layer.ramp), "40,3.5");
    return fmt::format("   <layer-tree-layer id=\"{}\" name=\"{}\" source=\"{}\" providerKey=\"{}\" "
                       "checked=\"Qt::Checked\" expanded=\"1\" legend_exp=\"\" legend_split_behavior=\"0\" "
                       "patch_size=\"-1,-1\"><customproperties><Option type=\"Map\">{}</Option></customproperties>"
                       "</layer-tree-layer>\n",
                       escape_xml(layer.id), escape_xml(layer.title), escape_xml(layer.source), layer.provider,
                       options);
}

std::string legend_xml(const LayoutContent& content) {
    std::string layers;
    for (const LayoutLayer& layer : content.layers)
        if (!layer.title.empty())
            layers += legend_layer(layer);
    const std::string styles =
        legend_style("title", 9, true, "marginBottom=\"2\"") + legend_style("group", 8, true, "marginTop=\"2\"") +
        legend_style("subgroup", 8, true, "marginTop=\"2\"") + legend_style("symbol", 7, false, "marginTop=\"0.8\"") +
        legend_style("symbolLabel", 7, false, "marginTop=\"0.8\" marginLeft=\"2\"");
    return item(legend, 2, "legend", legend_box,
                fmt::format("frame=\"false\" background=\"false\" map_uuid=\"{}\" title=\"\" columnCount=\"2\" "
                            "splitLayer=\"0\" equalColumnWidth=\"0\" columnSpace=\"4\" boxSpace=\"0\" "
                            "symbolWidth=\"6\" symbolHeight=\"4.2\" lineSpacing=\"0.6\" wrapChar=\"\" "
                            "resizeToContents=\"1\" rasterBorder=\"1\" rasterBorderWidth=\"0\" "
                            "rasterBorderColor=\"60,60,60,255\" fontColor=\"#1e1e1e\" titleAlignment=\"1\" "
                            "symbolAlignment=\"1\" legendFilterByAtlas=\"0\"",
                            map_uuid),
                "  <styles>" + styles + "</styles>\n  <layer-tree-group><customproperties/>\n" + layers +
                    "   <custom-order enabled=\"0\"/>\n  </layer-tree-group>\n");
}

std::string scale_bar_xml(const Box& view) {
    const double step = scale_step(view.width() * 60 / map_box.width);
    const bool km = step >= 1000;
    return item(scale_bar, 3, "scale bar", scale_box,
                fmt::format("frame=\"false\" background=\"false\" mapUuid=\"{}\" style=\"Single Box\" unitType=\"{}\" "
                            "unitLabel=\"{}\" numMapUnitsPerScaleBarUnit=\"1\" numUnitsPerSegment=\"{}\" "
                            "numSegments=\"2\" numSegmentsLeft=\"0\" numSubdivisions=\"1\" segmentSizeMode=\"0\" "
                            "segmentMillimeters=\"{}\" height=\"1.6\" labelBarSpace=\"1\" boxContentSpace=\"0\" "
                            "outlineWidth=\"0.2\" alignment=\"0\" lineJoinStyle=\"miter\" lineCapStyle=\"square\" "
                            "minBarWidth=\"50\" maxBarWidth=\"150\" labelVerticalPlacement=\"0\" "
                            "labelHorizontalPlacement=\"0\"",
                            map_uuid, km ? "km" : "meters", km ? "km" : "m", km ? step / 1000 : step,
                            step / view.width() * map_box.width),
                fmt::format("  {}\n  <strokeColor red=\"30\" green=\"30\" blue=\"30\" alpha=\"255\"/>"
                            "<fillColor red=\"30\" green=\"30\" blue=\"30\" alpha=\"255\"/>"
                            "<fillColor2 red=\"255\" green=\"255\" blue=\"255\" alpha=\"255\"/>\n",
                            text_style(7)));
}

/// Of those that every QGIS has in itself.
std::string north_arrow_xml() {
    constexpr PageBox at{map_box.left + map_box.width - 13, scale_box.top - 1, 12, 11};
    return item(picture, 4, "north arrow", at,
                fmt::format("frame=\"false\" background=\"false\" "
                            "file=\":/images/north_arrows/layout_default_north_arrow.svg\" mode=\"0\" "
                            "resizeMode=\"0\" anchorPoint=\"4\" pictureWidth=\"{}\" pictureHeight=\"{}\" "
                            "pictureRotation=\"0\" mapUuid=\"{}\" northMode=\"0\" northOffset=\"0\" "
                            "svgFillColor=\"30,30,30,255\" svgBorderColor=\"30,30,30,255\" svgBorderWidth=\"0.2\"",
                            at.width, at.height, map_uuid),
                "");
}

double legend_height(const LayoutContent& content) {
    double height = 0;
    for (const LayoutLayer& layer : content.layers)
        if (!layer.title.empty())
            height += 6 + 5 * layer.lines;
    return height / 2 + 14; // in two columns, seldom of one height
}

/// As many of the best sites as there is room for below the legend.
std::string ranking_xml(const LayoutContent& content) {
    const double top = legend_box.top + legend_height(content) + 6;
    const PageBox at{side_left, top, side_width, side_bottom - top};
    const std::size_t rows = rows_within(at.height, content.ranking);
    return label_xml(5, "ranking title", {side_left, top - 5.5, 30, 5}, "Ranking", 9, true) +
           label_xml(8, "ranking note", {side_left + 17, top - 5.3, side_width - 17, 5}, content.more, 7, false, 80) +
           layout_table_xml(6, at, {content.ranking.data(), rows});
}

// The notes, line by line: what is too long for the page is cut.
std::string notes_text(const std::string& notes) {
    constexpr int line = 225;
    std::string text;
    for (std::size_t from = 0; from <= notes.size();) {
        const std::size_t end = std::min(notes.find('\n', from), notes.size());
        const std::string one = notes.substr(from, end - from);
        text += (from ? "\n" : "") + (display_width(one) > line ? fitted(one, line) : one);
        from = end + 1;
    }
    return text;
}

constexpr const char* page_xml =
    " <Snapper tolerance=\"5\" snapToGrid=\"0\" snapToGuides=\"1\" snapToItems=\"1\"/>\n"
    " <Grid offsetUnits=\"mm\" offsetX=\"0\" offsetY=\"0\" resUnits=\"mm\" resolution=\"10\"/>\n"
    " <PageCollection>\n  <symbol type=\"fill\" name=\"\" alpha=\"1\"><layer class=\"SimpleFill\" enabled=\"1\" "
    "locked=\"0\" pass=\"0\"><Option type=\"Map\"><Option name=\"color\" type=\"QString\" value=\"255,255,255,255\"/>"
    "<Option name=\"outline_style\" type=\"QString\" value=\"no\"/><Option name=\"style\" type=\"QString\" "
    "value=\"solid\"/></Option></layer></symbol>\n";

} // namespace

double scale_step(double room) {
    return round_step(room / 2);
}

std::string layouts_xml(const LayoutContent& content) {
    const Box view = filling(content.view);
    std::string xml = "<Layout name=\"Ranking, A4\" units=\"mm\" printResolution=\"300\" worldFileMap=\"\">\n";
    xml += page_xml;
    xml += item(page, 0, "", {0, 0, 297, 210}, "frame=\"false\" background=\"true\"", "");
    xml += "  <GuideCollection visible=\"1\"/>\n </PageCollection>\n";
    xml += label_xml(10, "title", title_box, content.title, 18, true);
    xml += label_xml(11, "subtitle", subtitle_box, content.subtitle, 9, false, 80);
    xml += map_xml(content, view) + legend_xml(content) + scale_bar_xml(view) + north_arrow_xml();
    if (!content.ranking.empty())
        xml += ranking_xml(content);
    xml += label_xml(12, "notes", notes_box, notes_text(content.notes), 6.5, false, 60);
    return xml + "</Layout>\n";
}

} // namespace zonerank::engine
