// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/check_json.hpp"

#include "engine/commands/study_words.hpp"
#include "engine/commands/value_words.hpp"
#include "engine/outputs/figures.hpp"
#include "engine/outputs/memory.hpp"

namespace zonerank::engine {

namespace {

constexpr int digits = 9;

Json choice_json(const layers::Choice& choice) {
    return {{choice.kind, node_json(choice.body)}};
}

Json box_json(const rasters::Box& box) {
    if (box.empty())
        return nullptr;
    Json sides = Json::array();
    for (const double side : {box.xmin, box.ymin, box.xmax, box.ymax})
        sides.push_back(json_figure(side, digits));
    return sides;
}

Json grid_json(const rasters::Grid& grid) {
    return {{"cols", grid.cols}, {"rows", grid.rows}, {"cell", grid.cell}, {"cells", grid.window().size()}};
}

Json crs_json(const Territory& territory) {
    return {{"label", territory.crs.label()},
            {"name", territory.crs.name},
            {"chosen", territory.crs_chosen},
            {"scale_error", json_figure(territory.scale_error, digits)}};
}

Json layer_json(const layers::Sources& sources, const layers::LayerSpec& spec) {
    Json layer{{"name", spec.name}, {"files", spec.paths}};
    try {
        if (sources.is_raster(spec.name)) {
            const rasters::RasterInfo info = sources.raster_info(spec.name);
            layer.update({{"holds", "cells"},
                          {"cols", info.cols},
                          {"rows", info.rows},
                          {"crs", info.crs.label()},
                          {"extent", box_json(info.box)}});
        } else {
            const layers::FeatureInfo info = sources.feature_info(spec.name);
            layer.update({{"holds", "features"},
                          {"count", info.count < 0 ? Json() : Json(info.count)},
                          {"crs", info.crs.label()},
                          {"extent", box_json(info.extent)}});
        }
    } catch (const Error& e) { // a layer that nothing uses may be wrong
        layer["problem"] = e.what();
    }
    return layer;
}

Json layers_json(const Prepared& p) {
    Json list = Json::array();
    for (const layers::LayerSpec& spec : p.study.layers)
        list.push_back(layer_json(*p.sources, spec));
    return list;
}

Json criterion_json(const CriterionSpec& spec, const Criterion& criterion) {
    return {{"name", criterion.name},
            {"label", criterion.label},
            {"weight", json_figure(criterion.weight, digits)},
            {"unit", criterion.shown.name},
            {"on_map", criterion.on_map()},
            {"measure", choice_json(spec.measure)},
            {"value", choice_json(spec.value)},
            {"missing", missing_text(spec.missing)},
            {"catalogue", spec.catalogue.empty() ? Json() : Json(spec.catalogue)},
            {"words", measure_words(spec.measure) + "; " + value_words(criterion)}};
}

Json themes_json(const Prepared& p) {
    Json list = Json::array();
    for (std::size_t t = 0; t < p.decision.themes.size(); ++t) {
        const Theme& theme = p.decision.themes[t];
        Json criteria = Json::array();
        double weight = 0;
        for (std::size_t m = 0; m < theme.members.size(); ++m) {
            const Criterion& criterion = p.decision.criteria[theme.members[m]];
            criteria.push_back(criterion_json(p.study.themes[t].criteria[m], criterion));
            weight += criterion.weight;
        }
        list.push_back({{"name", theme.name},
                        {"label", theme.label},
                        {"weight", json_figure(weight, digits)},
                        {"weighing", theme.weighing.summary},
                        {"aggregation", theme.aggregation_name},
                        {"criteria", criteria}});
    }
    return list;
}

Json constraints_json(const Study& study) {
    Json list = Json::array();
    for (const ConstraintSpec& spec : study.constraints)
        list.push_back({{"name", spec.name},
                        {"label", spec.label},
                        {"excludes", choice_json(spec.choice)},
                        {"words", constraint_words(spec.choice)}});
    return list;
}

Json sites_json(const Prepared& p) {
    if (!p.study.sites)
        return nullptr;
    return {{"count", p.territory.candidates.size()},
            {"needs_usable", p.study.sites->needs_usable},
            {"needs_area_ha", p.study.sites->needs_area_ha}};
}

} // namespace

Json node_json(const layers::Node& node) {
    if (node.is_scalar())
        return node.text;
    Json json = node.is_list() ? Json::array() : node.is_map() ? Json::object() : Json();
    for (const layers::Node& item : node.items)
        json.push_back(node_json(item));
    for (const auto& [key, value] : node.entries)
        json[key] = node_json(value);
    return json;
}

Json check_json(const Prepared& p, const StudyOptions& options) {
    const Territory& t = p.territory;
    Json object = study_json(p, options);
    object.update({{"area_km2", json_figure(rasters::ellipsoidal_area(t.area, t.crs) / 1e6, digits)},
                   {"crs", crs_json(t)},
                   {"grid", grid_json(t.grid)},
                   {"threads", thread_count(options.threads)},
                   {"memory_bytes", json_figure(memory_needed(p, options.threads, options.tile), digits)},
                   {"layers", layers_json(p)},
                   {"aggregation", p.decision.aggregation_name},
                   {"weighing", p.decision.weighing.summary},
                   {"themes", themes_json(p)},
                   {"constraints", constraints_json(p.study)},
                   {"sites", sites_json(p)}});
    return object;
}

} // namespace zonerank::engine
