// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/study_in_words.hpp"

#include "engine/model/fields.hpp"
#include "engine/needs/disk.hpp"
#include "engine/needs/memory_needed.hpp"
#include "engine/outputs/weighing_report.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"
#include "layers/vectors/ogr.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

using layers::Node;
using Rows = std::vector<std::vector<std::string>>;

std::string flow_text(const Node& node) {
    std::string text;
    switch (node.kind) {
    case Node::Kind::null:
        return "null";
    case Node::Kind::scalar:
        return node.quoted ? json_string(node.text) : node.text;
    case Node::Kind::list:
        for (const Node& item : node.items)
            text += (text.empty() ? "" : ", ") + flow_text(item);
        return "[" + text + "]";
    case Node::Kind::map:
        for (const auto& [key, value] : node.entries)
            text += (text.empty() ? "" : ", ") + key + ": " + flow_text(value);
        return "{" + text + "}";
    }
    return text;
}

std::string choice_text(const layers::Choice& choice) {
    return choice.body.is_null() ? choice.kind : fmt::format("{} {}", choice.kind, flow_text(choice.body));
}

namespace {

std::string percent(double share) {
    return fmt::format("{:.3g} %", share * 100);
}

std::string extent_text(const rasters::Box& box, const rasters::Crs& crs) {
    const bool degrees = !crs.projected;
    return box.empty() ? "empty"
                       : fmt::format("{:.{}f} {:.{}f} .. {:.{}f} {:.{}f}", box.xmin, degrees ? 3 : 0, box.ymin,
                                     degrees ? 3 : 0, box.xmax, degrees ? 3 : 0, box.ymax, degrees ? 3 : 0);
}

std::string values_text(const rasters::RasterInfo& info) {
    const char* const kind = info.values == rasters::Values::continuous ? "continuous"
                             : info.values == rasters::Values::classes  ? "classes"
                                                                        : "counts";
    return info.guessed ? fmt::format("{} (guessed)", kind) : kind;
}

std::vector<std::string> layer_row(const Prepared& p, const layers::LayerSpec& spec) {
    std::string path = spec.paths.empty() ? "" : layers::short_name(spec.paths.front());
    if (spec.paths.size() > 1)
        path += fmt::format(" and {} more", spec.paths.size() - 1);
    try {
        if (p.sources->is_raster(spec.name)) {
            const rasters::RasterInfo info = p.sources->raster_info(spec.name);
            return {spec.name, path, fmt::format("{} x {}, {}", info.cols, info.rows, values_text(info)),
                    info.crs.label(), extent_text(info.box, info.crs)};
        }
        const layers::FeatureInfo info = p.sources->feature_info(spec.name);
        // OSM files tell only by being read.
        const std::string count =
            info.count < 0 ? "features"
                           : fmt::format("{} feature{}", with_thousands(info.count), info.count == 1 ? "" : "s");
        return {spec.name, path, count, info.crs.label(), extent_text(info.extent, info.crs)};
    } catch (const Error& e) {
        return {spec.name, path, e.what(), "", ""};
    }
}

Rows criteria_rows(const Prepared& p) {
    Rows rows{{"theme", "criterion", "weight", "missing", "measure → value"}};
    std::size_t i = 0;
    for (const ThemeSpec& theme : p.study.themes)
        for (const CriterionSpec& spec : theme.criteria)
            rows.push_back({theme.name, spec.name, percent(p.decision.criteria[i++].weight), missing_text(spec.missing),
                            fmt::format("{} → {}", choice_text(spec.measure), choice_text(spec.value))});
    return rows;
}

std::string aggregation_note(const std::string& what, const std::string& name, const Aggregation& aggregation) {
    const AggregationKind& row = layers::find(aggregations(), "aggregation", name);
    const std::string said = aggregation.summary == name ? "" : aggregation.summary + ". ";
    return fmt::format("  {} by {}: {}{}\n", what, name, said, row.summary);
}

/// How values become a score, theme by theme where one has its own way.
std::string aggregation_notes(const Decision& decision) {
    const auto own = [&](const Theme& theme) { return theme.aggregation.summary != decision.aggregation.summary; };
    const bool any_own = std::ranges::any_of(decision.themes, own), one = decision.themes.size() == 1;
    std::string text;
    if (!one || !any_own)
        text += aggregation_note(any_own ? "the themes"
                                 : one   ? "the criteria"
                                         : "criteria and themes",
                                 decision.aggregation_name, decision.aggregation);
    for (const Theme& theme : decision.themes)
        if (own(theme))
            text += aggregation_note(fmt::format("theme '{}'", theme.name), theme.aggregation_name, theme.aggregation);
    return text;
}

std::string site_notes(const Decision& decision) {
    std::string text;
    for (const Criterion& criterion : decision.criteria)
        if (!criterion.on_map())
            text += fmt::format("  '{}' ranks the sites and is not on the map, where the others share its {}\n",
                                criterion.name, percent(criterion.weight));
    return text;
}

std::string catalogue_notes(const Study& study) {
    std::string text;
    for (const ThemeSpec& theme : study.themes)
        for (const CriterionSpec& spec : theme.criteria)
            if (!spec.catalogue.empty())
                text += fmt::format("  '{}' is the catalogue's {}: {} from there\n", spec.name, spec.catalogue,
                                    fmt::join(spec.from_catalogue, ", "));
    return text;
}

std::string area_text(double km2) {
    return km2 < 100 ? fmt::format("{:.3g}", km2) : with_thousands(std::llround(km2));
}

std::string grid_text(const Prepared& p, unsigned threads, int tile_side) {
    const Territory& t = p.territory;
    const long long cells = t.grid.window().size();
    std::string text = fmt::format("Area    {} km²\n", area_text(rasters::ellipsoidal_area(t.area, t.crs) / 1e6));
    text +=
        fmt::format("CRS     {} ({}){}; distances off by up to {}\n", shown_on_terminal(t.crs.label()),
                    shown_on_terminal(t.crs.name), t.crs_chosen ? ", chosen for the area" : "", percent(t.scale_error));
    text += fmt::format("Grid    {} x {} cells of {:g} m: {}\n", with_thousands(t.grid.cols),
                        with_thousands(t.grid.rows), t.grid.cell, with_thousands(cells));
    for (const rasters::Grid& friction : friction_grids(*p.model))
        text += fmt::format("Travel  over {} x {} cells of {:g} m: {}; CRS {}\n", with_thousands(friction.cols),
                            with_thousands(friction.rows), friction.cell, with_thousands(friction.window().size()),
                            shown_on_terminal(rasters::parse_crs(friction.crs).label()));
    text += fmt::format("Memory  about {} with {} threads; disk about {}\n",
                        bytes_text(memory_needed(p, threads, tile_side)), thread_count(threads),
                        bytes_text(disk_needed(p) + scratch_needed(p)));
    text += fmt::format("        to measure one criterion about {} for its map",
                        bytes_text(memory_to_measure(p, threads, tile_side, false)));
    if (p.study.sites)
        text +=
            fmt::format(", {} for its table of the sites", bytes_text(memory_to_measure(p, threads, tile_side, true)));
    text += "\n";
    return text;
}

bool tells_more(const Weighing& weighing) {
    return weighing.later || !weighing.details.empty();
}

/// Of each group whose weights have more to tell than themselves.
std::string weights_text(const Decision& decision, int width) {
    std::string text;
    std::vector<std::string> names;
    for (const Theme& theme : decision.themes) {
        std::vector<std::string> members;
        for (const std::size_t i : theme.members)
            members.push_back(decision.criteria[i].name);
        if (tells_more(theme.weighing))
            text += fmt::format("\nWeights in theme '{}'\n{}", shown_on_terminal(theme.name),
                                weighing_text(theme.weighing, members, width));
        names.push_back(theme.name);
    }
    if (!tells_more(decision.weighing))
        return text;
    return fmt::format("\nWeights of the themes\n{}{}", weighing_text(decision.weighing, names, width), text);
}

std::string repairs_text(const Prepared& p) {
    std::string text;
    for (const auto& [name, r] : p.sources->repairs())
        if (r.null + r.empty + r.elsewhere + r.repaired > 0)
            text += fmt::format(
                "  '{}': {} invalid geometries mended, {} empty, {} null and {} beyond the grid's CRS left out\n", name,
                r.repaired, r.empty, r.null, r.elsewhere);
    return text;
}

} // namespace

