// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>

namespace zonerank::engine {

/// A place on a page, millimetres from its upper left corner.
struct PageBox {
    double left = 0, top = 0, width = 0, height = 0;
};

/// The name by which an item of a page is known in the project.
std::string layout_uuid(int number);

/// A text for a page: escaped for XML, and "[%" no longer begins an expression that QGIS evaluates.
std::string escape_layout_text(const std::string& text);

/// How many of the rows, three at least, fit into so many millimetres with the table's head.
std::size_t rows_within(double height, std::span<const std::array<std::string, 6>> rows);

/// A table of rank, site, score, usable ground, strongest and weakest criterion, with a head. Texts
/// that are wider than their column take two lines, and what is left is cut. It takes the numbers `number` and `number`
/// + 1.
std::string layout_table_xml(int number, const PageBox& at, std::span<const std::array<std::string, 6>> rows);

} // namespace zonerank::engine
