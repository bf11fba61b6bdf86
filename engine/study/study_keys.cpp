// SPDX-License-Identifier: Apache-2.0
#include "engine/study/study_parts.hpp"

#include <algorithm>
#include <array>

namespace zonerank::engine {

using layers::Mark;
using layers::Problems;

static constexpr std::array all_keys{
    Key{"", "study", "the study's title"},
    Key{"", "extends", "another study file that this one is laid on"},
    Key{"", "area", "what is scored", true},
    Key{"", "grid", "CRS and cell", true},
    Key{"", "layers", "named data sources"},
    Key{"", "friction", "how fast one moves, for measures of travel time"},
    Key{"", "criteria", "themes, each with its criteria", true},
    Key{"", "constraints", "what rules cells out"},
    Key{"", "aggregate", "how values and weights become a score (default: weighted sum)"},
    Key{"", "known", "share of the weight that `missing: leave out` needs (default: 70 %)"},
    Key{"", "sites", "the candidate zones; none: there are none, the map is scored alone"},
    Key{"", "compare", "ranks the sites by several methods side by side: all, a list of methods, or {}"},
    Key{"", "stability", "how sure the sites' ranking is; none: it isn't looked at (default: {}, up to 1,000 sites)"},
    Key{"", "links", "what `zonerank connect` joins by the least of travel time"},
    Key{"", "profiles", "industries, each with its own weights, needs and value functions"},
    Key{"", "assign", "how many industries a site takes"},
    Key{"", "validate", "zones of which it is known how they did, to hold the scores against"},
    Key{"", "outputs", "what is written beside the usual"},
    Key{"", "output", "the folder to write, below the study's folder or the working directory (default: out)"},
    Key{"area", "source", "a file with the area's polygons"},
    Key{"area", "layer", "the source's layer; alone: a layer of the study"},
    Key{"area", "where", "which features, as an OGR condition in quotes"},
    Key{"area", "box", "[west, south, east, north]"},
    Key{"area", "crs", "of the box (default: longitude and latitude), or of a file that has none"},
    Key{"area", "override", "true: `crs` replaces the file's own"},
    Key{"area", "around", "`sites`: the sites' common box"},
    Key{"area", "buffer", "enlarges the area; negative shrinks it"},
    Key{"grid", "crs", "a projected CRS in metres (default: chosen for the area)"},
    Key{"grid", "cell", "side of a cell"},
    Key{"grid", "like", "a raster layer whose grid is taken over"},
    Key{"layer", "source", "a path, a glob, a list of them, or a database (PG:dbname=...)", true},
    Key{"layer", "layer", "the layer within the file; of a database: schema.table or schema.table(column)"},
    Key{"layer", "band", "the raster's band (default: 1)"},
    Key{"layer", "where", "which features, as an OGR condition in quotes"},
    Key{"layer", "crs", "for a file that has none"},
    Key{"layer", "override", "true: `crs` replaces the file's own"},
    Key{"layer", "nodata", "the raster value that means no data, instead of the file's own"},
    Key{"layer", "unit", "of the raster's values or the fields"},
    Key{"layer", "values", "what a raster's numbers are", false, "continuous, classes, counts"},
    Key{"layer", "resample", "how a raster comes onto the grid", false, "automatic, nearest, bilinear, average"},
    Key{"friction", "cell", "side of a cell (default: the grid's)"},
    Key{"friction", "area", "{box: [west, south, east, north]} (default: the study's area and the targets)"},
    Key{"friction", "ground", "speed where nothing else is said (default: 5 km/h, walking)"},
    Key{"friction", "terrain",
        "a layer of elevations, or {of: dem, direction: uphill and downhill, curve: tobler}: slopes slow down who goes "
        "over the ground"},
    Key{"friction", "speeds", "a list: along lines, or over the ground by its classes"},
    Key{"friction", "barriers", "a list of what can be crossed only along lines"},
    Key{"friction", "delays", "a list of points that cost who passes them time"},
    Key{"friction", "near",
        "{cell: 30 m, within: 20 km}: finer cells round the study's area for travel times, which go on at its rim "
        "from those of the others"},
    Key{"near", "cell", "side of a cell, smaller than the others", true},
    Key{"near", "within", "how far round the study's area", true},
    Key{"terrain", "of", "a layer of elevations", true},
    Key{"terrain", "direction", "whether it differs; both ways: their mean (default)", false,
        "both ways, uphill and downhill"},
    Key{"terrain", "curve",
        "what slopes leave of the speed: tobler (on foot, default), vehicle (half at 12 %), or a table of slopes "
        "along the way: {0 %: 1, 15 %: 0.5, 30 %: 0}; nobody gets over those with 0"},
    Key{"speeds", "of", "a layer of lines, a raster or polygons of classes, or a raster of speeds", true},
    Key{"speeds", "where", "which features, as an OGR condition in quotes"},
    Key{"speeds", "by", "field with the class"},
    Key{"speeds", "speed",
        "60 km/h, or one for each class: {motorway: 100 km/h, other: 30 km/h}; none for a raster whose "
        "`unit` is km/h, m/s, min/km or min/m"},
    Key{"speeds", "one way", "field that says so: yes, true, 1; -1 against the line"},
    Key{"barriers", "of", "a layer of lines or polygons"},
    Key{"barriers", "outside", "a layer of polygons: what lies outside can't be crossed"},
    Key{"barriers", "where", "which features, as an OGR condition in quotes"},
    Key{"barriers", "cells", "which cells of a polygon stop travel", false, "centre, any part"},
    Key{"delays", "of", "a layer of points", true},
    Key{"delays", "where", "which features, as an OGR condition in quotes"},
    Key{"delays", "time", "what a point costs who passes it", true},
    Key{"theme", "label", "what people read"},
    Key{"theme", "weight", "among the themes"},
    Key{"theme", "weights", "of the theme's criteria"},
    Key{"theme", "aggregate", "within the theme (default: the study's)"},
    Key{"criterion", "label", "what people read"},
    Key{"criterion", "use", "a criterion of the catalogue"},
    Key{"criterion", "of", "the layers for `use`"},
    Key{"criterion", "measure", "what is measured", true},
    Key{"criterion", "value", "how a measurement becomes a value", true},
    Key{"criterion", "weight", "within its theme"},
    Key{"criterion", "missing", "unknown, worst, leave out or a value"},
    Key{"criterion", "site", "how a site's measurement comes from its cells"},
    Key{"criterion", "uncertainty", "how far its measurements may be from the truth: {normal: {deviation: 10 %}}"},
    Key{"sites", "source", "a file with the candidate zones"},
    Key{"sites", "layer", "the source's layer; alone: a layer of the study"},
    Key{"sites", "where", "which features, as an OGR condition in quotes"},
    Key{"sites", "crs", "for a file that has none"},
    Key{"sites", "override", "true: `crs` replaces the file's own"},
    Key{"sites", "name", "the field that names a site"},
    Key{"sites", "id", "the field that identifies a site"},
    Key{"sites", "keep", "fields to carry into the results"},
    Key{"sites", "footprint", "{area: 400 ha} or {radius: 1 km} of sites that are points"},
    Key{"sites", "needs", "{usable: 50 %, area: 100 ha}: below, a site has no rank"},
    Key{"sites", "optional", "true: where there are none, the map is scored alone"},
    Key{"stability", "weights", "which weights may be meant, too (default: ordinal)"},
    Key{"stability", "draws", "how many weightings are tried, 1 to 10 million (default: 10000)"},
    Key{"stability", "maps",
        "true: maps of the score's mean and standard deviation under those weights, of the share of them by which it "
        "is at least the cut, and of the criterion that moves it most"},
    Key{"stability", "cut", "score from which the maps count a cell as good (default: 0.6)"},
    Key{"stability", "seed", "of the draws: the same gives the same (default: 1)"},
    Key{"links", "between", "[sites, LAYER, ...]: the candidate zones and features of layers", true},
    Key{"links", "network", "which pairs are linked (default: minimum spanning tree)", false,
        "minimum spanning tree, pairwise, nearest hub"},
    Key{"links", "hubs", "which of `between` the others are linked to"},
    Key{"links", "limit", "what is farther apart isn't linked"},
    Key{"links", "cost per hour", "of a link's cost, in any money (default without `cost per km`: 60, its minutes)"},
    Key{"links", "cost per km", "of a link's cost, in the same money (default: 0)"},
    Key{"compare", "methods",
        "all, or a list: [vikor, {topsis: {normalisation: minmax}, label: near the best}] (default: weighted sum, "
        "weighted product, topsis, vikor, promethee)"},
    Key{"compare", "of",
        "what methods work on that don't say (default: values for all and {}, each one's own in a list)", false,
        "measurements, values"},
    Key{"profile", "label", "what people read"},
    Key{"profile", "weights", "of the criteria that they name, of all themes; others count 0 (default: the study's)"},
    Key{"profile", "needs",
        "{power: {at most: 10 km}, workers: {at least: 50000 people}}: a site that fails is not suited"},
    Key{"profile", "values", "{water: {linear: {...}}}: other value functions, of the site's measurement"},
    Key{"profile", "sites", "how many sites it looks for (default: 1)"},
    Key{"assign", "per site", "how many industries a site takes, or {field: plots} of the sites (default: 1)"},
    Key{"assign", "aim", "what counts first (default: total score)", false, "total score, most placed"},
    Key{"validate", "good", "zones that do well", true},
    Key{"validate", "bad",
        "zones that do badly, told in the same way (default: all other ground of the map, or all other sites)"},
    Key{"validate", "cut", "scores from it on count as suitable (default: 0.5)"},
    Key{"good", "source", "a file with points or polygons"},
    Key{"good", "layer", "the source's layer; alone: a layer of the study"},
    Key{"good", "where", "which features, as an OGR condition in quotes; alone: which of the candidate sites"},
    Key{"good", "crs", "for a file that has none"},
    Key{"good", "override", "true: `crs` replaces the file's own"},
    Key{"good", "name", "the field that names a zone"},
    Key{"good", "sites", "names or ids of candidate sites, instead of a source"},
    Key{"outputs", "criteria", "true: a map of value and measurement per criterion"},
    Key{"outputs", "reasons", "true: the full mask of constraints and missing data"},
    Key{"outputs", "friction", "true: a map of the friction's speeds, on its own grid"},
    Key{"outputs", "report", "false: no report.html (default: true)"},
    Key{"outputs", "project", "false: no study.qgz for QGIS (default: true)"},
    Key{"outputs", "compression", "of the maps: zstd, deflate or lerc (default: zstd)"},
};

std::span<const Key> study_keys() {
    return all_keys;
}

std::vector<std::string> keys_of(std::string_view where) {
    std::vector<std::string> result;
    for (const Key& key : study_keys())
        if (key.where == where)
            result.emplace_back(key.name);
    return result;
}

bool check_identifier(std::string_view what, const std::string& name, const Mark& mark, Problems& problems) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ' || c == '_' || c == '-';
    };
    const bool good = !name.empty() && name.front() >= 'a' && name.front() <= 'z' && std::ranges::all_of(name, fits) &&
                      name.back() != ' ' && name.size() <= 64;
    if (!good)
        problems.error(mark,
                       fmt::format("{} '{}': a name is lower case letters, digits, spaces, - and _, at most 64; use "
                                   "`label` for what people read",
                                   what, layers::excerpt(name)));
    return good;
}

} // namespace zonerank::engine
