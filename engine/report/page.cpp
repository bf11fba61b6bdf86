// SPDX-License-Identifier: Apache-2.0
#include "engine/report/page.hpp"

#include "engine/report/blob.hpp"
#include "engine/report/page_parts.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/sha256.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <span>

namespace zonerank::engine {

namespace {

constexpr std::size_t most_rows = 500;

/// As a content security policy names a text, after 'sha256-'.
std::string hash_of(std::string_view text) {
    const std::string hex = sha256(std::string(text));
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return base64(bytes);
}

void refuse_end(std::string_view text, std::string_view element) {
    const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
    const std::string end = fmt::format("</{}", element);
    if (std::search(text.begin(), text.end(), end.begin(), end.end(), same) != text.end())
        throw Error("the page's {} holds '{}'", element, end);
}

std::string filling(std::string_view mark, const PageFill& fill) {
    if (mark == "title")
        return escape_xml(fill.title);
    if (mark == "ranking")
        return fill.ranking;
    if (mark == "data")
        return json_in_script(fill.data);
    if (mark == "style" || mark == "script")
        return std::string(mark == "style" ? fill.style : fill.script);
    if (mark == "style-hash" || mark == "script-hash")
        return hash_of(mark == "style-hash" ? fill.style : fill.script);
    throw Error("the page has an unknown mark '{}'", mark);
}

std::string row_html(const SiteRow& row) {
    const std::string rank = row.rank > 0 ? std::to_string(row.rank) : "-";
    return fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", rank, escape_xml(row.name),
                       fixed(row.score, 3), fixed(row.usable_ha, 1), escape_xml(row.reason));
}

constexpr std::string_view special = "<>&\xE2"; // E2: begins U+2028

/// Appends the first character, if there is one, as JSON's escape where HTML might read it; gives its bytes.
std::size_t append_special(std::string& safe, std::string_view json) {
    if (json.starts_with("\xE2\x80\xA8") || json.starts_with("\xE2\x80\xA9")) {
        safe += json[2] == '\xA8' ? "\\u2028" : "\\u2029";
        return 3;
    }
    if (json.empty())
        return 0;
    safe += json[0] == '\xE2' ? std::string(1, json[0])
                              : fmt::format("\\u{:04x}", unsigned{static_cast<unsigned char>(json[0])});
    return 1;
}

} // namespace

std::string json_in_script(std::string_view json) {
    std::string safe;
    safe.reserve(json.size() + json.size() / 64);
    while (!json.empty()) {
        const std::size_t plain = std::min(json.find_first_of(special), json.size());
        safe += json.substr(0, plain);
        json.remove_prefix(plain);
        json.remove_prefix(append_special(safe, json));
    }
    return safe;
}

std::string filled_page(std::string_view page, const PageFill& fill) {
    refuse_end(fill.script, "script");
    refuse_end(fill.style, "style");
    std::string text;
    text.reserve(fill.data.size() + fill.script.size() + fill.style.size() + fill.ranking.size() + page.size());
    while (true) {
        const std::size_t begin = page.find("<!--"), end = page.find("-->", begin);
        text += page.substr(0, begin);
        if (begin == page.npos || end == page.npos)
            return text;
        text += filling(page.substr(begin + 4, end - begin - 4), fill);
        page.remove_prefix(end + 3);
    }
}

// What takes a mark's place may have marks of its own, which stay.
static std::string with(std::string text, std::string_view mark, std::string_view filling) {
    return text.replace(text.find(mark), mark.size(), filling);
}

std::string page_template(std::string_view body, std::string_view images) {
    return with(with(std::string(page_parts::frame), "<!--images-->", images), "<!--body-->", body);
}

std::string ranking_table_html(const Ranking& ranking) {
    if (ranking.rows.empty())
        return "";
    std::string table = "<table><thead><tr><th>Rank</th><th>Site</th><th>Score</th><th>Usable ha</th>"
                        "<th>Remark</th></tr></thead><tbody>\n";
    for (const SiteRow& row : std::span(ranking.rows).first(std::min(ranking.rows.size(), most_rows)))
        table += row_html(row);
    table += "</tbody></table>\n";
    if (ranking.rows.size() > most_rows)
        table += fmt::format("<p>The first {} of {} sites; ranking.csv has all.</p>\n", most_rows, ranking.rows.size());
    return table;
}

std::size_t empty_page_bytes() {
    return page_parts::frame.size() + page_parts::body.size() + page_parts::style.size() + page_parts::script.size() +
           1000; // hashes
}

std::string report_page(const std::string& title, const std::string& ranking, std::string data) {
    return filled_page(page_template(page_parts::body, " blob:"), {.title = title,
                                                                   .ranking = ranking,
                                                                   .data = std::move(data),
                                                                   .style = page_parts::style,
                                                                   .script = page_parts::script});
}

} // namespace zonerank::engine
