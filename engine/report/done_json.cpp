// SPDX-License-Identifier: Apache-2.0
#include "engine/model/inputs.hpp"
#include "engine/outputs/study_in_words.hpp"
#include "engine/report/json_parts.hpp"
#include "rasters/connection.hpp"
#include "rasters/remote_state.hpp"

#include <fstream>
#include <set>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

Json files_json(const std::vector<std::string>& paths, const std::string& layer, const Results& results) {
    const Prepared& p = results.prepared;
    Json files = Json::array();
    for (const std::string& path : paths) {
        if (rasters::names_database(path)) {
            files.push_back({{"name", fmt::format("{} in {}", layer, rasters::database_label(path))}});
            continue;
        }
        if (!rasters::local_file(path))
            files.push_back({{"name", "not a file"}}); // a database or an address, which may hold a password
        const auto list = [&] { return input_files(path, p); };
        for (const fs::path& file : results.hashes ? results.hashes->parts(path, list) : list()) {
            Json json{{"name", path_in_study(file, p.study)}};
            if (results.hashes)
                json["sha256"] = results.hashes->of(file).sha256;
            files.push_back(std::move(json));
        }
    }
    return files;
}

/// What a layer holds, as far as its file says.
void add_facts(Json& input, const Prepared& p, const std::string& layer) {
    if (p.sources->is_raster(layer)) {
        const rasters::RasterInfo info = p.sources->raster_info(layer);
        input["cells"] = {info.cols, info.rows};
        input["crs"] = info.crs.label();
        return;
    }
    const layers::FeatureInfo info = p.sources->feature_info(layer);
    input["crs"] = info.crs.label();
    if (info.count >= 0)
        input["features"] = info.count;
}

Json repairs_json(const layers::Repairs& r) {
    return {{"read", r.read},           {"null", r.null},         {"empty", r.empty},
            {"elsewhere", r.elsewhere}, {"repaired", r.repaired}, {"flattened", r.flattened}};
}

Json inputs_json(const Results& results) {
    const Prepared& p = results.prepared;
    Json inputs = Json::array();
    const auto repairs = p.sources->repairs();
    for (const layers::LayerSpec& spec : p.study.layers) {
        Json input{{"layer", spec.name}, {"where", spec.where}, {"files", files_json(spec.paths, spec.layer, results)}};
        try {
            add_facts(input, p, spec.name);
        } catch (const Error&) { // a layer that nothing reads may be damaged
        }
        if (const auto it = repairs.find(spec.name); it != repairs.end())
            input["geometry"] = repairs_json(it->second);
        inputs.push_back(std::move(input));
    }
    const auto add = [&](const char* name, const std::vector<std::string>& paths, const std::string& layer,
                         const layers::Repairs& repaired) {
        if (!paths.empty())
            inputs.push_back(
                {{"layer", name}, {"files", files_json(paths, layer, results)}, {"geometry", repairs_json(repaired)}});
    };
    add("(area)", p.study.area.paths, p.study.area.source_layer, p.territory.area_repairs);
    if (p.study.sites)
        add("(sites)", p.study.sites->paths, p.study.sites->source_layer, p.territory.site_repairs);
    return inputs;
}

/// Lines of what was done, each once.
class Methods {
public:
    void add(const std::string& what, const std::string& text) {
        if (!text.empty() && m_told.emplace(what, text).second)
            m_lines.push_back({{"what", what}, {"text", text}});
    }
    Json take() { return std::move(m_lines); }

private:
    Json m_lines = Json::array();
    std::set<std::pair<std::string, std::string>> m_told;
};

std::string with_source(std::string_view summary, std::string_view source) {
    return source.empty() ? std::string(summary) : fmt::format("{} ({})", summary, source);
}

std::string by(const std::string& name) {
    const AggregationKind& kind = layers::find(aggregations(), "aggregation", name);
    return with_source(fmt::format("{}: {}", name, kind.summary), kind.source);
}

void add_decision(Methods& methods, const Decision& decision) {
    methods.add("aggregation of the themes", by(decision.aggregation_name));
    methods.add("weights of the themes", decision.weighing.summary);
    for (const Theme& theme : decision.themes) {
        if (theme.aggregation_name != decision.aggregation_name)
            methods.add(fmt::format("aggregation in '{}'", theme.name), by(theme.aggregation_name));
        methods.add(fmt::format("weights in '{}'", theme.name), theme.weighing.summary);
    }
    for (const Criterion& c : decision.criteria)
        methods.add(fmt::format("value function {}", c.value_kind->name),
                    with_source(c.value_kind->summary, c.value_kind->source));
}

Json methods_json(const Results& results) {
    const Prepared& p = results.prepared;
    Methods methods;
    add_decision(methods, p.decision);
    for (const Criterion& c : p.decision.criteria)
        if (c.on_map())
            methods.add(fmt::format("measure {}", c.measure.kind->name),
                        with_source(c.measure.kind->summary, c.measure.kind->source));
    if (p.study.sites)
        methods.add("sites", fmt::format("a site needs {:g} % of its area usable{} to be ranked",
                                         p.study.sites->needs_usable * 100,
                                         p.study.sites->needs_area_ha > 0
                                             ? fmt::format(" and {:g} ha", p.study.sites->needs_area_ha)
                                             : ""));
    methods.add("percentiles of the sites", results.exact_percentiles
                                                ? "exact, of the sites' cells weighed by coverage"
                                                : "of a histogram of 16384 bins, at most 1/16384 too high");
    return methods.take();
}

/// Without their places in the study's file: the same when a run is repeated from its manifest.
Json warnings_json(const Prepared& prepared) {
    Json texts = Json::array();
    for (const layers::Problems::Problem& warning : prepared.problems.warnings())
        texts.push_back(warning.text);
    return texts;
}

} // namespace

/// Lists of more items than this are cut, those within an analysis' lists as well.
static constexpr std::size_t most_items = 500;

static void cut_lists(Json& json) {
    if (json.is_array() && json.size() > most_items)
        json.erase(json.begin() + most_items, json.end());
    if (json.is_structured())
        for (Json& item : json)
            cut_lists(item);
}

static Json cut_analysis(Json analysis) {
    Json cut = Json::object();
    for (const auto& [name, list] : analysis.items())
        if (list.is_array() && list.size() > most_items)
            cut[name] = list.size();
    cut_lists(analysis);
    if (!cut.empty())
        analysis["cut"] = std::move(cut);
    return analysis;
}

Json analyses_json(const Results& results) {
    Json analyses = Json::object();
    for (const char* name : {"stability", "comparison", "industries", "validation"}) {
        const std::string file = fmt::format("{0}/{0}.json", name);
        if (!results.has(file))
            continue;
        std::ifstream stream(results.folder / file);
        Json parsed = Json::parse(stream, nullptr, false);
        if (parsed.is_discarded())
            throw Error("{}: can't be read back", file);
        analyses[name] = cut_analysis(std::move(parsed));
    }
    return analyses;
}

Json done_json(const Results& results) {
    return {{"inputs", inputs_json(results)},
            {"methods", methods_json(results)},
            {"warnings", warnings_json(results.prepared)}};
}

} // namespace zonerank::engine
