// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/layout_content.hpp"

#include "engine/outputs/ranking_table.hpp"
#include "engine/qgis/result_layers.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/utf8.hpp"
#include "engine/text/version.hpp"
#include "engine/text/wording.hpp"
#include "layers/vectors/ogr.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <numeric>

namespace zonerank::engine {

namespace {

const MapLayer* layer_called(const std::vector<TreeNode>& nodes, std::string_view id) {
    for (const TreeNode& node : nodes)
        if (node.layer && node.layer->id == id)
            return &*node.layer;
    return nullptr;
}

int count_of(const std::string& text, std::string_view part) {
    int count = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

/// Places in the legend of a map of classes: all but the first, which names its band.
std::vector<int> class_entries(const MapLayer& layer) {
    std::vector<int> entries(static_cast<std::size_t>(count_of(layer.style, "<paletteEntry ")));
    std::iota(entries.begin(), entries.end(), 1);
    return entries;
}

LayoutLayer shown(const MapLayer& layer, std::string title, std::vector<int> entries, int lines) {
    return {.id = layer.id,
            .source = layer.source,
            .provider = layer.kind == LayerKind::raster ? "gdal" : "ogr",
            .title = std::move(title),
            .entries = std::move(entries),
            .lines = lines};
}

LayoutLayer with_ramp(LayoutLayer layer) {
    layer.ramp = layer.entries.front();
    return layer;
}

std::vector<LayoutLayer> map_layers(const std::vector<TreeNode>& tree) {
    std::vector<LayoutLayer> layers;
    if (const MapLayer* sites = layer_called(tree, sites_id))
        layers.push_back(shown(*sites, "Ranked sites", {}, count_of(sites->style, "<rule ")));
    if (const MapLayer* area = layer_called(tree, area_id))
        layers.push_back(shown(*area, "Study area", {}, 0));
    if (const MapLayer* suitability = layer_called(tree, suitability_id))
        layers.push_back(with_ramp(shown(*suitability, "Suitability, 0 worst, 1 best", {1}, 2)));
    if (const MapLayer* constraints = layer_called(tree, constraints_id)) {
        const std::vector<int> entries = class_entries(*constraints);
        layers.push_back(shown(*constraints, "Not usable", entries, static_cast<int>(entries.size())));
    }
    return layers;
}

std::vector<std::array<std::string, 6>> best_sites(const Ranking& ranking) {
    const std::vector<double> means = mean_values(ranking);
    const auto label = [&](const SiteRow& row, int direction) {
        const auto at = farthest(ranking, means, row, direction);
        return at ? ranking.columns[*at].label : std::string();
    };
    std::vector<std::array<std::string, 6>> rows;
    for (const SiteRow& row : ranking.rows) {
        if (row.rank == 0 || rows.size() == most_ranking_rows)
            break;
        rows.push_back({std::to_string(row.rank), row.name.empty() ? row.id : row.name, fixed(row.score, 2),
                        percent_text(row.shares.usable()), label(row, 1), label(row, -1)});
    }
    return rows;
}

std::string ranked_text(const Ranking& ranking) {
    const auto ranked = std::ranges::count_if(ranking.rows, [](const SiteRow& row) { return row.rank > 0; });
    return fmt::format("{} of {} sites are ranked; sites.gpkg has them all", ranked, ranking.rows.size());
}

constexpr int line = 220; // characters across the page

/// In two lines at most.
std::string sources_text(const Study& study) {
    std::vector<std::string> names;
    for (const layers::LayerSpec& layer : study.layers)
        for (const std::string& path : layer.paths)
            if (std::string name = valid_utf8(layers::short_name(path)); std::ranges::find(names, name) == names.end())
                names.push_back(std::move(name));
    std::string text = "Sources: ", last;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string next = names[i] + (i + 1 < names.size() ? ", " : "");
        if (last.empty() && display_width(text + next) > line)
            last = next;
        else
            (last.empty() ? text : last) += next;
    }
    return last.empty() ? text : text + "\n" + last;
}

std::string notes_of(const Prepared& p) {
    const Decision& decision = p.decision;
    const std::string method = fmt::format("Method: {} criteria in {} themes, folded by {}; weights of the themes: {}",
                                           decision.criteria.size(), decision.themes.size(), decision.aggregation_name,
                                           decision.weighing.summary);
    const std::string grid = fmt::format(
        "Map: cells of {:g} m in {} ({}); coordinates in metres. Made with zonerank {}; manifest.json beside "
        "it tells inputs, settings and checksums.",
        p.territory.grid.cell, p.territory.crs.label(), p.territory.crs.name, version);
    return sources_text(p.study) + "\n" + method + "\n" + grid;
}

} // namespace

LayoutContent layout_content(const Results& results, const std::vector<TreeNode>& tree) {
    const Prepared& p = results.prepared;
    const bool sites = !results.ranking.rows.empty();
    const rasters::Box area = bounds(p.territory.area);
    return {.title = p.study.title,
            .subtitle = sites ? "Suitability of the ground and ranking of the sites" : "Suitability of the ground",
            .layers = map_layers(tree),
            .crs = crs_xml(p.territory.crs),
            .view = area.grown(std::max(area.width(), area.height()) * 0.03),
            .ranking = best_sites(results.ranking),
            .more = sites ? ranked_text(results.ranking) : "",
            .notes = notes_of(p)};
}

} // namespace zonerank::engine
