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

Json files_json(const Input& input, const RunRecord& record) {
    const Prepared& p = *record.prepared;
    Json files = Json::array();
    for (const std::string& path : input.paths) {
        if (rasters::names_database(path)) {
            files.push_back(table_json(path, input.layer, record));
            continue;
        }
        if (!rasters::local_file(path))
            files.push_back({{"source", "not a file"}}); // a database or an address, which may hold a password
        for (const fs::path& file : record.hashes->parts(path, [&] { return input_files(path, p); })) {
            const FileHash hash = record.hashes->of(file);
            files.push_back({{"path", path_in_study(file, p.study)}, {"bytes", hash.bytes}, {"sha256", hash.sha256}});
        }
    }
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
