// SPDX-License-Identifier: Apache-2.0
#include "engine/model/inputs.hpp"

#include "layers/vectors/shared_inputs.hpp"
#include "rasters/access.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"
#include "rasters/remote_state.hpp"
#include "rasters/vrt.hpp"

namespace zonerank::engine {

namespace fs = std::filesystem;

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

/// A VRT is what it names. One that can't be opened is told by who reads it.
static void note_file(const std::string& path, const rasters::Access& access, FileStates& states) {
    states.note_with_companions(path);
    std::error_code failed;
    if (!fs::is_regular_file(path, failed) || !rasters::is_vrt(path))
        return;
    try {
        for (const std::string& file : rasters::files_of(path, access))
            states.note_with_companions(file);
    } catch (const Error&) {
        return;
    }
}

void note_input(const Input& input, const rasters::Access& access, FileStates& states) {
    for (const std::string& path : input.paths)
        if (rasters::names_database(path))
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
        sources.insert(input.paths.begin(), input.paths.end());
    return {sources.begin(), sources.end()};
}

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

std::string path_in_study(const fs::path& path, const Study& study) {
    const fs::path whole = fs::absolute(path).lexically_normal();
    return whole.lexically_relative(study.folder.lexically_normal()).generic_string();
}

} // namespace zonerank::engine
