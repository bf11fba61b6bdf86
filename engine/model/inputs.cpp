// SPDX-License-Identifier: Apache-2.0
#include "engine/model/inputs.hpp"

#include "rasters/access.hpp"
#include "rasters/remote_state.hpp"

#include <set>

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
