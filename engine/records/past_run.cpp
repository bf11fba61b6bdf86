// SPDX-License-Identifier: Apache-2.0
#include "engine/records/past_run.hpp"

#include "engine/text/escape.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/core/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largest_manifest = 64 << 20;
constexpr int deepest = 64; ///< levels; ours have eight

Json parsed(const fs::path& path) {
    std::error_code failed;
    if (!fs::is_regular_file(path, failed))
        throw Error("no such file");
    if (fs::file_size(path, failed) > largest_manifest)
        throw Error("larger than 64 MiB");
    std::ifstream file(path, std::ios::binary);
    const auto shallow = [](int depth, Json::parse_event_t, Json&) {
        if (depth > deepest)
            throw Error("more than {} levels deep", deepest);
        return true;
    };
    Json manifest = Json::parse(file, shallow, false);
    if (!manifest.is_object() || manifest.value("program", Json()) != "zonerank")
        throw Error("not the manifest of a run of zonerank");
    return manifest;
}

[[noreturn]] void wrong(std::string_view key, std::string_view wanted) {
    throw Error("'{}' is not {}", layers::excerpt(key), wanted);
}

const Json& none() {
    static const Json null;
    return null;
}

const Json& member(const Json& object, const std::string& key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found == object.end() ? none() : *found;
}

std::string text(const Json& object, const std::string& key, bool required = false) {
    const Json& value = member(object, key);
    if (!value.is_string() && (required || !value.is_null()))
        wrong(key, "a text");
    return value.is_string() ? value.get<std::string>() : "";
}

bool flag(const Json& object, const std::string& key) {
    const Json& value = member(object, key);
    if (!value.is_boolean() && !value.is_null())
        wrong(key, "true or false");
    return value.is_boolean() && value.get<bool>();
}

double number(const Json& object, const std::string& key) {
    const Json& value = member(object, key);
    if (!value.is_number() && !value.is_null())
        wrong(key, "a number");
    return value.is_number() ? value.get<double>() : NAN;
}

std::uint64_t count(const Json& object, const std::string& key) {
    const Json& value = member(object, key);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > std::uint64_t{1} << 62)
        wrong(key, "a whole number");
    return value.get<std::uint64_t>();
}

/// An object's members; none where there is no object.
const Json& members(const Json& object, const std::string& key, bool required = false) {
    const Json& value = member(object, key);
    if (!value.is_object() && (required || !value.is_null()))
        wrong(key, "an object");
    static const Json empty = Json::object();
    return value.is_object() ? value : empty;
}

std::string sum(const Json& file, const std::string& path) {
    std::string hex = text(file, "sha256", true);
    if (hex.size() != 64 || hex.find_first_not_of("0123456789abcdef") != hex.npos)
        throw Error("'{}' has no SHA-256", layers::excerpt(path));
    return hex;
}

std::vector<ListedFile> read_outputs(const Json& manifest) {
    std::vector<ListedFile> files;
    for (const auto& [path, about] : members(manifest, "outputs", true).items()) {
        if (!stays_inside(path))
            throw Error("the output '{}' leads out of the run's folder", layers::excerpt(path));
        files.push_back({path, count(about, "bytes"), sum(about, path)});
    }
    return files;
}

ListedFile input_file(const Json& file) {
    ListedFile listed{text(file, "path", true), count(file, "bytes"), {}};
    listed.sha256 = sum(file, listed.path);
    const bool plain = !listed.path.empty() && listed.path.find('\0') == listed.path.npos;
    if (!plain || fs::path(listed.path).is_absolute())
        throw Error("the input '{}' is no path from the study's folder", layers::excerpt(listed.path));
    return listed;
}

std::vector<PastInput> read_inputs(const Json& manifest) {
    std::vector<PastInput> inputs;
    for (const auto& [layer, about] : members(manifest, "inputs", true).items()) {
        PastInput input{layer, {}};
        const Json& files = member(about, "files");
        if (!files.is_array())
            wrong("files", "a list");
        for (const Json& file : files)
            if (file.is_object() && file.contains("source"))
                input.elsewhere = true;
            else
                input.files.push_back(input_file(file));
        inputs.push_back(std::move(input));
    }
    return inputs;
}

std::string grid_text(const Json& grid) {
    return fmt::format("{}, {} x {} cells of {:g} m", text(grid, "crs"), count(grid, "columns"), count(grid, "rows"),
                       number(grid, "cell_m"));
}

std::vector<NamedNumber> read_weights(const Json& decision) {
    std::vector<NamedNumber> weights;
    for (const auto& [name, criterion] : members(decision, "criteria").items())
        weights.push_back({name, number(criterion, "weight")});
    return weights;
}

void add_group(std::vector<NamedText>& methods, const Json& group, const std::string& where) {
    methods.push_back({"aggregation" + where, text(group, "aggregation")});
    methods.push_back({"weights" + where, text(members(group, "weighing"), "summary")});
}

std::vector<NamedText> read_methods(const Json& manifest) {
    std::vector<NamedText> methods;
    const Json& decision = members(manifest, "decision");
    if (!decision.empty())
        add_group(methods, decision, " of the themes");
    for (const auto& [name, theme] : members(decision, "themes").items())
        add_group(methods, theme, " in " + name);
    methods.push_back({"percentiles", text(manifest, "percentiles")});
    std::erase_if(methods, [](const NamedText& method) { return method.text.empty(); });
    return methods;
}

PastGround ground(const std::string& name, const Json& amount) {
    return {name, static_cast<std::int64_t>(count(amount, "cells")), number(amount, "ha")};
}

void read_ground(const Json& cells, PastRun& run) {
    for (const auto& [name, amount] : members(cells, "states").items())
        run.states.push_back(ground(name, amount));
    for (const auto& [name, amounts] : members(cells, "constraints").items())
        run.constraints.push_back(ground(name, members(amounts, "excludes", true)));
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
    const Json manifest = parsed(path);
    PastRun run{.folder = path.parent_path().empty() ? "." : path.parent_path()};
    run.version = text(manifest, "version");
    run.title = text(manifest, "study");
    run.sites_only = flag(manifest, "sites_only");
    run.connected = manifest.contains("links");
    run.study_file = name_alone(text(manifest, "study_file"));
    run.study_folder = upward(text(manifest, "study_folder"));
    const Json& ready = members(manifest, "ready_criteria");
    for (const auto& [name, entry] : ready.items())
        run.ready_criteria.push_back({name, text(ready, name)});
    run.expanded = text(manifest, "expanded");
    run.grid = grid_text(members(manifest, "grid", true));
    run.outputs = read_outputs(manifest);
    run.inputs = read_inputs(manifest);
    run.weights = read_weights(members(manifest, "decision"));
    run.methods = read_methods(manifest);
    read_ground(members(manifest, "cells"), run);
    return run;
}

} // namespace

bool stays_inside(const std::string& path) {
    const fs::path name(path);
    return !path.empty() && path.find('\0') == path.npos && name.is_relative() && name.has_filename() &&
           std::ranges::none_of(name, [](const fs::path& part) { return part == ".." || part == "."; });
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
