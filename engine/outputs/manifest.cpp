// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/manifest.hpp"

#include "engine/text/version.hpp"
#include "engine/text/yaml.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

/// Where a remark stands, without the folders it was reached by.
static std::string place(const layers::Mark& mark) {
    layers::Mark shown = mark;
    if (mark.file)
        shown.file = std::make_shared<const std::string>(fs::path(*mark.file).filename().string());
    return to_string(shown);
}

/// What was warned of, with the place in the study.
static std::vector<std::string> warnings_of(const Prepared& prepared) {
    std::vector<std::string> texts;
    for (const layers::Problems::Problem& warning : prepared.problems.warnings())
        texts.push_back(fmt::format("{}: {}", place(warning.mark), warning.text));
    return texts;
}

std::optional<std::string> way_to_study(const fs::path& folder, const Study& study) {
    std::error_code failed;
    const fs::path from = fs::weakly_canonical(folder, failed);
    const fs::path way = fs::weakly_canonical(study.folder, failed).lexically_relative(from);
    const bool up = !way.empty() && std::ranges::all_of(way, [](const fs::path& part) { return part == ".."; });
    return up && !failed ? std::optional(way.generic_string()) : std::nullopt;
}

double hectares_per_cell(const Territory& t) {
    const double plane = rasters::area(t.area);
    return t.grid.cell * t.grid.cell / 10'000 * (plane > 0 ? rasters::ellipsoidal_area(t.area, t.crs) / plane : 1);
}

namespace {

Json cells_json(const rasters::Grid& grid) {
    const rasters::Box box = grid.box();
    return {{"cell_m", grid.cell},
            {"columns", grid.cols},
            {"rows", grid.rows},
            {"bounds", {box.xmin, box.ymin, box.xmax, box.ymax}}};
}

Json grid_json(const Territory& t) {
    Json json{{"crs", t.crs.label()}, {"wkt", t.crs.wkt}, {"chosen", t.crs_chosen}, {"scale_error", t.scale_error}};
    json.update(cells_json(t.grid));
    return json;
}

Json links_json(const LinksSpec& spec, const LinkMap& map) {
    Json json{{"between", spec.between}, {"network", network_name(spec.network)}};
    if (!spec.hubs.empty())
        json["hubs"] = spec.hubs;
    if (std::isfinite(spec.limit))
        json["limit_minutes"] = spec.limit;
    json["cost"] = {{"per_hour", spec.cost_per_hour}, {"per_km", spec.cost_per_km}};
    json["method"] = "eikonal";
    const rasters::Crs crs = rasters::parse_crs(map.grid.crs);
    json["friction_grid"] = {{"crs", crs.label()}, {"wkt", crs.wkt}};
    json["friction_grid"].update(cells_json(map.grid));
    json["counts"] = {{"places", map.places.size()}, {"links", map.ways.size()}, {"unknown_pairs", map.unknown.size()}};
    return json;
}

/// Which criteria came from the catalogue, of which `expanded` no longer tells.
Json ready_json(const Study& study) {
    Json ready = Json::object();
    for (const ThemeSpec& theme : study.themes)
        for (const CriterionSpec& criterion : theme.criteria)
            if (!criterion.catalogue.empty())
                ready[criterion.name] = criterion.catalogue;
    return ready;
}

Json counts_json(const RunRecord& record) {
    const Prepared& p = *record.prepared;
    const CellCounts& counts = *record.counts;
    const double hectares = hectares_per_cell(p.territory);
    const auto amount = [&](std::int64_t cells) {
        return Json{{"cells", cells}, {"ha", std::round(static_cast<double>(cells) * hectares * 100) / 100}};
    };
    constexpr std::array names{"outside", "excluded", "unknown", "assumed", "valid"};
    Json states = Json::object(), constraints = Json::object(), criteria = Json::object();
    for (std::size_t i = 0; i < names.size(); ++i)
        states[names[i]] = amount(counts.by_state[i]);
    for (std::size_t i = 0; i < p.constraints.size(); ++i)
        constraints[p.constraints[i].name] = {{"excludes", amount(counts.excluded[i])},
                                              {"alone", amount(counts.excluded_alone[i])}};
    for (std::size_t i = 0; i < p.decision.criteria.size(); ++i)
        if (p.decision.criteria[i].on_map())
            criteria[p.decision.criteria[i].name] = {{"no_data", amount(counts.no_data[i])},
                                                     {"unknown_alone", amount(counts.unknown_alone[i])}};
    return {{"states", states}, {"constraints", constraints}, {"criteria", criteria}};
}

Json seconds_json(const std::vector<std::pair<std::string, double>>& stages) {
    Json json = Json::object();
    for (const auto& [stage, seconds] : stages)
        json[stage] = std::round(seconds * 1000) / 1000;
    return json;
}

} // namespace

std::string manifest_json(const RunRecord& record) {
    const Prepared& p = *record.prepared;
    Json json{{"program", "zonerank"},
              {"version", version},
              {"study", p.study.title},
              {"study_file", p.study.file.filename().string()}};
    if (!record.links)
        json["sites_only"] = record.sites_only;
    json["grid"] = grid_json(p.territory);
    if (record.links)
        json["links"] = links_json(*p.study.links, *record.links);
    else
        json["decision"] = manifest_decision(*p.model);
    if (record.counts)
        json["cells"] = counts_json(record);
    if (!record.links)
        json["percentiles"] = record.exact_quantiles ? "exact" : "histogram of 16384 bins, at most 1/16384 too high";
    json["warnings"] = warnings_of(p);
    if (const auto way = way_to_study(record.folder, p.study)) // staged beside where it will lie
        json["study_folder"] = *way;
    json["inputs"] = manifest_inputs(record);
    if (Json ready = ready_json(p.study); !ready.empty())
        json["ready_criteria"] = std::move(ready);
    json["expanded"] = to_yaml(p.study.expanded);
    json["seconds"] = {{"wall", std::round(record.seconds * 1000) / 1000},
                       {"work", seconds_json(record.stages)},
                       {"stages", seconds_json(record.inner)}};
    Json outputs = Json::object();
    for (const std::string& name : record.outputs) {
        const FileHash hash = record.hashes->of(record.folder / name);
        outputs[name] = {{"bytes", hash.bytes}, {"sha256", hash.sha256}};
    }
    json["outputs"] = outputs;
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace zonerank::engine
