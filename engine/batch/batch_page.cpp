// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_page.hpp"

#include "engine/batch/batch_page_parts.hpp"
#include "engine/batch/small_map.hpp"
#include "engine/progress.hpp"
#include "engine/report/blob.hpp"
#include "engine/report/page.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/error.hpp"
#include "rasters/crs.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using rasters::Point;

namespace {

std::string in_uri(const std::string& text) {
    std::string uri;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.';
        uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    return uri;
}

/// A name may run from right to left, what follows it must not.
std::string in_bdi(const std::string& name) {
    return name.empty() ? "" : fmt::format("<bdi>{}</bdi>", escape_xml(name));
}

std::string linked(const fs::path& folder, const BatchRow& row) {
    const std::string name = in_bdi(row.name);
    if (!has_results(row) || !fs::exists(folder / row.folder / "report.html"))
        return name;
    return fmt::format("<a href=\"{}/report.html\">{}</a>", in_uri(row.folder), name);
}

std::string figure(std::string_view what, const std::string& number) {
    return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", what, number);
}

std::string figures_html(const BatchSummary& summary) {
    std::size_t sites = 0;
    long long cells = 0;
    for (const BatchRow& row : summary.rows) {
        sites += row.sites;
        cells += row.cells;
    }
    std::string html = "<dl class=\"figures\">\n" + figure(word_for_rows(summary), std::to_string(summary.rows.size()));
    for (const auto state : {BatchRow::State::done, BatchRow::State::kept, BatchRow::State::empty,
                             BatchRow::State::failed, BatchRow::State::waiting})
        if (const std::size_t count = summary.count(state))
            html += figure(name_of(state), std::to_string(count));
    return html + figure("cells", with_thousands(cells)) +
           figure("sites", with_thousands(static_cast<long long>(sites))) +
           figure("time of the last call", duration_text(summary.seconds)) + "</dl>\n";
}

/// The order of computing is not one in which a name is found.
std::vector<BatchRow> by_name(std::vector<BatchRow> rows) {
    std::ranges::stable_sort(rows, {}, &BatchRow::name);
    return rows;
}

/// A line for each error, with all whose error it is.
std::string errors_html(const BatchSummary& summary) {
    std::vector<std::pair<std::string, std::string>> lines; // error, names
    for (const BatchRow& row : by_name(summary.rows)) {
        if (row.state != BatchRow::State::failed)
            continue;
        const auto same = std::ranges::find(lines, row.error, &std::pair<std::string, std::string>::first);
        if (same == lines.end())
            lines.emplace_back(row.error, in_bdi(row.name));
        else
            same->second += ", " + in_bdi(row.name);
    }
    std::string html;
    for (const auto& [error, names] : lines)
        html += fmt::format("<li>{}: <span class=\"bad\">{}</span></li>\n", names, escape_xml(error));
    return html;
}

/// What a reader must not have to look for.
std::string failures_html(const BatchSummary& summary) {
    std::string html;
    if (summary.sites_nowhere > 0)
        html += fmt::format("<p>In no district, and so not ranked: {} of the sites.</p>\n",
                            with_thousands(static_cast<long long>(summary.sites_nowhere)));
    if (summary.count(BatchRow::State::failed) > 0)
        html += "<h2>What went wrong</h2>\n<ul>\n" + errors_html(summary) + "</ul>\n";
    return html;
}

std::string_view head_of_rows(const BatchSummary& summary) {
    return summary.of_studies ? "Study" : "District";
}

bool has_unranked(const std::vector<CombinedSite>& sites) {
    return std::ranges::any_of(sites, [](const CombinedSite& site) { return site.rank == 0; });
}

std::string number_cell(const std::string& sorted, const std::string& shown) {
    return fmt::format("<td class=\"n\" data-n=\"{}\">{}</td>", sorted, shown);
}

std::string text_of(const CombinedSite& site, const char* key) {
    const auto value = site.properties.find(key);
    return value != site.properties.end() && value->is_string() ? value->get<std::string>() : "";
}

std::string site_html(const CombinedSite& site, bool with_reason) {
    const Json score = site.properties.value("score", Json()), own = site.properties.value("district_rank", Json());
    const auto number = [](const Json& value) { return value.is_number() ? value.dump() : ""; };
    const std::string rank = site.rank ? std::to_string(site.rank) : "";
    return fmt::format("<tr>{}<td class=\"text\">{}</td>{}<td class=\"text\">{}</td>{}{}</tr>\n",
                       number_cell(rank, site.rank ? rank : "-"), in_bdi(text_of(site, "name")),
                       number_cell(number(score), score.is_number() ? fmt::format("{:.3f}", score.get<double>()) : ""),
                       in_bdi(site.district), number_cell(number(own), number(own)),
                       with_reason ? fmt::format("<td class=\"wrong\">{}</td>", escape_xml(text_of(site, "reason")))
                                   : "");
}

std::string ranking_html(const BatchSummary& summary, const std::vector<CombinedSite>& sites) {
    if (!summary.no_ranking.empty())
        return fmt::format("<h2 id=\"ranking\">Ranking</h2>\n<p>No combined ranking: {}.</p>\n",
                           escape_xml(summary.no_ranking));
    if (sites.empty())
        return "";
    const bool with_reason = has_unranked(sites);
    std::string html = fmt::format(
        "<h2 id=\"ranking\">Ranking of all sites</h2>\n<div class=\"wide\"><table class=\"sortable\"><thead><tr>"
        "<th class=\"n\">Rank</th><th>Site</th><th class=\"n\">Score</th><th>{}</th><th class=\"n\">Rank there</th>{}"
        "</tr></thead><tbody>\n",
        head_of_rows(summary), with_reason ? "<th>Why without a rank</th>" : "");
    for (std::size_t i = 0; i < std::min(sites.size(), most_page_sites); ++i)
        html += site_html(sites[i], with_reason);
    html += "</tbody></table></div>\n";
    if (sites.size() > most_page_sites)
        html += fmt::format("<p class=\"soft\">The first {} of {}; all of them are in ranking.csv.</p>\n",
                            most_page_sites, sites.size());
    return html;
}

std::string row_html(const fs::path& folder, const BatchRow& row) {
    const std::string score = row.best_score ? fmt::format("{:.9g}", *row.best_score) : "";
    return fmt::format(
        "<tr><td class=\"text\">{}</td><td{}>{}</td>{}<td class=\"text\">{}</td>{}{}{}</tr>\n", linked(folder, row),
        row.state == BatchRow::State::failed ? " class=\"bad\"" : "", name_of(row.state),
        number_cell(std::to_string(row.sites), row.sites ? std::to_string(row.sites) : ""), in_bdi(row.best),
        number_cell(score, row.best_score ? fmt::format("{:.3f}", *row.best_score) : ""),
        number_cell(std::to_string(row.cells), row.cells ? with_thousands(row.cells) : ""),
        number_cell(fmt::format("{:.3f}", row.seconds), row.seconds > 0 ? fmt::format("{:.1f}", row.seconds) : ""));
}

std::string rows_html(const fs::path& folder, const BatchSummary& summary) {
    std::string html = fmt::format(
        "<h2 id=\"all\">All {}</h2>\n<div class=\"wide\"><table class=\"sortable\"><thead><tr><th>{}</th><th>State</th>"
        "<th class=\"n\">Sites</th><th>Best site</th><th class=\"n\">Its score</th><th class=\"n\">Cells</th>"
        "<th class=\"n\">Seconds</th></tr></thead><tbody>\n",
        word_for_rows(summary), head_of_rows(summary));
    for (const BatchRow& row : by_name(summary.rows))
        html += row_html(folder, row);
    return html + "</tbody></table></div>\n";
}

/// The middle of a site's box; NaN without one.
Point middle_of(const Json& geometry) {
    rasters::Box box;
    const auto add = [&box](const auto& self, const Json& part) -> void {
        if (part.is_array() && part.size() >= 2 && part[0].is_number())
            box.add(Point{part[0].get<double>(), part[1].get<double>()});
        else
            for (const Json& inner : part)
                self(self, inner);
    };
    if (geometry.is_object())
        add(add, geometry.value("coordinates", Json::array()));
    return box.empty() ? Point{NAN, NAN} : box.centre();
}

std::string dots_html(const SmallMap& map, const std::string& district, const std::vector<CombinedSite>& sites) {
    const rasters::Transform to_map(rasters::wgs84(), rasters::parse_crs(map.crs));
    const double radius = std::max(map.cols, map.rows) / 45.0;
    std::string html;
    for (const CombinedSite& site : sites) {
        if (site.district != district)
            continue;
        const Point at = to_map(middle_of(site.geometry));
        if (map.box.contains(at))
            html += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"><title>{}</title></circle>",
                                (at.x - map.box.xmin) / map.box.width() * map.cols,
                                (map.box.ymax - at.y) / map.box.height() * map.rows, radius,
                                escape_xml(text_of(site, "name")));
    }
    return html;
}

