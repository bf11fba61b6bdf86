// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/script_folder.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

/// All that we write names the program but lists, whose names are our own.
bool is_ours(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    return text.find("zonerank") != text.npos;
}

void check_ours(const fs::path& folder, const Script& script) {
    std::error_code failed;
    const fs::path file = folder / script.name;
    if (fs::path(script.name).has_parent_path() || !fs::exists(file, failed) || is_ours(file))
        return;
    throw Error("{}: is there, and not by zonerank; name another folder (-o)", file.string());
}

bool is_of_a_stage(const std::string& name) {
    static const std::regex ours(R"((lists/)?(regions|solve|facts|weights|score|round)(\.json|\.[0-9]{4}))");
    return std::regex_match(name, ours);
}

void remove_others(const fs::path& folder, const std::vector<Script>& scripts) {
    std::error_code failed; // there is no such folder
    std::vector<fs::path> left;
    for (const fs::path& inside : {fs::path(), fs::path("lists")})
        for (const fs::directory_entry& entry : fs::directory_iterator(folder / inside, failed))
            if (const fs::path name = inside / entry.path().filename();
                is_of_a_stage(name.string()) &&
                std::ranges::find(scripts, name.string(), &Script::name) == scripts.end())
                left.push_back(entry.path());
    for (const fs::path& path : left)
        fs::remove(path);
}

} // namespace

void leave_scripts(const fs::path& folder, const std::vector<Script>& scripts) {
    for (const Script& script : scripts)
        check_ours(folder, script);
    remove_others(folder, scripts);
    for (const Script& script : scripts) {
        const fs::path file = folder / script.name;
        fs::create_directories(file.parent_path());
        rasters::write_text(file, script.text);
        if (script.runs)
            fs::permissions(file, fs::perms(0755));
    }
}

} // namespace zonerank::engine
