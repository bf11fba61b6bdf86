// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/manifest.hpp"
#include "engine/outputs/study_in_words.hpp"
#include "engine/outputs/styles.hpp"
#include "engine/report/json_parts.hpp"
#include "engine/report/object_text.hpp"
#include "engine/report/plain_outline.hpp"

#include <array>
#include <cmath>

namespace zonerank::engine {

namespace {

constexpr std::size_t most_area_corners = 5'000;

double km2(std::int64_t cells, double hectares_each) {
    return static_cast<double>(cells) * hectares_each / 100;
}

Json grid_json(const Territory& t) {
    return {{"cols", t.grid.cols},
            {"rows", t.grid.rows},
            {"cell", t.grid.cell},
            {"west", t.grid.edge_x(0)},
            {"north", t.grid.edge_y(0)},
            {"crs", {{"label", t.crs.label()}, {"name", t.crs.name}, {"chosen", t.crs_chosen}}},
            {"scale_error", number_json(t.scale_error)}};
}

Json states_json(const Results& results, const DisplayMaps* display, double hectares_each) {
    const Prepared& p = results.prepared;
    Json states = Json::array();
    for (const rasters::Category& state : state_categories(p.constraints)) {
        if (state.value == 0)
            continue;
        const bool excluded = state.value >= first_constraint_code;
        Json json{{"code", state.value},
                  {"name", state.name},
                  {"colour", hex(state.colour)},
                  {"kind", excluded ? "excluded" : state.name}};
        if (excluded)
            json["constraint"] = state.value - first_constraint_code;
        const auto cells = display ? display->cells_of(static_cast<std::uint8_t>(state.value)) : 0;
        json["cells"] = display ? Json(cells) : Json();
        json["km2"] = display ? Json(km2(cells, hectares_each)) : Json();
        states.push_back(std::move(json));
    }
    return states;
}

Json cells_json(const CellCounts* counts) {
    if (!counts)
        return nullptr;
    constexpr std::array names{"outside", "excluded", "unknown", "assumed", "valid"};
    Json json = Json::object();
    for (std::size_t i = names.size(); i-- > 0;)
        json[names[i]] = counts->by_state[i];
    return json;
}

Json constraints_json(const Results& results, double hectares_each) {
    const Prepared& p = results.prepared;
    Json all = Json::array();
    for (std::size_t i = 0; i < p.constraints.size(); ++i) {
        const auto ground = [&](const std::vector<std::int64_t>& cells) { return Json(km2(cells[i], hectares_each)); };
        const Constraint& constraint = p.constraints[i];
        all.push_back({{"name", constraint.name},
                       {"label", constraint.label},
                       {"text", choice_text(p.study.constraints[i].choice)},
                       {"km2", results.counts ? ground(results.counts->excluded) : Json()},
                       {"alone_km2", results.counts ? ground(results.counts->excluded_alone) : Json()}});
    }
    return all;
}

} // namespace

Json outline_json(const rasters::Shape& shape, const rasters::Grid& grid, double tolerance, std::size_t most_corners) {
    const double unit = std::pow(10, std::floor(std::log10(grid.cell / 20)));
    const double places = std::round(1 / unit); // whole where the unit is below 1
    const auto rounded = [&](double x) {
        return unit < 1 ? std::round(x * places) / places : std::round(x / unit) * unit;
    };
    Json rings = Json::array();
    for (const rasters::Path& path : plain_outline(shape, tolerance, most_corners)) {
        Json ring = Json::array();
        for (const rasters::Point p : path)
            ring.push_back({rounded(p.x), rounded(p.y)});
        rings.push_back(std::move(ring));
    }
    return rings;
}

std::string map_text(const DisplayMaps::Shown& shown, const rasters::Grid& grid) {
    std::string criteria = "[";
    for (const auto& blob : shown.criteria) {
        criteria += criteria.size() > 1 ? "," : "";
        if (blob)
            ((criteria += '"') += *blob) += '"';
        else
            criteria += "null";
    }
    return ObjectText()
        .add({{"cols", shown.grid.cols},
              {"rows", shown.grid.rows},
              {"step", shown.grid.step},
              {"first", shown.grid.first},
              {"west", grid.edge_x(0)},
              {"north", grid.edge_y(0)},
              {"pixel", grid.cell * shown.grid.step},
              {"levels", display_levels},
              {"error", 0.5 / display_levels}})
        .add_plain("state", shown.state)
        .add_text("criteria", criteria += ']')
        .take();
}

Json ground_json(const Results& results, const DisplayMaps* display, double tolerance) {
    const Territory& t = results.prepared.territory;
    const double hectares = hectares_per_cell(t); // slow: of every bend of the area
    Json json{{"grid", grid_json(t)},
              {"area",
               {{"km2", number_json(rasters::ellipsoidal_area(t.area, t.crs) / 1e6)},
                {"outline", outline_json(t.area, t.grid, tolerance, most_area_corners)}}},
              {"states", states_json(results, display, hectares)},
              {"cells", cells_json(results.counts)},
              {"constraints", constraints_json(results, hectares)}};
    if (display)
        json["scores"] = {{"bins", score_bins}, {"counts", display->score_counts()}};
    return json;
}

} // namespace zonerank::engine