std::string map_html(const fs::path& folder, const BatchRow& row, const std::vector<CombinedSite>& sites) {
    const SmallMap map = small_map(folder / row.folder / "suitability.tif", most_map_pixels);
    return fmt::format(
        "<figure><div class=\"map\"><svg viewBox=\"0 0 {0} {1}\" role=\"img\" "
        "aria-label=\"Scores in {2}\"><image width=\"{0}\" height=\"{1}\" href=\"data:image/png;base64,{3}\"/>"
        "{4}</svg></div><figcaption>{5}{6}</figcaption></figure>\n",
        map.cols, map.rows, escape_xml(row.name), base64(map.png), dots_html(map, row.name, sites), linked(folder, row),
        row.best_score ? fmt::format("<br>{} ({:.3f})", in_bdi(row.best), *row.best_score) : "");
}

std::string maps_html(const fs::path& folder, const BatchSummary& summary, const std::vector<CombinedSite>& sites) {
    std::string html = "<h2 id=\"maps\">Maps</h2>\n<p class=\"soft\">Score 0 <span class=\"ramp\"></span> 1 on all "
                       "maps. Blank: ruled out, unknown or "
                       "outside. Dots: sites, the best one named below. Each map fills its frame, however large the "
                       "ground.</p>\n<div class=\"maps\">\n";
    for (const BatchRow& row : by_name(summary.rows))
        try {
            if (has_results(row))
                html += map_html(folder, row, sites);
        } catch (const Error&) { // the page tells of what there is
            continue;
        }
    return html + "</div>\n";
}

