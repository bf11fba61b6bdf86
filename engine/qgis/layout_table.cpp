// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/layout_table.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

namespace {

struct Column {
    const char* heading;
    double width;   ///< millimetres
    int characters; ///< that fit in
    int align;      ///< Qt::AlignLeft 1, Qt::AlignRight 2
};

constexpr std::array<Column, 6> columns{{{"Rank", 7.5, 6, 2},
                                         {"Site", 26.5, 20, 1},
                                         {"Score", 8.5, 6, 2},
                                         {"Usable", 10, 8, 2},
                                         {"Strongest", 20.7, 15, 1},
                                         {"Weakest", 20.7, 15, 1}}};

constexpr double one_line = 4.1, two_lines = 6.9; // millimetres that a row takes

// To what two lines hold, which don't break where they would hold the most.
std::string cut(const std::string& text, int characters) {
    const int most = 2 * characters - 4;
    return display_width(text) <= std::max(most, characters) ? text : fitted(text, most);
}

double height_of(const std::array<std::string, 6>& texts) {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (display_width(texts[i]) > columns[i].characters)
            return two_lines;
    return one_line;
}

std::string cell(const std::string& text, const Column& column) {
    return fmt::format("<Option type=\"Map\"><Option name=\"content\" type=\"QString\" value=\"{}\"/>"
                       "<Option name=\"halign\" type=\"int\" value=\"{}\"/>"
                       "<Option name=\"valign\" type=\"int\" value=\"128\"/></Option>",
                       escape_xml(cut(text, column.characters)), column.align);
}

std::string row(const std::array<std::string, 6>& texts) {
    std::string xml = "   <row>";
    for (std::size_t i = 0; i < columns.size(); ++i)
        xml += cell(texts[i], columns[i]);
    return xml + "</row>\n";
}

std::string column_xml(const char* tag, const Column& column) {
    return fmt::format("<{} heading=\"{}\" attribute=\"\" width=\"{}\" hAlignment=\"{}\" vAlignment=\"128\" "
                       "sortOrder=\"0\" sortByRank=\"0\"><backgroundColor red=\"0\" green=\"0\" blue=\"0\" "
                       "alpha=\"0\"/></{}>",
                       tag, column.heading, column.width, column.align, tag);
}

std::string all_columns(const char* tag) {
    std::string xml;
    for (const Column& column : columns)
        xml += column_xml(tag, column);
    return xml;
}

std::string text_format(const char* tag, bool bold) {
    return fmt::format("  <{0}><text-style fontFamily=\"Sans Serif\" fontSize=\"7\" fontSizeUnit=\"Point\" "
                       "fontWeight=\"{1}\" textColor=\"30,30,30,255\" textOpacity=\"1\" multilineHeight=\"1\" "
                       "textOrientation=\"horizontal\"/></{0}>\n",
                       tag, bold ? 75 : 50);
}

// The piece of a page in which a table stands.
std::string frame_xml(int number, int table, const PageBox& at) {
    return fmt::format(" <LayoutItem type=\"65647\" uuid=\"{}\" id=\"ranking\" zValue=\"{}\" multiFrame=\"{}\" "
                       "multiFrameTemplateUuid=\"{}\" position=\"{},{},mm\" positionOnPage=\"{},{},mm\" "
                       "size=\"{},{},mm\" sectionX=\"0\" sectionY=\"0\" sectionWidth=\"{}\" sectionHeight=\"{}\" "
                       "referencePoint=\"0\" visibility=\"1\" opacity=\"1\" frame=\"false\" background=\"false\" "
                       "positionLock=\"false\" hidePageIfEmpty=\"0\" hideBackgroundIfEmpty=\"0\"/>\n",
                       layout_uuid(number), number, layout_uuid(table), layout_uuid(table), at.left, at.top, at.left,
                       at.top, at.width, at.height, at.width, at.height);
}

} // namespace

std::string layout_uuid(int number) {
    return fmt::format("{{00000000-0000-4000-8000-{:012}}}", number);
}

std::string escape_layout_text(const std::string& text) {
    std::string safe = text;
    for (std::size_t at = safe.find("[%"); at != safe.npos; at = safe.find("[%", at + 3))
        safe.insert(at + 1, " ");
    std::string escaped = escape_xml(safe);
    for (std::size_t at = escaped.find('\n'); at != escaped.npos; at = escaped.find('\n', at + 1))
        escaped.replace(at, 1, "&#10;");
    return escaped;
}

std::size_t rows_within(double height, std::span<const std::array<std::string, 6>> rows) {
    double left = height - one_line;
    std::size_t count = 0;
    for (; count < rows.size(); ++count) {
        left -= height_of(rows[count]);
        if (left < 0 && count >= 3)
            break;
    }
    return count;
}

std::string layout_table_xml(int number, const PageBox& at, std::span<const std::array<std::string, 6>> rows) {
    const int table = number + 1;
    std::string contents, widths;
    for (const auto& texts : rows)
        contents += row(texts);
    for (const Column& column : columns)
        widths += fmt::format("<column width=\"{}\"/>", column.width);
    return frame_xml(number, table, at) +
           fmt::format(" <LayoutMultiFrame type=\"65652\" uuid=\"{0}\" templateUuid=\"{0}\" resizeMode=\"0\" "
                       "includeHeader=\"1\" headerMode=\"0\" headerHAlignment=\"0\" cellMargin=\"0.8\" showGrid=\"1\" "
                       "horizontalGrid=\"1\" verticalGrid=\"0\" gridStrokeWidth=\"0.15\" "
                       "gridColor=\"150,150,150,255\" backgroundColor=\"255,255,255,0\" emptyTableMode=\"0\" "
                       "emptyTableMessage=\"\" showEmptyRows=\"0\" wrapBehavior=\"1\">\n"
                       "  <childFrame uuid=\"{1}\" templateUuid=\"{1}\"/>\n",
                       layout_uuid(table), layout_uuid(number)) +
           text_format("headerTextFormat", true) + text_format("contentTextFormat", false) + "  <displayColumns>" +
           all_columns("column") + "</displayColumns>\n  <sortColumns/>\n  <cellStyles/>\n  <headers>" +
           all_columns("header") + "</headers>\n  <contents>\n" + contents + "  </contents>\n  <rowHeights/>\n" +
           "  <columnWidths>" + widths + "</columnWidths>\n </LayoutMultiFrame>\n";
}

} // namespace zonerank::engine
