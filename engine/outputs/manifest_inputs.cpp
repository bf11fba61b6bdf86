// SPDX-License-Identifier: Apache-2.0
#include "engine/model/inputs.hpp"
#include "engine/outputs/manifest.hpp"
#include "rasters/connection.hpp"
#include "rasters/remote_state.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

Json table_json(const std::string& database, const std::string& table, const RunRecord& record) {
    const TableHash hash = record.hashes->of_table(database, table, record.prepared->sources->access());
    return {{"database", database}, {"table", table}, {"rows", hash.rows}, {"sha256", hash.sha256}};
}

Json file_json(const fs::path& file, const RunRecord& record) {
    const FileHash hash = record.hashes->of(file);
    return {{"path", path_in_study(file, record.prepared->study)}, {"bytes", hash.bytes}, {"sha256", hash.sha256}};
}

/// What a server tells of a file; one that tells nothing may send another at any time.
Json remote_json(const rasters::RemoteFile& file) {
    Json json{{"source", file.name}};
    if (file.state)
        json.update({{"bytes", file.state->bytes}, {"modified", file.state->modified}, {"tag", file.state->tag}});
    return json;
}

void add_source(const std::string& source, const Input& input, const RunRecord& record, Json& files) {
    const Prepared& p = *record.prepared;
    if (input.is_text)
        return files.push_back(file_json(source, record));
    if (rasters::names_database(source))
        return files.push_back(table_json(source, input.layer, record));
    for (const rasters::RemoteFile& file : rasters::remote_files(source, p.sources->access()))
        files.push_back(remote_json(file));
    for (const fs::path& file : record.hashes->parts(source, [&] { return input_files(source, p); }))
        files.push_back(file_json(file, record));
}

Json files_json(const Input& input, const RunRecord& record) {
    Json files = Json::array();
    for (const std::string& source : input.paths)
        add_source(source, input, record, files);
    return files;
}

Json repairs_json(const layers::Repairs& r) {
    return {{"features", r.read},       {"null", r.null},         {"empty", r.empty},
            {"elsewhere", r.elsewhere}, {"repaired", r.repaired}, {"flattened", r.flattened}};
}

/// What was put right in the layers, the area and the sites, by the inputs' names.
std::map<std::string, layers::Repairs> repairs_of(const Prepared& p) {
    auto repairs = p.sources->repairs();
    repairs.emplace("(area)", p.territory.area_repairs);
    repairs.emplace("(sites)", p.territory.site_repairs);
    return repairs;
}

} // namespace

Json manifest_inputs(const RunRecord& record) {
    Json inputs = Json::object();
    const auto repairs = repairs_of(*record.prepared);
    for (const Input& input : inputs_of(record.prepared->study)) {
        Json& told = inputs[input.name] = {{"files", files_json(input, record)}};
        if (const auto it = repairs.find(input.name); it != repairs.end())
            told["geometry"] = repairs_json(it->second);
    }
    return inputs;
}

} // namespace zonerank::engine
