// SPDX-License-Identifier: Apache-2.0
#include "engine/records/record_json.hpp"

#include "engine/outputs/figures.hpp"

namespace zonerank::engine {

using Json = nlohmann::ordered_json;

namespace {

template <typename T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

Json or_null(double value) {
    return number_json(value);
}

Json or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json run_json(const PastRun& run) {
    return {{"folder", run.folder.string()}, {"study", run.title}, {"version", run.version}, {"grid", run.grid}};
}

Json files_json(const std::vector<FileChange>& changes) {
    Json list = Json::array();
    for (const FileChange& c : changes) {
        Json file = Json::object();
        if (!c.layer.empty())
            file["layer"] = c.layer;
        file.update(
            {{"path", c.path}, {"what", c.what}, {"bytes_before", c.bytes_before}, {"bytes_after", c.bytes_after}});
        list.push_back(std::move(file));
    }
    return list;
}

/// Lists of things with `before` and `after`, under the key `named`.
template <typename Change, typename Name>
Json changes_json(const std::vector<Change>& changes, const char* named, Name Change::*name) {
    Json list = Json::array();
    for (const Change& c : changes)
        list.push_back({{named, c.*name}, {"before", or_null(c.before)}, {"after", or_null(c.after)}});
    return list;
}

Json site_json(const std::optional<PastSite>& site) {
    if (!site)
        return {};
    return {{"rank", or_null(site->rank)}, {"score", or_null(site->score)}, {"reason", or_null(site->reason)}};
}

Json sites_json(const RunDifference& runs) {
    if (!runs.sites_unread.empty())
        return {{"reason", runs.sites_unread}};
    Json list = Json::array();
    for (const SiteChange& s : runs.sites)
        list.push_back({{"id", (s.after ? *s.after : *s.before).id},
                        {"name", s.name()},
                        {"moved", s.moved()},
                        {"before", site_json(s.before)},
                        {"after", site_json(s.after)},
                        {"most_by", or_null(s.mover)},
                        {"most_by_change", s.mover.empty() ? Json() : Json(s.mover_change)}});
    return list;
}

Json ground_json(const std::vector<GroundChange>& changes) {
    const auto amount = [](const std::optional<PastGround>& g) {
        return g ? Json{{"cells", g->cells}, {"ha", or_null(g->ha)}} : Json();
    };
    Json all = Json::object();
    for (const GroundChange& g : changes)
        all[g.name] = {{"before", amount(g.before)}, {"after", amount(g.after)}};
    return all;
}

Json map_json(const MapComparison& map) {
    if (!map.difference)
        return {{"reason", map.reason}};
    const MapDifference& d = *map.difference;
    return {{"same", d.same()},         {"cells", d.both},  {"changed", d.changed},
            {"gained", d.gained},       {"lost", d.lost},   {"mean", d.mean},
            {"mean_size", d.mean_size}, {"least", d.least}, {"most", d.most}};
}

} // namespace

Json verification_json(const PastRun& run, const Verification& verification) {
    Json files = Json::array();
    for (const CheckedFile& file : verification.files)
        files.push_back({{"kind", file.is_input() ? "input" : "output"},
                         {"layer", or_null(file.layer)},
                         {"path", file.path},
                         {"state", state_text(file.state)},
                         {"bytes", file.bytes},
                         {"bytes_then", file.bytes_then}});
    return {{"as_was", verification.as_was()},
            {"run", run.folder.string()},
            {"version", run.version},
            {"study_folder", verification.study_folder ? Json(verification.study_folder->string()) : Json()},
            {"files", files}};
}

Json difference_json(const RunDifference& runs) {
    Json study = runs.study_unread.empty() ? changes_json(runs.study, "what", &StudyChange::what)
                                           : Json{{"reason", runs.study_unread}};
    return {{"same", runs.same()},
            {"before", run_json(runs.before)},
            {"after", run_json(runs.after)},
            {"inputs", files_json(runs.inputs)},
            {"study", study},
            {"weights", changes_json(runs.weights, "criterion", &WeightChange::criterion)},
            {"methods", changes_json(runs.methods, "what", &MethodChange::what)},
            {"sites", sites_json(runs)},
            {"states", ground_json(runs.states)},
            {"constraints", ground_json(runs.constraints)},
            {"suitability", map_json(runs.map)},
            {"outputs", files_json(runs.outputs)}};
}

} // namespace zonerank::engine
