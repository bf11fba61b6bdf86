// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/records/past_run.hpp"
#include "engine/text/sha256.hpp"
#include "tests/support/folder.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace zonerank::tests {

/// A file as a manifest lists it.
inline nlohmann::ordered_json listed(const std::string& text) {
    return {{"bytes", text.size()}, {"sha256", engine::sha256(text)}};
}

/// A manifest of a run with two outputs and one input, in a study's folder above it; to be changed as a test likes.
inline nlohmann::ordered_json small_manifest() {
    nlohmann::ordered_json input = listed("roads");
    input["path"] = "data/roads.gpkg";
    return {{"program", "zonerank"},
            {"version", "0.1.0"},
            {"study", "Small"},
            {"sites_only", false},
            {"grid", {{"crs", "EPSG:32643"}, {"columns", 4}, {"rows", 3}, {"cell_m", 100}}},
            {"decision",
             {{"aggregation", "weighted sum"},
              {"weighing", {{"summary", "direct"}}},
              {"criteria", {{"power", {{"weight", 0.6}}}, {"local roads", {{"weight", 0.4}}}}}}},
            {"cells",
             {{"states", {{"valid", {{"cells", 10}, {"ha", 10.5}}}, {"excluded", {{"cells", 2}, {"ha", 2.1}}}}},
              {"constraints", {{"steep", {{"excludes", {{"cells", 2}, {"ha", 2.1}}}}}}}}},
            {"study_folder", ".."},
            {"inputs", {{"roads", {{"files", nlohmann::ordered_json::array({input})}}}}},
            {"expanded", "study: Small\ngrid: {cell: 100 m}\n"},
            {"outputs", {{"a.txt", listed("one")}, {"b/c.txt", listed("two")}}}};
}

/// The files that small_manifest() tells of, and it: in `folder`/out and `folder`/data.
inline void write_small_run(const std::filesystem::path& folder, const nlohmann::ordered_json& manifest) {
    std::filesystem::create_directories(folder / "out" / "b");
    std::filesystem::create_directories(folder / "data");
    write_file(folder / "data" / "roads.gpkg", "roads");
    write_file(folder / "out" / "a.txt", "one");
    write_file(folder / "out" / "b" / "c.txt", "two");
    write_file(folder / "out" / "manifest.json", manifest.dump());
}

} // namespace zonerank::tests