/// To the page's parts: over a hundred maps are a long way down.
std::string ways_html(const BatchSummary& summary, const std::vector<CombinedSite>& sites) {
    const bool ranked = !sites.empty() || !summary.no_ranking.empty();
    return fmt::format("<nav><a href=\"#maps\">Maps</a>{}<a href=\"#all\">All {}</a></nav>\n",
                       ranked ? "<a href=\"#ranking\">Ranking</a>" : "", word_for_rows(summary));
}

} // namespace

std::string batch_page(const fs::path& folder, const BatchSummary& summary, const std::vector<CombinedSite>& sites) {
    const std::string title = escape_xml(summary.study);
    return filled_page(page_template("<!--ranking-->\n"),
                       {.title = summary.study,
                        .ranking = fmt::format("<h1><bdi>{}</bdi></h1>\n<p class=\"soft\">{}; zonerank {}</p>\n", title,
                                               escape_xml(summary.grid), version) +
                                   figures_html(summary) + ways_html(summary, sites) + failures_html(summary) +
                                   maps_html(folder, summary, sites) + ranking_html(summary, sites) +
                                   rows_html(folder, summary),
                        .data = "",
                        .style = batch_page_parts::style,
                        .script = batch_page_parts::script});
}

} // namespace zonerank::engine
