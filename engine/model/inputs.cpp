// SPDX-License-Identifier: Apache-2.0
#include "engine/model/inputs.hpp"

#include "layers/vectors/shared_inputs.hpp"
#include "rasters/access.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"
#include "rasters/remote_state.hpp"
#include "rasters/vrt.hpp"

#include <algorithm>
#include <set>

namespace zonerank::engine {

namespace fs = std::filesystem;
using layers::Node;

namespace {

void add_table(const Node& judgements, const Study& study, std::set<fs::path>& tables) {
    if (const Node* csv = judgements.find("csv"); csv && csv->is_scalar())
        tables.insert((study.folder / csv->text).lexically_normal());
}

/// `weights: {ahp: {csv: ...}}`, of one or of several people, wherever weights are.
void add_tables(const Node& part, const Study& study, std::set<fs::path>& tables) {
    for (const auto& [key, value] : part.entries) {
        const Node* ahp = key == "weights" ? value.find("ahp") : nullptr;
        if (!ahp) {
            add_tables(value, study, tables);
            continue;
        }
        add_table(*ahp, study, tables);
        if (const Node* people = ahp->find("people"))
            for (const Node::Entry& person : people->entries)
                add_table(person.second, study, tables);
    }
}

/// A folder is all that is in it: not every driver lists what it reads there. Others' locks come and go.
std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().extension() != ".lock")
            files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

} // namespace

std::vector<fs::path> judgement_tables(const Study& study) {
    std::set<fs::path> tables;
    for (const char* key : {"criteria", "profiles"})
        if (const Node* part = study.expanded.find(key))
            add_tables(*part, study, tables);
    return {tables.begin(), tables.end()};
}

std::vector<Input> inputs_of(const Study& study) {
    std::vector<Input> inputs;
    for (const layers::LayerSpec& spec : study.layers)
        inputs.push_back({spec.name, spec.paths, spec.layer});
    const auto add = [&](const char* name, const auto& spec) {
        if (!spec.paths.empty())
            inputs.push_back({name, spec.paths, spec.source_layer});
    };
    add("(area)", study.area);
    if (study.sites)
        add("(sites)", *study.sites);
    if (study.validate) {
        add("(good zones)", study.validate->good);
        if (study.validate->bad)
            add("(bad zones)", *study.validate->bad);
    }
    Input judgements{.name = judgements_input, .is_text = true};
    for (const fs::path& table : judgement_tables(study))
        judgements.paths.push_back(table.string());
    if (!judgements.paths.empty())
        inputs.push_back(std::move(judgements));
    return inputs;
}

std::set<std::pair<std::string, std::string>> input_tables(const Study& study) {
    std::set<std::pair<std::string, std::string>> tables;
    for (const Input& input : inputs_of(study))
        for (const std::string& path : input.paths)
            if (rasters::names_database(path))
                tables.emplace(path, input.layer);
    return tables;
}

/// A folder is what is in it, a VRT what it names. What can't be opened is told by who reads it.
static void note_file(const std::string& path, const rasters::Access& access, FileStates& states) {
    states.note_with_companions(path);
    std::error_code failed;
    const bool is_vrt = fs::is_regular_file(path, failed) && rasters::is_vrt(path);
    if (!is_vrt && !fs::is_directory(path, failed))
        return;
    try {
        for (const fs::path& file : input_files(path, access))
            states.note_with_companions(file);
    } catch (const Error&) {
        return;
    } catch (const fs::filesystem_error&) {
        return;
    }
}

void note_input(const Input& input, const rasters::Access& access, FileStates& states) {
    for (const std::string& path : input.paths)
        if (input.is_text)
            states.note(path);
        else if (rasters::names_database(path))
            states.note_table(path, input.layer, access);
        else
            note_file(path, access, states);
}

void note_inputs(const Study& study, const rasters::Access& access, FileStates& states) {
    for (const Input& input : inputs_of(study))
        note_input(input, access, states);
    layers::Sharing::ask_again();
}

std::vector<std::string> input_sources(const Prepared& prepared) {
    std::set<std::string> sources;
    for (const Input& input : inputs_of(prepared.study))
        if (!input.is_text)
            sources.insert(input.paths.begin(), input.paths.end());
    return {sources.begin(), sources.end()};
}

std::vector<fs::path> input_files(const std::string& source, const rasters::Access& access) {
    const std::optional<fs::path> local = rasters::local_file(source);
    if (!local)
        return {};
    if (*local != source)
        return {*local};
    if (fs::is_directory(source))
        return files_in(source);
    std::vector<fs::path> files;
    for (const std::string& file : rasters::files_of(source, access))
        if (fs::is_regular_file(file))
            files.emplace_back(file);
    return files;
}

std::vector<fs::path> input_files(const std::string& source, const Prepared& prepared) {
    return input_files(source, prepared.sources->access());
}

std::string path_in_study(const fs::path& path, const Study& study) {
    const fs::path whole = fs::absolute(path).lexically_normal();
    return whole.lexically_relative(study.folder.lexically_normal()).generic_string();
}

} // namespace zonerank::engine
