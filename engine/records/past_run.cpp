// SPDX-License-Identifier: Apache-2.0
#include "engine/records/past_run.hpp"

#include "engine/text/checked_json.hpp"
#include "engine/text/escape.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

std::vector<ListedFile> read_outputs(const Json& manifest) {
    std::vector<ListedFile> files;
    for (const auto& [path, about] : object_member(manifest, "outputs", true).items()) {
        if (!stays_inside(path))
            throw Error("the output '{}' leads out of the run's folder", layers::excerpt(path));
        files.push_back({path, count_member(about, "bytes"), sha256_member(about, path)});
    }
    return files;
}

ListedFile input_file(const Json& file) {
    ListedFile listed{text_member(file, "path", true), count_member(file, "bytes"), {}};
    listed.sha256 = sha256_member(file, listed.path);
    const bool plain = !listed.path.empty() && listed.path.find('\0') == listed.path.npos;
    if (!plain || fs::path(listed.path).is_absolute())
        throw Error("the input '{}' is no path from the study's folder", layers::excerpt(listed.path));
    return listed;
}

PastTable table_of(const Json& json) {
    PastTable table{text_member(json, "database", true), text_member(json, "table"), count_member(json, "rows"), {}};
    table.sha256 = sha256_member(json, table.table);
    if (!rasters::names_database(table.database))
        throw Error("the input '{}' is in no database", layers::excerpt(table.table));
    return table;
}

/// An address whose state is known; of one that is none, or of which nothing was told, anything may be there now.
void add_remote(const Json& file, PastInput& input) {
    const std::string source = text_member(file, "source");
    if (rasters::server_name(source).empty() || !file.contains("modified")) {
        input.elsewhere = true;
        return;
    }
    const auto modified = static_cast<std::int64_t>(count_member(file, "modified"));
    input.remotes.push_back(
        {source, rasters::RemoteState{count_member(file, "bytes"), modified, text_member(file, "tag")}});
}

std::vector<PastInput> read_inputs(const Json& manifest) {
    std::vector<PastInput> inputs;
    for (const auto& [layer, about] : object_member(manifest, "inputs", true).items()) {
        PastInput input{.layer = layer};
        for (const Json& file : list_member(about, "files"))
            if (file.is_object() && file.contains("source"))
                add_remote(file, input);
            else if (file.is_object() && file.contains("database"))
                input.tables.push_back(table_of(file));
            else
                input.files.push_back(input_file(file));
        inputs.push_back(std::move(input));
    }
    return inputs;
}

std::string grid_text(const Json& grid) {
    return fmt::format("{}, {} x {} cells of {:g} m", text_member(grid, "crs"), count_member(grid, "columns"),
                       count_member(grid, "rows"), number_member(grid, "cell_m"));
}

std::vector<NamedNumber> read_weights(const Json& decision) {
    std::vector<NamedNumber> weights;
    for (const auto& [name, criterion] : object_member(decision, "criteria").items())
        weights.push_back({name, number_member(criterion, "weight")});
    return weights;
}

void add_group(std::vector<NamedText>& methods, const Json& group, const std::string& where) {
    methods.push_back({"aggregation" + where, text_member(group, "aggregation")});
    methods.push_back({"weights" + where, text_member(object_member(group, "weighing"), "summary")});
}

std::vector<NamedText> read_methods(const Json& manifest) {
    std::vector<NamedText> methods;
    const Json& decision = object_member(manifest, "decision");
    if (!decision.empty())
        add_group(methods, decision, " of the themes");
    for (const auto& [name, theme] : object_member(decision, "themes").items())
        add_group(methods, theme, " in " + name);
    methods.push_back({"percentiles", text_member(manifest, "percentiles")});
    std::erase_if(methods, [](const NamedText& method) { return method.text.empty(); });
    return methods;
}

PastGround ground(const std::string& name, const Json& amount) {
    return {name, static_cast<std::int64_t>(count_member(amount, "cells")), number_member(amount, "ha")};
}

void read_ground(const Json& cells, PastRun& run) {
    for (const auto& [name, amount] : object_member(cells, "states").items())
        run.states.push_back(ground(name, amount));
    for (const auto& [name, amounts] : object_member(cells, "constraints").items())
        run.constraints.push_back(ground(name, object_member(amounts, "excludes", true)));
}

/// Only ever up, so that no manifest leads us anywhere but round its own folder.
std::optional<std::string> upward(const std::string& folder) {
    const fs::path path(folder);
    const bool up = std::ranges::all_of(path, [](const fs::path& part) { return part == ".." || part == "."; });
    return up && !folder.empty() ? std::optional(folder) : std::nullopt;
}

/// Not a way to elsewhere.
std::string name_alone(const std::string& name) {
    if (!name.empty() && (!stays_inside(name) || fs::path(name).has_parent_path()))
        throw Error("the study's file '{}' is no name alone", layers::excerpt(name));
    return name;
}

PastRun read(const fs::path& path) {
    const Json manifest = read_own_json(path, 64, "the manifest of a run of zonerank");
    PastRun run{.folder = path.parent_path().empty() ? "." : path.parent_path()};
    run.version = text_member(manifest, "version");
    run.title = text_member(manifest, "study");
    run.sites_only = flag_member(manifest, "sites_only");
    run.connected = manifest.contains("links");
    run.study_file = name_alone(text_member(manifest, "study_file"));
    run.study_folder = upward(text_member(manifest, "study_folder"));
    const Json& ready = object_member(manifest, "ready_criteria");
    for (const auto& [name, entry] : ready.items())
        run.ready_criteria.push_back({name, text_member(ready, name)});
    run.expanded = text_member(manifest, "expanded");
    run.grid = grid_text(object_member(manifest, "grid", true));
    run.outputs = read_outputs(manifest);
    run.inputs = read_inputs(manifest);
    run.weights = read_weights(object_member(manifest, "decision"));
    run.methods = read_methods(manifest);
    read_ground(object_member(manifest, "cells"), run);
    return run;
}

} // namespace

bool stays_inside(const std::string& path) {
    const fs::path name(path);
    return !path.empty() && path.find('\0') == path.npos && name.is_relative() && name.has_filename() &&
           std::ranges::none_of(name, [](const fs::path& part) { return part == ".." || part == "."; });
}

std::string PastTable::label() const {
    const std::string where = rasters::database_label(database);
    return table.empty() ? "the table of " + where : fmt::format("{} in {}", table, where);
}

PastRun read_past_run(const fs::path& run) {
    std::error_code ignored;
    const fs::path path = fs::is_directory(run, ignored) ? run / "manifest.json" : run;
    return in_context(path.string(), [&] {
        try {
            return read(path);
        } catch (const Json::exception& e) { // of a number too large for its place
            throw Error("not the manifest of a run of zonerank ({})", e.what());
        }
    });
}

} // namespace zonerank::engine
