// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/result_layers.hpp"

#include "engine/outputs/friction_maps.hpp"
#include "engine/outputs/study_in_words.hpp"
#include "engine/outputs/styles.hpp"
#include "engine/text/wording.hpp"
#include "rasters/core/error.hpp"

#include <fstream>
#include <iterator>

namespace zonerank::engine {

namespace {

std::string style_of(const Results& results, const std::string& file) {
    std::ifstream stream(results.folder / file, std::ios::binary);
    if (!stream)
        throw Error("{}: the style can't be read", file);
    return style_within(std::string(std::istreambuf_iterator<char>(stream), {}));
}

/// Which of a run's files a layer shows, and how it is called.
struct Shown {
    std::string id, file, name, abstract;
    bool shown = false, legend = true;
};

MapLayer raster_layer(const Results& results, const Shown& shown) {
    const std::string stem = shown.file.substr(0, shown.file.rfind('.'));
    const Territory& territory = results.prepared.territory;
    return {.id = shown.id,
            .name = shown.name,
            .abstract = shown.abstract,
            .source = "./" + shown.file,
            .crs = territory.crs,
            .style = style_of(results, stem + ".qml"),
            .legend = shown.legend};
}

void add_map(std::vector<TreeNode>& nodes, const Results& results, const Shown& shown) {
    if (results.has(shown.file))
        nodes.push_back({.layer = raster_layer(results, shown), .shown = shown.shown});
}

void add_group(std::vector<TreeNode>& nodes, std::string name, std::vector<TreeNode> children, bool open) {
    if (!children.empty())
        nodes.push_back({.name = std::move(name), .children = std::move(children), .shown = false, .open = open});
}

TreeNode sites_node(const Results& results) {
    const bool package = results.has("sites.gpkg");
    return {.layer =
                MapLayer{.id = std::string(sites_id),
                         .kind = LayerKind::polygons,
                         .name = "Ranked sites",
                         .abstract = "The candidate sites, labelled with rank and name. score is from 0 (worst) to 1 "
                                     "(best); a site without a rank has the reason beside it. Areas are in hectares.",
                         .source = package ? "./sites.gpkg|layername=sites" : "./sites.geojson",
                         .crs = package ? results.prepared.territory.crs : rasters::wgs84(),
                         .style = style_of(results, "sites.qml"),
                         .title = std::string(site_label)}};
}

/// What some cell is excluded by, or unknown. Cells that may be used are clear, so that the
/// suitability beneath shows.
std::vector<rasters::Category> ruled_out_classes(const Results& results) {
    std::vector<rasters::Category> classes = state_categories(results.prepared.constraints);
    std::erase_if(classes, [&](const rasters::Category& one) {
        if (one.value >= first_constraint_code)
            return results.counts->excluded[static_cast<std::size_t>(one.value - first_constraint_code)] == 0;
        return one.value != unknown_code || results.counts->by_state[static_cast<std::size_t>(State::unknown)] == 0;
    });
    return classes;
}

void add_ruled_out(std::vector<TreeNode>& nodes, const Results& results) {
    if (!results.counts || !results.has("constraints.tif"))
        return;
    const std::vector<rasters::Category> classes = ruled_out_classes(results);
    if (classes.empty())
        return;
    add_map(nodes, results,
            {std::string(constraints_id), "constraints.tif", "Land that is ruled out",
             "The first constraint that rules a cell out, and where data is missing.", true});
    nodes.back().layer->style = style_within(categories_style(classes));
}

/// Of each grid that is travelled over.
void add_speeds(std::vector<TreeNode>& nodes, const Results& results) {
    for (std::size_t i = 0; results.has(friction_files(i).front()); ++i)
        add_map(nodes, results,
                {fmt::format("zonerank_speeds_{}", i), friction_files(i).front(), "Speed of travel (km/h)",
                 "The speed of the fastest that crosses a cell, in km/h.", false, false});
}

TreeNode area_node(const Results& results) {
    return {.layer = MapLayer{.id = std::string(area_id),
                              .kind = LayerKind::polygons,
                              .name = "Study area",
                              .abstract = "The ground that is scored, with the study's buffer around it.",
                              .source = "./area.geojson",
                              .crs = rasters::wgs84(),
                              .style = style_of(results, "area.qml")}};
}

std::vector<TreeNode> spread_layers(const Results& results) {
    const double cut = results.prepared.study.stability.cut;
    std::vector<TreeNode> nodes;
    for (const Shown& shown : std::vector<Shown>{
             {"zonerank_stability_above", "stability/above.tif",
              fmt::format("Share of the weights that give {:g} or more (0 to 1)", cut),
              fmt::format("How much of the space of plausible weights gives the cell a score of {:g} or more.", cut)},
             {"zonerank_stability_mean", "stability/mean.tif", "Mean score under uncertain weights (0 to 1)",
              "The mean of the score over all plausible weights."},
             {"zonerank_stability_deviation", "stability/deviation.tif", "Deviation of the score (standard deviation)",
              "How far the score strays when the weights are uncertain, in points of a score from 0 to 1."},
             {"zonerank_stability_driver", "stability/driver.tif", "Criterion that moves the score most",
              "The criterion whose uncertain weight moves the score of the cell most."}})
        add_map(nodes, results, shown);
    return nodes;
}

/// As the study writes it.
std::string measure_text(const Study& study, const Criterion& criterion) {
    for (const ThemeSpec& theme : study.themes)
        for (const CriterionSpec& spec : theme.criteria)
            if (spec.name == criterion.name)
                return fmt::format("Measured by {}, valued by {}.", choice_text(spec.measure), choice_text(spec.value));
    return "";
}

void add_criterion(std::vector<TreeNode>& nodes, const Results& results, std::size_t i) {
    const Criterion& c = results.prepared.decision.criteria[i];
    const std::string stem = fmt::format("criteria/{}.{}", c.theme, c.name);
    const std::string measured = measure_text(results.prepared.study, c);
    add_map(nodes, results,
            {fmt::format("zonerank_criterion_{}", i), stem + ".tif", capitalised(c.label) + " (value, 0 to 1)",
             fmt::format("Value of the criterion from 0 (worst) to 1 (best). It weighs {} of the whole. {}",
                         percent_text(c.weight), measured),
             false, false});
    const std::string unit = c.map_unit().name.empty() ? "measured" : "measured, " + c.map_unit().name;
    const std::string limit = c.limit() ? fmt::format(" {:g} stands for all beyond.", *c.limit()) : "";
    add_map(nodes, results,
            {fmt::format("zonerank_measurement_{}", i), stem + ".measurement.tif",
             fmt::format("{} ({})", capitalised(c.label), unit), "What the criterion measures. " + measured + limit,
             false, false});
}

std::vector<TreeNode> criteria_groups(const Results& results) {
    std::vector<TreeNode> groups;
    for (const Theme& theme : results.prepared.decision.themes) {
        std::vector<TreeNode> nodes;
        for (const std::size_t i : theme.members)
            add_criterion(nodes, results, i);
        add_group(groups, capitalised(theme.label), std::move(nodes), false);
    }
    return groups;
}

} // namespace

std::vector<TreeNode> result_layers(const Results& results) {
    std::vector<TreeNode> nodes;
    if (results.has("sites.qml"))
        nodes.push_back(sites_node(results));
    nodes.push_back(area_node(results));
    add_ruled_out(nodes, results);
    add_map(nodes, results,
            {std::string(suitability_id), "suitability.tif", "Suitability (0 worst to 1 best)",
             "The score of each cell that may be used, from 0 (worst) to 1 (best).", true});
    add_map(nodes, results,
            {std::string(ranking_id), "ranking.tif", "Rank of the site (1 is best)",
             "The rank of the site that stands on a cell, with its score.", false, false});
    add_group(nodes, "How sure", spread_layers(results), false);
    add_group(nodes, "Criteria", criteria_groups(results), false);
    add_speeds(nodes, results);
    return nodes;
}

} // namespace zonerank::engine