std::string study_in_words(const Prepared& p, unsigned threads, int tile_side, int width) {
    std::string text = grid_text(p, threads, tile_side);
    Rows layers{{"layer", "file", "holds", "CRS", "extent"}};
    for (const layers::LayerSpec& spec : p.study.layers)
        layers.push_back(layer_row(p, spec));
    text += fmt::format("\nLayers\n{}{}", aligned(layers, "  ", width), repairs_text(p));
    text += fmt::format("\nCriteria ({}; themes weighed: {})\n{}{}", p.decision.aggregation_name,
                        p.decision.weighing.summary, aligned(criteria_rows(p), "  ", width),
                        aggregation_notes(p.decision) + catalogue_notes(p.study) + site_notes(p.decision));
    text += weights_text(p.decision, width);
    if (!p.study.constraints.empty()) {
        Rows rows{{"constraint", "excludes"}};
        for (const ConstraintSpec& spec : p.study.constraints)
            rows.push_back({spec.name, choice_text(spec.choice)});
        text += fmt::format("\nConstraints\n{}", aligned(rows, "  ", width));
    }
    if (p.study.sites)
        text += fmt::format(
            "\nSites\n  {}; a site needs {} of its area usable{}\n",
            with_thousands(static_cast<long long>(p.territory.candidates.size())), percent(p.study.sites->needs_usable),
            p.study.sites->needs_area_ha > 0 ? fmt::format(" and {:g} ha", p.study.sites->needs_area_ha) : "");
    return text;
}

} // namespace zonerank::engine
