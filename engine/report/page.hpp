// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"

#include <string>
#include <string_view>

namespace zonerank::engine {

/// What takes the place of a template's marks.
struct PageFill {
    std::string title;              ///< <!--title-->: any text, escaped
    std::string ranking;            ///< <!--ranking-->: HTML
    std::string data;               ///< <!--data-->: JSON, made safe to stand in a <script>
    std::string_view style, script; ///< <!--style--> and <!--script-->: as they are
};

/// The template with each mark replaced; <!--style-hash--> and <!--script-hash--> are SHA-256
/// in base64, so that a content security policy lets these two run and nothing else. What
/// takes a mark's place is not looked at for marks. A template has no other comments. Throws
/// Error for an unknown mark, and for a script or style that would end its own element.
std::string filled_page(std::string_view page, const PageFill& fill);

/// A template of a page: the head, policy and end that all have, round the HTML of a body, which may have marks.
/// `images`: from where they may come besides data: addresses, as a content security policy says it.
std::string page_template(std::string_view body, std::string_view images = "");

/// report.html: the built-in page (engine/report/page) round the study's data and its ranking as HTML.
std::string report_page(const std::string& title, const std::string& ranking, std::string data);

/// What the page takes without a title, ranking and data.
std::size_t empty_page_bytes();

/// The first 500 of the ranking as a plain HTML table for readers without scripts; empty without sites.
std::string ranking_table_html(const Ranking& ranking);

/// JSON in which no HTML parser sees a tag: < > & and line separators as \u escapes.
std::string json_in_script(std::string_view json);

} // namespace zonerank::engine
