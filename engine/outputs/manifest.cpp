// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/manifest.hpp"

#include "engine/outputs/figures.hpp"
#include "engine/outputs/study_in_words.hpp"
#include "engine/text/utf8.hpp"
#include "engine/text/version.hpp"
#include "engine/text/yaml.hpp"
#include "rasters/access.hpp"
#include "rasters/connection.hpp"
#include "rasters/remote_state.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

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

std::string path_in_study(const fs::path& path, const Study& study) {
    return path.lexically_relative(study.folder.lexically_normal()).generic_string();
}

std::vector<std::string> warnings_of(const Prepared& prepared) {
    std::vector<std::string> texts;
    for (const layers::Problems::Problem& warning : prepared.problems.warnings())
        texts.push_back(fmt::format("{}: {}", place(warning.mark), warning.text));
    return texts;
}

double hectares_per_cell(const Territory& t) {
    const double plane = rasters::area(t.area);
    return t.grid.cell * t.grid.cell / 10'000 * (plane > 0 ? rasters::ellipsoidal_area(t.area, t.crs) / plane : 1);
}

namespace {

Json table_json(const std::string& database, const std::string& table, const Prepared& p) {
    const TableHash hash = hash_of_table(database, table, p.sources->access());
    return {{"database", database}, {"table", table}, {"rows", hash.rows}, {"sha256", hash.sha256}};
}

Json files_json(const std::vector<std::string>& paths, const std::string& layer, const RunRecord& record) {
    const Prepared& p = *record.prepared;
    Json files = Json::array();
    for (const std::string& path : paths) {
        if (rasters::names_database(path)) {
            files.push_back(table_json(path, layer, p));
            continue;
        }
        if (!rasters::local_file(path))
            files.push_back({{"source", "not a file"}}); // a database or an address, which may hold a password
        for (const fs::path& file : record.hashes->parts(path, [&] { return input_files(path, p); })) {
            const FileHash hash = record.hashes->of(file);
            files.push_back({{"path", path_in_study(fs::absolute(file).lexically_normal(), p.study)},
                             {"bytes", hash.bytes},
                             {"sha256", hash.sha256}});
        }
    }
    return files;
}

/// Where the study lies, as the run's folder sees it: told only where it is above it, since other ways
/// would name folders of this machine. (The folder is staged beside where it will lie.)
std::optional<std::string> way_to_study(const RunRecord& record) {
    std::error_code failed;
    const fs::path folder = fs::weakly_canonical(record.folder, failed);
    const fs::path way = fs::weakly_canonical(record.prepared->study.folder, failed).lexically_relative(folder);
    const bool up = !way.empty() && std::ranges::all_of(way, [](const fs::path& part) { return part == ".."; });
    return up && !failed ? std::optional(way.generic_string()) : std::nullopt;
}

Json repairs_json(const layers::Repairs& r) {
    return {{"features", r.read},       {"null", r.null},         {"empty", r.empty},
            {"elsewhere", r.elsewhere}, {"repaired", r.repaired}, {"flattened", r.flattened}};
}

Json inputs_json(const RunRecord& record) {
    const Prepared& p = *record.prepared;
    Json inputs = Json::object();
    const auto repairs = p.sources->repairs();
    for (const layers::LayerSpec& spec : p.study.layers) {
        Json& input = inputs[spec.name] = {{"files", files_json(spec.paths, spec.layer, record)}};
        if (const auto it = repairs.find(spec.name); it != repairs.end())
            input["geometry"] = repairs_json(it->second);
    }
    if (!p.study.area.paths.empty())
        inputs["(area)"] = {{"files", files_json(p.study.area.paths, p.study.area.source_layer, record)},
                            {"geometry", repairs_json(p.territory.area_repairs)}};
    if (p.study.sites && !p.study.sites->paths.empty())
        inputs["(sites)"] = {{"files", files_json(p.study.sites->paths, p.study.sites->source_layer, record)},
                             {"geometry", repairs_json(p.territory.site_repairs)}};
    if (const auto& known = p.study.validate) {
        if (!known->good.paths.empty())
            inputs["(good zones)"] = {{"files", files_json(known->good.paths, known->good.source_layer, record)}};
        if (known->bad && !known->bad->paths.empty())
            inputs["(bad zones)"] = {{"files", files_json(known->bad->paths, known->bad->source_layer, record)}};
    }
    return inputs;
}

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

using Names = std::vector<std::string>;

template <typename Numbers>
Json by_member(const Numbers& numbers, const Names& members) {
    Json json = Json::object();
    std::size_t i = 0;
    for (const double number : numbers)
        if (i < members.size())
            json[members[i++]] = number_json(number);
    return json;
}

Json detail_json(const Detail& detail, const Names& members) {
    if (const auto* number = std::get_if<double>(&detail.value))
        return number_json(*number);
    if (const auto* text = std::get_if<std::string>(&detail.value))
        return *text;
    return by_member(std::get<std::vector<double>>(detail.value), members);
}

Json weighing_json(const Weighing& weighing, const Names& members) {
    Json json{
        {"method", weighing.method}, {"summary", weighing.summary}, {"weights", by_member(weighing.weights, members)}};
    if (weighing.later)
        json["waiting"] = true;
    for (const Detail& detail : weighing.details)
        json["details"][detail.name] = detail_json(detail, members);
    for (std::size_t i = 0; i < weighing.intervals.size() && i < members.size(); ++i)
        json["intervals"][members[i]] = {weighing.intervals[i].first, weighing.intervals[i].second};
    for (const auto& [above, below] : weighing.order)
        json["order"].push_back({members[above], members[below]});
    return json;
}

/// Those that are numbers, words or yes and no, with what a study leaves to their fallbacks.
Json parameters_json(const layers::Params& params) {
    Json all = Json::object();
    for (const auto& [name, value] : params.all())
        if (const auto* number = std::get_if<double>(&value))
            all[name] = *number;
        else if (const auto* flag = std::get_if<bool>(&value))
            all[name] = *flag;
        else if (const auto* text = std::get_if<std::string>(&value))
            all[name] = *text;
    return all;
}

/// With which another function repeats the values elsewhere, in base units.
Json facts_json(const Facts& facts) {
    return {{"min", facts.min}, {"max", facts.max}, {"mean", facts.mean}, {"deviation", facts.deviation}};
}

Json criterion_json(const Criterion& criterion, double map_weight) {
    return {{"theme", criterion.theme},
            {"weight", criterion.weight},
            {"map_weight", map_weight},
            {"missing", missing_text(criterion.missing)},
            {"unit", criterion.unit.name},
            {"measure", criterion.on_map() ? std::string(criterion.measure.kind->name) : "site field"},
            {"parameters", parameters_json(criterion.measure.params)},
            {"value", criterion.value_kind->name},
            {"source", criterion.value_kind->source}};
}

Json decision_json(const Model& model) {
    const Decision& decision = model.decision();
    Json themes = Json::object();
    std::vector<std::string> names;
    for (const Theme& theme : decision.themes) {
        std::vector<std::string> members;
        for (const std::size_t i : theme.members)
            members.push_back(decision.criteria[i].name);
        themes[theme.name] = {{"aggregation", theme.aggregation_name},
                              {"aggregation_summary", theme.aggregation.summary},
                              {"weighing", weighing_json(theme.weighing, members)}};
        names.push_back(theme.name);
    }
    Json criteria = Json::object();
    for (std::size_t i = 0; i < decision.criteria.size(); ++i) {
        Json& criterion = criteria[decision.criteria[i].name];
        criterion = criterion_json(decision.criteria[i], model.map_weight(i));
        if (decision.criteria[i].needs_facts())
            criterion["facts"] = facts_json(model.learnt(i));
    }
    return {{"aggregation", decision.aggregation_name},
            {"aggregation_summary", decision.aggregation.summary},
            {"weighing", weighing_json(decision.weighing, names)},
            {"themes", themes},
            {"criteria", criteria}};
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

std::vector<fs::path> input_files(const std::string& source, const Prepared& prepared) {
    std::vector<fs::path> files;
    if (const auto local = rasters::local_file(source); local && *local != source)
        files.push_back(*local);
    else if (local)
        for (const std::string& file : rasters::files_of(source, prepared.sources->access()))
            if (fs::is_regular_file(file))
                files.emplace_back(file);
    return files;
}

std::vector<std::string> input_sources(const Prepared& prepared) {
    std::set<std::string> sources(prepared.study.area.paths.begin(), prepared.study.area.paths.end());
    for (const layers::LayerSpec& spec : prepared.study.layers)
        sources.insert(spec.paths.begin(), spec.paths.end());
    if (prepared.study.sites)
        sources.insert(prepared.study.sites->paths.begin(), prepared.study.sites->paths.end());
    if (const auto& validate = prepared.study.validate) {
        sources.insert(validate->good.paths.begin(), validate->good.paths.end());
        if (validate->bad)
            sources.insert(validate->bad->paths.begin(), validate->bad->paths.end());
    }
    return {sources.begin(), sources.end()};
}

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
        json["decision"] = decision_json(*p.model);
    if (record.counts)
        json["cells"] = counts_json(record);
    if (!record.links)
        json["percentiles"] = record.exact_quantiles ? "exact" : "histogram of 16384 bins, at most 1/16384 too high";
    json["warnings"] = warnings_of(p);
    if (const auto way = way_to_study(record))
        json["study_folder"] = *way;
    json["inputs"] = inputs_json(record);
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
