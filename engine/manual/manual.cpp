// SPDX-License-Identifier: Apache-2.0
#include "engine/manual/manual.hpp"

#include <fmt/format.h>

namespace zonerank::engine {

std::string ManualCommand::synopsis() const {
    std::string text = fmt::format("zonerank {} [OPTIONS]", name);
    for (const ManualOption& option : options)
        if (option.is_argument())
            text += option.required ? " " + option.names.front() : " [" + option.names.front() + "]";
    return text;
}

const std::vector<OutputFile>& output_file_table() {
    static const std::vector<OutputFile> table{
        {"suitability.tif", "", "score 0 to 1 of every cell; no-data -9999"},
        {"constraints.tif", "",
         "what each cell is: 0 outside, 1 valid, 2 assumed, 3 unknown, 10 and more excluded, by the first constraint "
         "that rules it out"},
        {"ranking.tif", "sites", "the rank of the site at each cell, 0 where none is"},
        {"ranking.csv", "sites", "a row for each site, the best first, then those without a rank"},
        {"sites.geojson", "sites", "the same with the sites' outlines, in longitude and latitude (RFC 7946)"},
        {"sites.gpkg", "sites", "the same as a GeoPackage, and the study area, with their styles inside"},
        {"report.html", "unless `outputs: {report: false}`",
         "the result in a page of its own, with maps, ranking, charts and weights that can be moved"},
        {"study.qgz", "unless `outputs: {project: false}`", "the QGIS project (3.22 and later)"},
        {"area.geojson", "unless `outputs: {project: false}`", "the ground that is scored"},
        {"criteria/*.tif", "`outputs: {criteria: true}`", "value 0 to 1 of every cell by one criterion"},
        {"criteria/*.measurement.tif", "`outputs: {criteria: true}`", "what was measured, in the criterion's unit"},
        {"reasons.tif", "`outputs: {reasons: true}`", "all that excludes a cell or is missing there, a bit for each"},
        {"friction*.tif", "`outputs: {friction: true}`", "km/h of the fastest that crosses a cell"},
        {"stability/sites.csv", "sites", "ranks seen, first place, what changes of weights turn a site's place"},
        {"stability/acceptability.csv", "sites", "the share of draws that give a site each rank (SMAA-2)"},
        {"stability/pairs.csv", "sites", "how often the row is ahead of the column"},
        {"stability/drivers.csv", "sites", "by which criteria a site's score varies"},
        {"stability/stability.json", "sites", "all of it, with methods, sources, draws and seed"},
        {"stability/*.tif", "`stability: {maps: true}`",
         "mean and deviation of the score, the share of weights above the cut, the criterion that moves it most"},
        {"comparison/*", "`compare`", "ranks by each method, their agreement, pairs of sites, all of it as JSON"},
        {"industries/*", "`profiles`", "scores of each industry, which goes where, all of it as JSON"},
        {"validation/*", "`validate`", "ROC curve, known zones, all of it as JSON"},
        {"links.geojson", "`zonerank connect`", "places and ways, along the roads' own lines"},
        {"links.csv", "`zonerank connect`", "minutes there and back, kilometres and cost of each pair, or why not"},
        {"places.csv", "`zonerank connect`", "closeness and betweenness of each place"},
        {"*.qml", "", "a style; QGIS takes it up when the file beside is opened"},
        {"*.aux.xml", "", "names and colours of a map's classes, for GDAL and QGIS"},
        {"manifest.json", "",
         "version, the expanded study, inputs and outputs with SHA-256, grid, weights, methods, cell counts, warnings, "
         "times; the one file that differs from run to run"}};
    return table;
}

const std::vector<NamedMeaning>& ranking_columns() {
    static const std::vector<NamedMeaning> columns{
        {"rank", "from 1; equal scores share it; empty: no rank, for the `reason`"},
        {"id, name", "of the site, as its file has them"},
        {"score", "0 to 1, by the decision matrix of the sites"},
        {"map_score", "mean of the map's scores over the site's usable ground"},
        {"p10, min, max", "of the map's scores there: what a tenth lies below, least and most"},
        {"area_ha, usable_ha", "hectares on the ellipsoid, of the site and of what is neither excluded nor unknown"},
        {"valid, assumed, unknown, excluded, outside", "shares of the site's ground by state, 0 to 1"},
        {"excluded_by", "the constraint that takes most of it"},
        {"reason", "why the site has no rank"},
        {"*_km, *_percent, ...", "what a criterion measures at the site, in the unit of the name's end"},
        {"*_beyond", "of a criterion with a limit: whether the site lies beyond, in part or whole"},
        {"*_known", "the share of the usable ground of which a criterion has data"},
        {"*_value", "the value of that measurement, 0 to 1"},
        {"*_part", "what the criterion adds to the score, where scores are sums"},
        {"then", "the fields that `sites: {keep: [...]}` names, as they are"}};
    return columns;
}

const std::vector<NamedMeaning>& exit_codes() {
    static const std::vector<NamedMeaning> codes{
        {"0", "done; of `verify` and `diff`: nothing differs"},
        {"1", "something in the files is wrong, with a line on stderr; of `verify` and `diff` also: something differs"},
        {"2", "the program was called in a wrong way"},
        {"130", "stopped by the user; the last line tells what is kept or was in place, most often nothing"}};
    return codes;
}

const std::vector<NamedMeaning>& environment() {
    static const std::vector<NamedMeaning> variables{
        {"NO_COLOR", "set to anything: no colours (no-color.org)"},
        {"TERM", "dumb: no colours, no line that renews itself"},
        {"LC_ALL, LC_CTYPE, LANG", "whether plots may use characters beyond ASCII"},
        {"TMPDIR", "where `verify --rerun` has its scratch folder (default: /tmp)"}};
    return variables;
}

} // namespace zonerank::engine
